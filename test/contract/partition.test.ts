import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import * as fc from 'fast-check';
import { partitionOf } from '../../contract/partition.js';

const REGIONS = [
  'us-east-1',
  'eu-central-2',
  'ap-southeast-7',
  'il-central-1',
  'mx-central-1',
  'local',
  'xx-north-12',
  'cn-north-1',
  'cn-northwest-1',
  'us-gov-east-1',
  'us-gov-west-1',
  'eusc-de-east-1',
  'eusc-fr-west-1',

  'us-iso-east-1',
  'us-iso-west-1',
  'us-isob-east-1',
  'eu-isoe-west-1',
  'us-isof-south-1',
  'us-isog-east-1',
];

/** Regions that look like those of a partition, and may not be. */
const region = fc.oneof(
  fc.constantFrom(...REGIONS),
  fc
    .tuple(
      fc.constantFrom('us', 'eu', 'cn', 'eusc', 'ap'),
      fc.constantFrom('', '-gov', '-iso', '-isob', '-isoe', '-isof', '-de', 'x'),
      fc.constantFrom('-east', '-north-west', '-x_y'),
      fc.constantFrom('-1', '-12', '', '-1a'),
    )
    .map((parts) => parts.join('')),
);

test('the suffixes of a Region are those in the endpoints of the AWS SDK', () => {
  const { endpointProvider } = new CloudWatchLogsClient({ region: 'us-east-1' }).config;
  const hostOf = (Region: string, UseDualStack: boolean): string =>
    endpointProvider({ Region, UseDualStack, UseFIPS: false }).url.hostname;

  fc.assert(
    fc.property(region, (name) => {
      const { dnsSuffix, dualStackDnsSuffix } = partitionOf(name);
      expect(hostOf(name, false)).toBe(`logs.${name}.${dnsSuffix}`);
      expect(hostOf(name, true)).toBe(`logs.${name}.${dualStackDnsSuffix}`);
    }),
  );
});

test.each([
  ['eu-west-1', 'aws'],
  ['local', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
  ['eusc-de-east-1', 'aws-eusc'],
  ['us-iso-east-1', 'aws-iso'],
  ['us-isob-east-1', 'aws-iso-b'],
  ['eu-isoe-west-1', 'aws-iso-e'],
  ['us-isof-south-1', 'aws-iso-f'],
])('%s is in the partition %s', (name, partition) => {
  expect(partitionOf(name).name).toBe(partition);
});
