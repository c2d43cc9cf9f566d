import type { Environment } from '../../contract/codec.js';
import { partitionOf } from '../../contract/partition.js';
import { regionOfEnvironment } from '../../contract/region.js';
import type { Target } from '../batch/target.js';
import { endpointVariable, isLoopback } from './configured-endpoint.js';
import { isProxyUsed, protocolOf, proxyVariable } from './environment-proxy.js';

/** A call that failed, and what is known of the place where it was made. */
export interface FailedCall {
  readonly operation: string;
  readonly target: Target;
  /** The name or code of the error. */
  readonly reason: string;
  readonly message: string;
  /** That of the answer. @default - there was none */
  readonly status?: number | undefined;
  readonly surroundings: Surroundings;
}

export interface Surroundings {
  /** Of the settings. @default - that of the variables */
  readonly region?: string | undefined;
  /** @default - the service's own */
  readonly endpointUrl?: string | undefined;
  /** Whether the application has given what the connections are made of. @default false */
  readonly hasOwnConnections?: boolean;
  /** Whether the application has given what finds the credentials. @default false */
  readonly hasOwnCredentials?: boolean;
  readonly env: Environment;
  /** How far the service's clock is ahead of this machine's, as its last answer said; 0 if they agree. */
  readonly skewMs: number;
}

type Advice = (call: FailedCall) => string | undefined;

/** What a person can do about a failure, as the rest of a sentence; nothing if it is to be waited for. */
export function adviceFor(call: FailedCall): string | undefined {
  const { endpointUrl, env } = call.surroundings;
  const adviceOf = ADVICE.find(([reasons]) => reasons.test(call.reason))?.[1];
  const variable = endpointUrl === undefined ? endpointVariable(env) : undefined;
  if (variable === undefined) return adviceOf?.(call);
  const surroundings = { ...call.surroundings, endpointUrl: env[variable] };
  return adviceOf?.({ ...call, surroundings })?.replaceAll('endpointUrl', variable);
}

/** The first that matches the name of the error counts. */
const ADVICE: readonly (readonly [reasons: RegExp, advice: Advice])[] = [
  [/^(AccessDenied|NotAuthorized)/, accessAdvice],
  [/^(ExpiredToken|TokenRefreshRequired)/, ({ surroundings }) => renewal('have expired', surroundings)],
  [/^(UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId|AuthFailure)/, unknownCaller],
  [/^(InvalidSignature|SignatureDoesNotMatch|RequestExpired|RequestTimeTooSkewed)/, signatureAdvice],
  [
    /^(MissingAuthenticationToken|IncompleteSignature)/,
    () => 'the signature did not arrive: let what stands between pass the header Authorization as it is',
  ],
  [/^CredentialsProviderError$/, credentialsAdvice],
  [
    /^CredentialsUnavailable$/,
    (call) => `let this process reach what hands out its credentials${proxyNote(call)}`,
  ],
  [/^AssumeRoleRefused$/, assumeRoleAdvice],
  [/^SdkMissing$/, ({ surroundings: { env } }) => sdkAdvice(env)],
  [/^LimitExceeded/, () => 'a quota of the account is used up: delete what is not needed, or have it raised'],
  [/^OptInRequired$/, () => 'enable the Region for this account, or log to another one'],
  [/^ResourceNotFound/, missingAdvice],
  [/^(ENOTFOUND|EAI_AGAIN|EAI_FAIL)$/, nameAdvice],
  [/^(ECONNREFUSED)$/, (call) => `${listenerAdvice(call)}${orEndpoint(call)}${proxyNote(call)}`],
  [
    /^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|RequestTimeout|TimeoutError)$/,
    (call) =>
      `if it stays so, give this process a way there: routes, security groups, a VPC endpoint${proxyNote(call)}`,
  ],
  [
    /^ERR_PROXY_/,
    ({ surroundings: { env, endpointUrl } }) =>
      `let the proxy in ${proxyVariable(env, protocolOf(endpointUrl)) ?? 'the environment'} pass this host, with the login it wants, or name the host in NO_PROXY`,
  ],
  [/^(EPROTO|ERR_SSL_.*)$/, tlsAdvice],
  [/^HPE_/, (call) => `what answers there speaks no HTTP${orTls(call)}`],
  [/^(ECONNRESET|EPIPE)$/, resetAdvice],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, () => 'write the name that the certificate is for into endpointUrl'],
  [
    /^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/,
    () =>
      'renew the certificate of the endpoint, or set the clock of this machine if it is the clock that is wrong',
  ],
  [
    /CERT|UNABLE_TO_(GET|VERIFY)/,
    () =>
      'let NODE_EXTRA_CA_CERTS name the file with the certificate of who signed that of the endpoint or of the proxy between',
  ],
  [/^(SyntaxError|Unknown|UnknownError|UnknownOperationException)$/, strangerAdvice],
];

/** What IAM's texts say of the kind of policy, where it is not one that the construct writes. */
const OTHER_POLICY =
  /because no (?!identity-based)(.+?) allows|explicit deny in an? ([a-z -]*(?:policy|boundary))/i;

function accessAdvice({ operation, target, message, surroundings }: FailedCall): string {
  const action = /perform: (\S+)/.exec(message)?.[1] ?? `logs:${operation}`;
  const arn = /on resource: (arn:\S+)/.exec(message)?.[1] ?? arnOf(operation, target, surroundings);
  const [, silent, denying] = OTHER_POLICY.exec(message) ?? [];
  if (denying) return `remove the Deny of ${action} on ${arn} from the ${denying}`;
  if (silent) return `allow ${action} on ${arn} in the ${silent}`;
  if (operation === 'CreateLogGroup' || operation === 'PutRetentionPolicy')
    return `allow ${action} on ${arn}, or define the log group in the stack and set createLogGroup to false`;
  return `allow ${action} on ${arn}: CloudWatchLogging.bindTo(…) or grantWrite(role) in the stack does`;
}

function arnOf(
  operation: string,
  { logGroupName, logStreamName }: Target,
  { region, env }: Surroundings,
): string {
  const place = region ?? regionOfEnvironment(env)?.region ?? '*';
  const isOfGroup = operation === 'CreateLogGroup' || operation === 'PutRetentionPolicy';
  const rest = isOfGroup ? '' : `:log-stream:${logStreamName}`;
  return `arn:${partitionOf(place).name}:logs:${place}:*:log-group:${logGroupName}${rest}`;
}

/** What is in variables stays the same for the life of the process; the rest is looked for again. */
function renewal(trouble: string, { env, hasOwnCredentials }: Surroundings): string {
  const isInVariables =
    !hasOwnCredentials && env['AWS_ACCESS_KEY_ID'] && env['AWS_SECRET_ACCESS_KEY'] && !env['AWS_PROFILE'];
  return isInVariables
    ? `the credentials in AWS_ACCESS_KEY_ID and AWS_SESSION_TOKEN ${trouble}: start the process with others, or with a role or profile`
    : `the credentials ${trouble}: renew them where they come from, they are used without a restart`;
}

function signatureAdvice({ message, surroundings: { skewMs } }: FailedCall): string {
  const aheadMs = Math.abs(skewMs) >= 1_000 ? skewMs : skewOf(message);
  if (aheadMs !== undefined) {
    const seconds = Math.round(Math.abs(aheadMs) / 1_000);
    return `the clock of this machine is ${seconds} s ${aheadMs > 0 ? 'behind' : 'ahead of'} the service's: set it, by NTP`;
  }
  if (/does not match/.test(message))
    return 'the secret does not belong to the access key, or something between changes the request; if neither, check the clock of this machine';
  return 'check the clock of this machine, and that the secret belongs to the access key';
}

/** From "Signature expired: 20261128T120000Z is now earlier than 20261128T124500Z (20261128T130000Z - 15 min.)". */
function skewOf(message: string): number | undefined {
  const [, signed, service] = /(\d{8}T\d{6}Z) is .* \((\d{8}T\d{6}Z) [-+] /.exec(message) ?? [];
  return signed && service ? timeOf(service) - timeOf(signed) : undefined;
}

function timeOf(basic: string): number {
  return Date.parse(basic.replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z'));
}

/** In the answer of STS. */
const REFUSED_SIGNATURE = /: (SignatureDoesNotMatch|InvalidSignature|RequestExpired)/;

/** STS may refuse the credentials of the process, or there may be none to ask with. */
function assumeRoleAdvice(call: FailedCall): string {
  const { message, surroundings } = call;
  if (/: (CredentialsProviderError|E[A-Z]+):/.test(message)) return credentialsAdvice(call);
  if (/: ExpiredToken/.test(message)) return renewal('have expired', surroundings);
  if (/: (InvalidClientTokenId|UnrecognizedClient)/.test(message)) return unknownCaller(call);
  if (REFUSED_SIGNATURE.test(message)) return signatureAdvice(call);
  return 'allow sts:AssumeRole on the role to this process, and let the trust policy of the role name it and its external ID';
}

function unknownCaller({ surroundings }: FailedCall): string {
  return renewal(
    'are unknown to the service: deleted, inactive, or not of this Region’s partition',
    surroundings,
  );
}

function credentialsAdvice(call: FailedCall): string {
  const {
    message,
    surroundings: { env, hasOwnCredentials },
  } = call;
  if (hasOwnCredentials)
    return 'repair what finds the credentials of client or clientConfig: it is asked again, without a restart';
  // The endpoint of a container is quoted there: none of its words is one of ours.
  if (/Could not load credentials/.test(message)) return missingCredentialsAdvice(env);
  if (/ENOENT|EACCES|EISDIR/.test(message)) return tokenFileAdvice(env);
  if (/SSO|sso/.test(message)) return 'run aws sso login for this profile';
  if (REFUSED_SIGNATURE.test(message)) return signatureAdvice(call);
  if (/ExpiredToken|InvalidIdentityToken|IDPRejectedClaim/.test(message))
    return 'renew the token or the keys that the profile or the web identity has: they are read again, without a restart';
  if (/AccessDenied/.test(message))
    return 'let the trust policy of the role allow it to the source of its profile or to the web identity';
  return 'repair the profile, its source_profile or its credential_process: it is read again, without a restart';
}

/** Who has no credentials at all is told so here: only the SDK could have found that out. */
function sdkAdvice({ AWS_PROFILE, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY }: Environment): string {
  const bring =
    "import 'fapilog-cloudwatch/sdk' in what is bundled, or npm install @aws-sdk/client-cloudwatch-logs @aws-sdk/credential-providers beside it";
  if (AWS_PROFILE) return `${bring}: it reads the profile that AWS_PROFILE names`;
  return AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY
    ? bring
    : `${bring}; or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, which need no SDK`;
}

function tokenFileAdvice({
  AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE,
  AWS_WEB_IDENTITY_TOKEN_FILE,
}: Environment) {
  return AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE && !AWS_WEB_IDENTITY_TOKEN_FILE
    ? 'let AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE name a file that this process can read'
    : 'let AWS_WEB_IDENTITY_TOKEN_FILE, or web_identity_token_file of the profile, name a file that this process can read';
}

function missingCredentialsAdvice(env: Environment): string {
  const [id, secret] = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const;
  if (Boolean(env[id]) !== Boolean(env[secret]))
    return `set ${env[id] ? secret : id} beside ${env[id] ? id : secret}, or neither`;
  const profile = env['AWS_PROFILE'];
  if (profile) {
    const {
      AWS_SHARED_CREDENTIALS_FILE: keys = '~/.aws/credentials',
      AWS_CONFIG_FILE: config = '~/.aws/config',
    } = env;
    return (
      `the profile "${profile}" that AWS_PROFILE names gives none: log in (aws sso login --profile ${profile}), ` +
      `define it with credentials in ${keys} or ${config}, or correct the name`
    );
  }
  const uri = ['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'AWS_CONTAINER_CREDENTIALS_FULL_URI'].find(
    (name) => env[name],
  );
  if (uri)
    return `the endpoint in ${uri} gave none: check that it is reached, and the role of the task or pod`;
  return (
    'give the task, instance, pod or function a role, or set AWS_PROFILE, ' +
    `or ${id} and ${secret}; for a local server any will do`
  );
}

/** What is missing is made, unless that is switched off. */
function missingAdvice({ operation, message, surroundings }: FailedCall): string | undefined {
  if (!message.endsWith(' is off')) return undefined;
  if (operation === 'PutLogEvents')
    return 'create the log stream, or set createLogStream to true (FAPILOG_CLOUDWATCH__CREATE_LOG_STREAM)';
  const define = isLoopback(surroundings.endpointUrl)
    ? 'start the local server with the log groups of the stack (npx fapilog-cloudwatch local --stack cdk.out)'
    : 'define the log group in the stack (CloudWatchLogging)';
  return `${define}, or set createLogGroup to true (FAPILOG_CLOUDWATCH__CREATE_LOG_GROUP)`;
}

function nameAdvice(call: FailedCall): string {
  const { endpointUrl, region, env } = call.surroundings;
  const place = region ?? regionOfEnvironment(env)?.region;
  const where =
    endpointUrl === undefined
      ? `check the Region ${place ?? 'of the profile'}, and the DNS of this machine`
      : 'check the name in endpointUrl, and the DNS of this machine';
  return where + proxyNote(call);
}

function tlsAdvice({ message, surroundings: { endpointUrl } }: FailedCall): string {
  if (/wrong version number|packet length too long|record layer/i.test(message))
    return endpointUrl === undefined
      ? 'something between answers in plain HTTP: let it pass the connection as it is'
      : 'the port speaks plain HTTP: write http:// in endpointUrl, or the port that speaks TLS';
  return 'the endpoint and this process agree on no way of TLS: check endpointUrl and what stands between';
}

function resetAdvice({ message, surroundings: { endpointUrl } }: FailedCall): string | undefined {
  if (/before secure TLS/.test(message))
    return 'if it stays so, something refuses TLS there: a firewall, a proxy, or a port that is none of HTTPS';
  return endpointUrl?.startsWith('http:')
    ? 'if it stays so and the port expects TLS, write https:// in endpointUrl'
    : undefined;
}

/** A login page, a proxy, another server. */
function strangerAdvice(call: FailedCall): string {
  const { status, surroundings } = call;
  const answer = status === undefined ? 'the answer' : `the answer (HTTP ${status})`;
  if (status === 407) return `${answer} is that of a proxy that wants a login${proxyNote(call)}`;
  return surroundings.endpointUrl === undefined
    ? `${answer} is not one of CloudWatch Logs; if it stays so, a proxy gives it`
    : `${answer} is not one of CloudWatch Logs; if it stays so, check endpointUrl and what stands between`;
}

function listenerAdvice({ surroundings: { endpointUrl } }: FailedCall): string {
  return isLoopback(endpointUrl)
    ? 'nothing listens there: start the local server (npx fapilog-cloudwatch local)'
    : 'let something listen there';
}

function orEndpoint({ surroundings: { endpointUrl } }: FailedCall): string {
  return endpointUrl === undefined ? '' : ', or correct endpointUrl';
}

function orTls({ surroundings: { endpointUrl } }: FailedCall): string {
  if (endpointUrl === undefined) return '';
  return endpointUrl.startsWith('http:')
    ? ': correct endpointUrl, to https:// if the port expects TLS'
    : ': correct endpointUrl';
}

/** A machine behind a proxy has variables that name it, of which Node.js makes nothing unless it is told to. */
function proxyNote({ surroundings: { env, endpointUrl, hasOwnConnections } }: FailedCall): string {
  const name = proxyVariable(env, protocolOf(endpointUrl));
  if (name === undefined || hasOwnConnections) return '';
  return isProxyUsed(env)
    ? `; calls go through the proxy in ${name} unless NO_PROXY names the host`
    : `; the proxy in ${name} is not used: set NODE_USE_ENV_PROXY=1 (Node.js 22.21, 24.5 or later), give the sink clientConfig with an agent for it, or set endpointUrl to a VPC endpoint`;
}
