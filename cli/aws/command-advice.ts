import { partitionOf } from '../../contract/partition.js';
import { adviceFor, type FailedCall } from '../../runtime/send/advice.js';

type Advice = (call: FailedCall) => string | undefined;

/** Where the one who typed a command mends something else than who runs a service. The first that gives advice counts. */
const OF_COMMANDS: readonly (readonly [reasons: RegExp, advice: Advice])[] = [
  [/^(AccessDenied|NotAuthorized)/, accessAdvice],
  [/^CredentialsProviderError$/, credentialsAdvice],
  [/^(ExpiredToken|TokenRefreshRequired)/, renewal],
  [/^(UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId|AuthFailure)/, strangerAdvice],
  [/^ECONNREFUSED$/, refusedAdvice],
];

/** What the one who typed a command can do about a failed call, as the rest of a sentence. */
export function commandAdvice(call: FailedCall): string | undefined {
  const [, own] = OF_COMMANDS.find(([reasons]) => reasons.test(call.reason)) ?? [];
  return own?.(call) ?? adviceFor(call)?.replaceAll('endpointUrl', 'the endpoint URL');
}

const IS_OTHER_POLICY = /because no (?!identity-based)|explicit deny/i;

/** Calls that have no log group as their resource. */
const OF_ACCOUNT = /^(DescribeLogGroups|DescribeQueries|GetQueryResults|StopQuery)$/;

function accessAdvice({ operation, target, message, surroundings }: FailedCall): string | undefined {
  if (IS_OTHER_POLICY.test(message)) return undefined;
  const action = /perform: (\S+)/.exec(message)?.[1] ?? `logs:${operation}`;
  const { region = '*' } = surroundings;
  const group = `arn:${partitionOf(region).name}:logs:${region}:*:log-group:${target.logGroupName}:*`;
  const resource = OF_ACCOUNT.test(operation) || target.logGroupName === '' ? '*' : group;
  const statement = JSON.stringify({ Effect: 'Allow', Action: action, Resource: resource });
  return `add ${statement} to the policy of who calls${grantOf(operation)}`;
}

function grantOf(operation: string): string {
  if (/^(FilterLogEvents|StartLiveTail|StartQuery|GetQueryResults|StopQuery)$/.test(operation))
    return ', as CloudWatchLogging.grantRead(role) does in the stack';
  return operation === 'PutLogEvents' || operation === 'CreateLogStream'
    ? ', as CloudWatchLogging.grantWrite(role) does in the stack'
    : '';
}

function credentialsAdvice({ message, surroundings: { env, endpointUrl } }: FailedCall): string | undefined {
  const profile = env['AWS_PROFILE'];
  if (/sso/i.test(message)) return `aws sso login${profile ? ` --profile ${profile}` : ''}`;
  if (!/Could not load credentials/.test(message) || profile) return undefined;
  if (Boolean(env['AWS_ACCESS_KEY_ID']) !== Boolean(env['AWS_SECRET_ACCESS_KEY'])) return undefined;
  const keys = 'set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY';
  return endpointUrl === undefined
    ? `give --profile, run aws sso login or aws configure, or ${keys}`
    : `${keys}, of which a local server takes any, or give --profile`;
}

function renewal({ surroundings: { env } }: FailedCall): string {
  const profile = env['AWS_PROFILE'];
  if (env['AWS_ACCESS_KEY_ID'] && !profile)
    return 'the credentials in AWS_ACCESS_KEY_ID and AWS_SESSION_TOKEN have expired: set new ones, or give --profile';
  return `the credentials have expired: aws sso login${profile ? ` --profile ${profile}` : ''}, or what else renews them`;
}

function strangerAdvice({ surroundings: { env } }: FailedCall): string {
  const origin = env['AWS_PROFILE']
    ? `those of the profile ${env['AWS_PROFILE']}`
    : env['AWS_ACCESS_KEY_ID']
      ? 'those in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY'
      : 'the credentials';
  return `the service does not know ${origin}: set others, or give --profile`;
}

function refusedAdvice({ surroundings: { endpointUrl } }: FailedCall): string | undefined {
  return endpointUrl === undefined
    ? undefined
    : `nothing listens at ${endpointUrl}: start npx fapilog-cloudwatch local there, or correct the endpoint URL`;
}
