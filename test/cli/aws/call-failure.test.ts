import { callFailure, type FailedCommandCall } from '../../../cli/aws/call-failure.js';
import { Failure } from '../../../cli/failure.js';
import { refused, startEmpty, stopAll } from '../../local/harness.js';
import { withCleanEnvironment } from '../../support/environment.js';

withCleanEnvironment();
afterEach(stopAll);

beforeEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
});

const call: FailedCommandCall = {
  operation: 'FilterLogEvents',
  logGroupName: '/myapp',
  connection: { region: 'us-east-1', endpointUrl: undefined },
};
const atEndpoint = { ...call, connection: { region: 'us-east-1', endpointUrl: 'http://127.0.0.1:9' } };

function error(name: string, message: string, members: object = {}): Error {
  return Object.assign(new Error(message), { name, ...members });
}

function lineOf(failed: Error, of: FailedCommandCall = call): string {
  const failure = callFailure(failed, of);
  expect(failure).toBeInstanceOf(Failure);
  const { message } = failure as Failure;
  expect(message).not.toContain('\n');
  return message;
}

test('the answer of a service stands behind what was asked, with what mends it', async () => {
  const { client, service } = await startEmpty();
  service.inject({ kind: 'accessDenied', operation: 'FilterLogEvents' });
  const { name, message } = await refused(client.filterLogEvents({ logGroupName: '/myapp' }));

  expect(lineOf(error(name, message, { $metadata: { httpStatusCode: 400 } }))).toMatch(
    /^FilterLogEvents of \/myapp in us-east-1: AccessDeniedException: .*Mend: add \{"Effect":"Allow","Action":"logs:FilterLogEvents","Resource":"arn:aws:logs:us-east-1:\*:log-group:\/myapp:\*"\} to the policy of who calls, as CloudWatchLogging\.grantRead\(role\) does in the stack$/,
  );
});

test('no credentials: what a person at a terminal does', () => {
  const none = error('CredentialsProviderError', 'Could not load credentials from any providers');

  expect(lineOf(none)).toMatch(/Mend: give --profile, run aws sso login or aws configure, or set AWS_ACCESS/);
  expect(lineOf(none, atEndpoint)).toMatch(/Mend: set AWS_ACCESS_KEY_ID .*local server takes any/);
  process.env['AWS_ACCESS_KEY_ID'] = 'AKIA';
  expect(lineOf(none)).toMatch(/set AWS_SECRET_ACCESS_KEY beside AWS_ACCESS_KEY_ID/);
});

test('a profile whose session is over', () => {
  process.env['AWS_PROFILE'] = 'work';

  expect(lineOf(error('CredentialsProviderError', 'The SSO session has expired.'))).toMatch(
    /expired\. Mend: aws sso login --profile work$/,
  );
  expect(lineOf(error('ExpiredTokenException', 'The security token is expired'))).toMatch(
    /have expired: aws sso login --profile work/,
  );
});

test('expired and unknown keys in variables', () => {
  process.env['AWS_ACCESS_KEY_ID'] = 'ASIA';

  expect(lineOf(error('ExpiredTokenException', 'expired', { $metadata: {} }))).toMatch(
    /AWS_SESSION_TOKEN have expired: set new ones/,
  );
  expect(lineOf(error('UnrecognizedClientException', 'invalid', { $metadata: {} }))).toMatch(
    /does not know those in AWS_ACCESS_KEY_ID/,
  );
});

test('nothing listens at the endpoint', () => {
  expect(
    lineOf(error('Error', 'connect ECONNREFUSED 127.0.0.1:9', { code: 'ECONNREFUSED' }), atEndpoint),
  ).toBe(
    'FilterLogEvents of /myapp in us-east-1: connect ECONNREFUSED 127.0.0.1:9. Mend: nothing listens at ' +
      'http://127.0.0.1:9: start npx fapilog-cloudwatch local there, or correct the endpoint URL',
  );
});

test('a name that nobody has is that of the Region, or of the endpoint', () => {
  const unknown = error('Error', 'getaddrinfo ENOTFOUND x', { code: 'ENOTFOUND' });

  expect(lineOf(unknown)).toMatch(/check the Region us-east-1, and the DNS/);
  expect(lineOf(unknown, atEndpoint)).toMatch(/check the name in the endpoint URL/);
});

test('a policy of somebody else is left to what IAM says of it', () => {
  const message =
    'User: x is not authorized to perform: logs:FilterLogEvents on resource: arn:aws:logs:us-east-1:123456789012:log-group:/myapp with an explicit deny in a service control policy';

  expect(lineOf(error('AccessDeniedException', message, { $metadata: {} }))).toMatch(
    /remove the Deny .*service control policy$/,
  );
});

test('a mistake of the program is none of a call', () => {
  const mistake = new TypeError('x is not a function');

  expect(callFailure(mistake, call)).toBe(mistake);
});
