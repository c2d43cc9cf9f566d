import { endpointCheck } from '../../../../cli/doctor/checks/endpoint.js';
import type { Finding } from '../../../../cli/doctor/finding.js';
import { applicationIn, WELL } from '../../../support/doctor-stage.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Nobody is called: the check only says where calls would go. */
async function found(env: Environment): Promise<readonly Finding[]> {
  return endpointCheck.run(await applicationIn({ ...WELL, ...env }));
}

async function codes(env: Environment): Promise<string[]> {
  return (await found(env)).map(({ code }) => code);
}

test.each([
  [{}, 'https://logs.us-east-1.amazonaws.com (that of the service in its Region)'],
  [
    { AWS_REGION: 'cn-north-1' },
    'https://logs.cn-north-1.amazonaws.com.cn (that of the service in its Region)',
  ],
  [
    { AWS_USE_FIPS_ENDPOINT: 'true' },
    'https://logs-fips.us-east-1.amazonaws.com (that of the service in its Region: FIPS)',
  ],
  [{ AWS_ENDPOINT_URL: 'http://127.0.0.1:4588' }, 'http://127.0.0.1:4588 (AWS_ENDPOINT_URL)'],
  [
    { AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: 'http://127.0.0.1:2' },
    'http://127.0.0.1:2 (AWS_ENDPOINT_URL_CLOUDWATCH_LOGS)',
  ],
  [
    { AWS_ENDPOINT_URL: 'http://127.0.0.1:1', FAPILOG_CLOUDWATCH__ENDPOINT_URL: 'http://127.0.0.1:3' },
    'http://127.0.0.1:3 (FAPILOG_CLOUDWATCH__ENDPOINT_URL)',
  ],
])('%j: says where calls go, and why', async (env, message) => {
  expect(await found(env)).toEqual([{ kind: 'ok', code: 'endpoint', message }]);
});

test('an endpoint of another Region is a problem, with the Region to set', async () => {
  const env = { AWS_ENDPOINT_URL: 'https://logs.eu-west-1.amazonaws.com' };
  const [, problem] = await found(env);

  expect(problem).toMatchObject({
    code: 'endpoint-region',
    message: 'logs.eu-west-1.amazonaws.com is an endpoint of eu-west-1, and calls are signed for us-east-1',
    fix: 'set the Region to eu-west-1, or take the endpoint of us-east-1',
  });
  expect(await codes({ ...env, AWS_REGION: 'eu-west-1' })).toEqual(['endpoint']);
});

test('an endpoint of a VPC is one of its Region', async () => {
  const url = 'https://vpce-0a1b2c3d-x.logs.us-east-1.vpce.amazonaws.com';
  expect(await codes({ AWS_ENDPOINT_URL: url })).toEqual(['endpoint']);
  expect(await codes({ AWS_ENDPOINT_URL: url, AWS_REGION: 'us-east-2' })).toEqual([
    'endpoint',
    'endpoint-region',
  ]);
});

test('plain HTTP to another machine is worth a note, and to this one it is not', async () => {
  expect(await codes({ AWS_ENDPOINT_URL: 'http://192.0.2.1:4588' })).toEqual(['endpoint', 'endpoint-plain']);
  expect(await codes({ AWS_ENDPOINT_URL: 'http://localhost:4588' })).toEqual(['endpoint']);
});

test('an endpoint that is turned off is not used', async () => {
  const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:4588', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' };
  const [endpoint, note] = await found(env);

  expect(endpoint?.message).toContain('https://logs.us-east-1.amazonaws.com');
  expect(note).toMatchObject({
    code: 'endpoint-ignored',
    fix: 'remove AWS_IGNORE_CONFIGURED_ENDPOINT_URLS if it should be',
  });
});

test('shows no login of a URL', async () => {
  const findings = await found({ AWS_ENDPOINT_URL: 'http://user:sesame@127.0.0.1:4588/base?key=sesame' });
  expect(JSON.stringify(findings)).not.toContain('sesame');
});
