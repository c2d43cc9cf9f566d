import { adviceFor, type Surroundings } from '../../../runtime/send/advice.js';
import { TARGET } from '../../support/events.js';

const ARN = 'arn:aws:logs:us-east-1:123456789012:log-group:/myapp/production:log-stream:api-server';
const GRANT = 'CloudWatchLogging.bindTo(…) or grantWrite(role) in the stack does';

interface Failure extends Partial<Omit<Surroundings, 'env'>> {
  readonly reason: string;
  readonly operation?: string;
  readonly message?: string;
  readonly status?: number;
  readonly env?: Record<string, string>;
}

function advice({
  reason,
  operation = 'PutLogEvents',
  message = 'No.',
  status,
  ...rest
}: Failure): string | undefined {
  const surroundings = { env: {}, skewMs: 0, ...rest };
  return adviceFor({ operation, target: TARGET, reason, message, status, surroundings });
}

function denied(because: string, action = 'logs:PutLogEvents', arn = ARN): string {
  return `User: arn:aws:iam::123456789012:user/x is not authorized to perform: ${action} on resource: ${arn} ${because}`;
}

test.each([
  [
    'no identity-based policy allows the logs:PutLogEvents action',
    `allow logs:PutLogEvents on ${ARN}: ${GRANT}`,
  ],
  [
    'no VPC endpoint policy allows the logs:PutLogEvents action',
    `allow logs:PutLogEvents on ${ARN} in the VPC endpoint policy`,
  ],
  [
    'no permissions boundary allows the logs:PutLogEvents action',
    `allow logs:PutLogEvents on ${ARN} in the permissions boundary`,
  ],
  [
    'no service control policy allows the logs:PutLogEvents action',
    `allow logs:PutLogEvents on ${ARN} in the service control policy`,
  ],
])('a permission that is missing because %s', (because, expected) => {
  expect(advice({ reason: 'AccessDeniedException', message: denied(`because ${because}`) })).toBe(expected);
});

test.each([
  'an identity-based policy',
  'a service control policy',
  'a permissions boundary',
  'a resource-based policy',
])('a permission that %s denies', (policy) => {
  expect(
    advice({ reason: 'AccessDeniedException', message: denied(`with an explicit deny in ${policy}`) }),
  ).toBe(`remove the Deny of logs:PutLogEvents on ${ARN} from the ${policy.replace(/^an? /, '')}`);
});

test.each([
  [
    'PutLogEvents',
    'us-east-1',
    `arn:aws:logs:us-east-1:*:log-group:/myapp/production:log-stream:api-server: ${GRANT}`,
  ],
  [
    'CreateLogStream',
    'us-gov-west-1',
    `arn:aws-us-gov:logs:us-gov-west-1:*:log-group:/myapp/production:log-stream:api-server: ${GRANT}`,
  ],
  [
    'CreateLogStream',
    'cn-north-1',
    `arn:aws-cn:logs:cn-north-1:*:log-group:/myapp/production:log-stream:api-server: ${GRANT}`,
  ],
  [
    'CreateLogStream',
    'us-isob-east-1',
    `arn:aws-iso-b:logs:us-isob-east-1:*:log-group:/myapp/production:log-stream:api-server: ${GRANT}`,
  ],
  [
    'CreateLogStream',
    'us-iso-east-1',
    `arn:aws-iso:logs:us-iso-east-1:*:log-group:/myapp/production:log-stream:api-server: ${GRANT}`,
  ],
  [
    'CreateLogStream',
    undefined,
    `arn:aws:logs:eu-west-1:*:log-group:/myapp/production:log-stream:api-server: ${GRANT}`,
  ],
  [
    'CreateLogGroup',
    'us-east-1',
    'arn:aws:logs:us-east-1:*:log-group:/myapp/production, or define the log group in the stack and set createLogGroup to false',
  ],
  [
    'PutRetentionPolicy',
    'us-east-1',
    'arn:aws:logs:us-east-1:*:log-group:/myapp/production, or define the log group in the stack and set createLogGroup to false',
  ],
])('%s denied in %s without a word of the resource', (operation, region, expected) => {
  const env = { AWS_REGION: 'eu-west-1' };
  expect(advice({ reason: 'AccessDenied', operation, region, env })).toBe(
    `allow logs:${operation} on ${expected}`,
  );
});

const IN_VARIABLES = { AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 's' };

test.each([
  ['ExpiredTokenException', {}, /^the credentials have expired: renew them where they come from/],
  [
    'ExpiredToken',
    IN_VARIABLES,
    /^the credentials in AWS_ACCESS_KEY_ID and AWS_SESSION_TOKEN have expired: start the process/,
  ],
  ['ExpiredToken', { ...IN_VARIABLES, AWS_PROFILE: 'x' }, /^the credentials have expired/],
  ['UnrecognizedClientException', {}, /^the credentials are unknown to the service: deleted, inactive/],
  [
    'InvalidClientTokenId',
    IN_VARIABLES,
    /^the credentials in AWS_ACCESS_KEY_ID .* are unknown to the service/,
  ],
  ['MissingAuthenticationTokenException', {}, /header Authorization/],
  ['LimitExceededException', {}, /^a quota of the account is used up/],
  ['OptInRequired', {}, /^enable the Region/],
  ['AssumeRoleRefused', {}, /^allow sts:AssumeRole on the role/],
])('%s with the variables %p', (reason, env, expected) => {
  expect(advice({ reason, env })).toMatch(expected);
});

const EARLY =
  'Signature not yet current: 20261128T130000Z is still later than 20261128T121500Z (20261128T120000Z + 15 min.)';
const LATE =
  'Signature expired: 20261128T110000Z is now earlier than 20261128T114500Z (20261128T120000Z - 15 min.)';

test.each([
  [EARLY, 0, "the clock of this machine is 3600 s ahead of the service's: set it, by NTP"],
  [LATE, 0, "the clock of this machine is 3600 s behind the service's: set it, by NTP"],
  [LATE, 7_200_000, "the clock of this machine is 7200 s behind the service's: set it, by NTP"],
  ['No.', -3_000_000, "the clock of this machine is 3000 s ahead of the service's: set it, by NTP"],
  ['No.', 1, 'check the clock of this machine, and that the secret belongs to the access key'],
  [
    'The request signature we calculated does not match the signature you provided.',
    0,
    'the secret does not belong to the access key, or something between changes the request; if neither, check the clock of this machine',
  ],
])('a signature that is refused because %j, with clocks %p ms apart', (message, skewMs, expected) => {
  expect(advice({ reason: 'InvalidSignatureException', message, skewMs })).toBe(expected);
});

test.each([
  ['AccessDenied: no', {}, /^allow sts:AssumeRole on the role/],
  ['ValidationError: no', {}, /^allow sts:AssumeRole on the role/],
  [
    'CredentialsProviderError: Could not load credentials from any providers',
    {},
    /^give the task, instance, pod/,
  ],
  ["ENOENT: no such file or directory, open '/token'", {}, /AWS_WEB_IDENTITY_TOKEN_FILE/],
  [
    'ExpiredTokenException: no',
    IN_VARIABLES,
    /^the credentials in AWS_ACCESS_KEY_ID and AWS_SESSION_TOKEN have expired/,
  ],
  ['InvalidClientTokenId: no', {}, /^the credentials are unknown to the service/],
  ['SignatureDoesNotMatch: no', {}, /^check the clock/],
])('a role that cannot be assumed because of %s', (cause, env, expected) => {
  const message = `cannot assume arn:aws:iam::123456789012:role/log-writer: ${cause}`;
  expect(advice({ reason: 'AssumeRoleRefused', message, env })).toMatch(expected);
});

const NONE = 'no credentials: Could not load credentials from any providers';

test.each([
  [
    NONE,
    {},
    /^give the task, instance, pod or function a role, or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY/,
  ],
  [NONE, { AWS_ACCESS_KEY_ID: 'A' }, /^set AWS_SECRET_ACCESS_KEY beside AWS_ACCESS_KEY_ID, or neither$/],
  [NONE, { AWS_SECRET_ACCESS_KEY: 's' }, /^set AWS_ACCESS_KEY_ID beside AWS_SECRET_ACCESS_KEY, or neither$/],
  [
    NONE,
    { AWS_PROFILE: 'wirter' },
    /^the profile "wirter" that AWS_PROFILE names gives none: log in \(aws sso login --profile wirter\), define it with credentials in ~\/.aws\/credentials or ~\/.aws\/config, or correct the name$/,
  ],
  [NONE, { AWS_PROFILE: 'x', AWS_CONFIG_FILE: '/etc/aws' }, /in ~\/.aws\/credentials or \/etc\/aws,/],
  [
    NONE,
    { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1/x' },
    /^the endpoint in AWS_CONTAINER_CREDENTIALS_FULL_URI gave none/,
  ],
  ["no credentials: ENOENT: no such file or directory, open '/token'", {}, /AWS_WEB_IDENTITY_TOKEN_FILE/],
  ['no credentials: The SSO session associated with this profile has expired.', {}, /^run aws sso login/],
  ['no credentials: ExpiredTokenException: Token expired', {}, /^renew the token or the keys/],
  [
    'no credentials: SignatureDoesNotMatch: Signature expired: 20261128T120000Z is now earlier than 20261128T124500Z (20261128T130000Z - 15 min.)',
    {},
    /^the clock of this machine is 3600 s behind/,
  ],
  ['no credentials: AccessDenied: Not authorized to perform sts:AssumeRole', {}, /trust policy/],
  ['no credentials: Profile x credential_process returned invalid JSON.', {}, /^repair the profile/],
  [
    'no credentials: Could not load credentials from the endpoint of the container: it answered 403: ' +
      'AccessDenied: the associated role does not trust EKS',
    { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.23/v1/credentials' },
    /^the endpoint in AWS_CONTAINER_CREDENTIALS_FULL_URI gave none/,
  ],
  [
    "no credentials: ENOENT: no such file or directory, open '/token'",
    { AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: '/token' },
    /^let AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE name a file/,
  ],
])('%s with the variables %p', (message, env, expected) => {
  expect(advice({ reason: 'CredentialsProviderError', message, env })).toMatch(expected);
});

const KEYS = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
const BRING_SDK =
  "import 'fapilog-cloudwatch/sdk' in what is bundled, or npm install @aws-sdk/client-cloudwatch-logs @aws-sdk/credential-providers beside it";

test.each([
  [KEYS, ''],
  [{ ...KEYS, AWS_PROFILE: 'work' }, ': it reads the profile that AWS_PROFILE names'],
  [{}, '; or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, which need no SDK'],
])('an AWS SDK that is not there, with the variables %p', (env, rest) => {
  expect(advice({ reason: 'SdkMissing', env })).toBe(`${BRING_SDK}${rest}`);
});

const URL = 'http://127.0.0.1:4566';
const TLS = 'https://127.0.0.1:4566';

test.each<[string, Failure, RegExp | undefined]>([
  [
    'a Region that is none',
    { reason: 'ENOTFOUND', region: 'eu-west-9' },
    /^check the Region eu-west-9, and the DNS/,
  ],
  [
    'a Region of the variables',
    { reason: 'EAI_AGAIN', env: { AWS_REGION: 'eu-west-9' } },
    /^check the Region eu-west-9/,
  ],
  ['a name that is none', { reason: 'ENOTFOUND', endpointUrl: URL }, /^check the name in endpointUrl/],
  [
    'a name behind a proxy',
    { reason: 'ENOTFOUND', env: { https_proxy: 'http://p' } },
    /the proxy in https_proxy is not used: set NODE_USE_ENV_PROXY=1/,
  ],
  [
    'nobody there',
    { reason: 'ECONNREFUSED', endpointUrl: URL },
    /^nothing listens there: start the local server .*, or correct endpointUrl$/,
  ],
  [
    'nobody there, elsewhere',
    { reason: 'ECONNREFUSED', endpointUrl: 'https://vpce.example' },
    /^let something listen there, or correct endpointUrl$/,
  ],
  [
    'no local server',
    { reason: 'ECONNREFUSED', env: { AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: 'http://localhost:4588' } },
    /^nothing listens there: start the local server \(npx fapilog-cloudwatch local\), or correct AWS_ENDPOINT_URL_CLOUDWATCH_LOGS$/,
  ],
  [
    'a proxy for another protocol',
    { reason: 'ENOTFOUND', env: { HTTP_PROXY: 'http://p' } },
    /DNS of this machine$/,
  ],
  ['no way', { reason: 'EHOSTUNREACH' }, /VPC endpoint$/],
  [
    'no answer',
    { reason: 'RequestTimeout', env: { HTTPS_PROXY: 'http://p' } },
    /the proxy in HTTPS_PROXY is not used: set NODE_USE_ENV_PROXY=1/,
  ],
  [
    'plain HTTP',
    { reason: 'EPROTO', message: 'wrong version number', endpointUrl: TLS },
    /^the port speaks plain HTTP: write http:\/\//,
  ],
  [
    'a proxy in plain HTTP',
    { reason: 'EPROTO', message: 'wrong version number' },
    /^something between answers in plain HTTP/,
  ],
  ['another TLS', { reason: 'EPROTO', message: 'unsupported protocol' }, /agree on no way of TLS/],
  [
    'no HTTP',
    { reason: 'HPE_INVALID_CONSTANT', endpointUrl: URL },
    /speaks no HTTP: correct endpointUrl, to https:\/\//,
  ],
  [
    'no HTTP in TLS',
    { reason: 'HPE_INVALID_CONSTANT', endpointUrl: TLS },
    /speaks no HTTP: correct endpointUrl$/,
  ],
  ['a reset', { reason: 'ECONNRESET' }, undefined],
  ['a reset of plain HTTP', { reason: 'ECONNRESET', endpointUrl: URL }, /write https:\/\/ in endpointUrl$/],
  [
    'a reset before TLS',
    { reason: 'ECONNRESET', message: 'disconnected before secure TLS' },
    /refuses TLS there/,
  ],
  ['another name', { reason: 'ERR_TLS_CERT_ALTNAME_INVALID' }, /^write the name that the certificate is for/],
  ['an old certificate', { reason: 'CERT_HAS_EXPIRED' }, /^renew the certificate/],
  ['a certificate of one’s own', { reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, /NODE_EXTRA_CA_CERTS/],
  ['a certificate of a proxy', { reason: 'SELF_SIGNED_CERT_IN_CHAIN' }, /NODE_EXTRA_CA_CERTS/],
  ['an unknown issuer', { reason: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' }, /NODE_EXTRA_CA_CERTS/],
  ['an unknown leaf', { reason: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, /NODE_EXTRA_CA_CERTS/],
  [
    'a login page',
    { reason: 'SyntaxError', status: 403 },
    /^the answer \(HTTP 403\) is not one of CloudWatch Logs; if it stays so, a proxy/,
  ],
  ['another server', { reason: 'Unknown', status: 404, endpointUrl: URL }, /HTTP 404\).*check endpointUrl/],
  [
    'a proxy that wants a login',
    { reason: 'SyntaxError', status: 407 },
    /^the answer \(HTTP 407\) is that of a proxy/,
  ],
  [
    'another service',
    { reason: 'UnknownOperationException', status: 400, endpointUrl: URL },
    /check endpointUrl/,
  ],
  [
    'a missing group',
    { reason: 'ResourceNotFoundException', operation: 'CreateLogStream', message: 'x is off' },
    /^define the log group in the stack \(CloudWatchLogging\), or set createLogGroup to true \(FAPILOG_CLOUDWATCH__CREATE_LOG_GROUP\)$/,
  ],
  [
    'a group that a local server lacks',
    {
      reason: 'ResourceNotFoundException',
      operation: 'CreateLogStream',
      message: 'x is off',
      endpointUrl: 'http://127.0.0.1:4588',
    },
    /^start the local server with .*fapilog-cloudwatch local --stack cdk\.out\), or set createLogGroup to true/,
  ],
  [
    'a missing stream',
    { reason: 'ResourceNotFoundException', message: 'x is off' },
    /set createLogStream to true/,
  ],
  ['what vanishes', { reason: 'ResourceNotFoundException', operation: 'CreateLogStream' }, undefined],
  ['a fault of the service', { reason: 'InternalFailure', status: 500 }, undefined],
  ['throttling', { reason: 'ThrottlingException', status: 400 }, undefined],
])('%s', (_, failure, expected) => {
  const given = advice(failure);

  if (expected) expect(given).toMatch(expected);
  else expect(given).toBeUndefined();
  expect(given ?? '').not.toContain('\n');
});
