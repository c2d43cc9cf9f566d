import { sections } from '../../contract/sections.js';
import { ACCOUNT_ID, accountOfKey, DEFAULT_REGION } from '../../local/arns.js';
import { Failure } from '../failure.js';
import { awsProfile } from './aws-profile.js';

export type Variables = Readonly<Record<string, string | undefined>>;

/** Who calls the server from a shell or a program with these variables: where its log groups are. */
export interface Caller {
  readonly region: string;
  readonly accountId: string;
  /** Whether credentials are set, in the environment or in a profile. */
  readonly hasCredentials: boolean;
}

/** What a stack says of its place, which goes before what the environment says. */
export interface Place {
  readonly region?: string | undefined;
  readonly accountId?: string | undefined;
}

/** What the AWS SDKs take for one: a part of a host's name. A shell reads nothing else into it, either. */
const REGION = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;
const NO_SECRET = 'local';

/** Variables by which the AWS tools find credentials. */
const CREDENTIAL_VARIABLES = [
  'AWS_ACCESS_KEY_ID',
  'AWS_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];

/** @throws Failure if the Region is none */
export function callerIn(env: Variables, place: Place = {}): Caller {
  const profile = awsProfile(env);
  const hasCredentials = CREDENTIAL_VARIABLES.some((name) => env[name]) || profile.hasCredentials;
  const region =
    place.region || env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || profile.region || DEFAULT_REGION;
  if (!REGION.test(region)) throw new Failure(`"${region}" is no Region, such as ${DEFAULT_REGION}.`);
  return { region, accountId: accountOf(env, hasCredentials, place), hasCredentials };
}

/** By the key. Without credentials, the account of the stack, which becomes the key. */
function accountOf(env: Variables, hasCredentials: boolean, place: Place): string {
  return accountOfKey(env['AWS_ACCESS_KEY_ID'] || (hasCredentials ? '' : (place.accountId ?? '')));
}

/**
 * Variables by which the AWS SDKs, the AWS CLI and the sink call the server. They name this one service, so that calls to
 * others still reach AWS. Keys are among them only where none are set.
 */
export function callerVariables(endpoint: string, caller: Caller): Record<string, string> {
  return {
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: endpoint,
    AWS_REGION: caller.region,
    // boto3 reads no other.
    AWS_DEFAULT_REGION: caller.region,
    // StartLiveTail puts `stream-` before the host, and no such host is here.
    AWS_DISABLE_HOST_PREFIX_INJECTION: 'true',
    ...(caller.hasCredentials ? {} : keysOf(caller)),
  };
}

function keysOf({ accountId }: Caller): Record<string, string> {
  const key = accountId === ACCOUNT_ID ? NO_SECRET : accountId;
  return { AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: NO_SECRET };
}

/** Variables that count before AWS_ENDPOINT_URL_CLOUDWATCH_LOGS, or that no endpoint may stand beside. */
const FLAGS = ['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', 'AWS_USE_FIPS_ENDPOINT', 'AWS_USE_DUALSTACK_ENDPOINT'];

/** Names of variables that lead the sink's calls, or the calls for its credentials, to AWS. */
export function divertingVariables(env: Variables): string[] {
  const ofSink = ['ENDPOINT_URL', 'ROLE_ARN', 'EXTERNAL_ID'].flatMap(sinkVariables);
  return [...ofSink.filter((name) => env[name]), ...FLAGS.filter((name) => env[name] === 'true')];
}

/** The variables of a setting of the sink: it has two names. */
export function sinkVariables(field: string): string[] {
  return sections.cloudwatch.prefixes.map((prefix) => prefix + field);
}
