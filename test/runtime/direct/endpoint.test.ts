import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { endpointOf } from '../../../runtime/direct/endpoint.js';

const REGIONS = [
  'us-east-1',
  'eu-central-2',
  'me-south-1',
  'xx-north-12',
  'local',
  'cn-north-1',
  'cn-northwest-1',

  'us-gov-east-1',
  'us-gov-west-1',
  'us-gov-north-1',
  'eusc-de-east-1',
  'us-iso-east-1',
  'us-isob-east-1',
  'eu-isoe-west-1',
  'us-isof-south-1',
];

describe.each([
  ['FIPS', 'true'],
  ['no FIPS', 'false'],
])('with %s', (_, AWS_USE_FIPS_ENDPOINT) => {
  test.each(['true', 'false'])(
    'the endpoint of a Region is that of the official client; dual stack: %s',
    (AWS_USE_DUALSTACK_ENDPOINT) => {
      const { endpointProvider } = new CloudWatchLogsClient({ region: 'us-east-1' }).config;
      const flags = {
        UseFIPS: AWS_USE_FIPS_ENDPOINT === 'true',
        UseDualStack: AWS_USE_DUALSTACK_ENDPOINT === 'true',
      };
      const env = { AWS_USE_FIPS_ENDPOINT, AWS_USE_DUALSTACK_ENDPOINT };

      expect(REGIONS.map((region) => endpointOf(region, undefined, env)?.href)).toEqual(
        REGIONS.map((Region) => endpointProvider({ ...flags, Region }).url.href),
      );
    },
  );
});

const URLS = { AWS_ENDPOINT_URL: 'http://all', AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: 'http://logs' };

test.each([
  ['that of the settings', 'http://own', URLS, 'http://own/'],
  ['that of the variable for the service', undefined, URLS, 'http://logs/'],
  ['that of the variable for all services', undefined, { AWS_ENDPOINT_URL: 'http://all' }, 'http://all/'],
  [
    'not that of a variable that is ignored',
    undefined,
    { ...URLS, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' },
    'https://logs.eu-west-1.amazonaws.com/',
  ],
  ['that of the settings with its path', 'https://own:8443/logs', {}, 'https://own:8443/logs'],
])('an endpoint of its own: %s', (_, given, env, href) => {
  expect(endpointOf('eu-west-1', given, env)?.href).toBe(href);
});
