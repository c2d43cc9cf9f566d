import type { CloudWatchLogs, CloudWatchLogsClientConfig } from '@aws-sdk/client-cloudwatch-logs';
import { type Command, InvalidArgumentError } from 'commander';
import {
  isRegion,
  REGION_RULE,
  regionHint,
  regionOfEnvironment,
  regionProblem,
} from '../../contract/region.js';
import { Failure } from '../failure.js';
import { awsProfile, profileNames } from '../local/aws-profile.js';
import { loadSdk } from '../sdk.js';
import { serviceClock } from './service-clock.js';

/** Options of every command that calls CloudWatch Logs for the one who types. */
export interface ConnectionOptions {
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  readonly endpointUrl?: string | undefined;
}

/** Where the calls of a command go. */
export interface Connection {
  readonly client: CloudWatchLogs;
  readonly region: string;
  /** URL that the environment or an option names; `undefined` for that of the Region. */
  readonly endpointUrl: string | undefined;
  /** The time at the service, in milliseconds since 1970: that of its last answer, and what has passed since. */
  readonly now: () => number;
}

type Environment = Readonly<Record<string, string | undefined>>;

export function withConnectionOptions(command: Command): Command {
  return command
    .option(
      '--region <region>',
      'Region of the log groups (default: of the environment or the profile)',
      parseRegion,
    )
    .option('--profile <name>', 'profile of the AWS tools whose credentials and Region count')
    .option('--endpoint-url <url>', 'URL of CloudWatch Logs, such as that of a local server', parseUrl);
}

/** Says nothing. The SDK warns on stderr otherwise, of variables that it does not use, for example. */
const SILENT = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/**
 * Makes a client as the AWS CLI would: credentials by the default chain, the Region of an option, the environment or the profile.
 *
 * @throws Failure if there is no Region, or no such profile
 */
export async function connect(
  options: ConnectionOptions,
  env: Environment = process.env,
): Promise<Connection> {
  const { profile, endpointUrl = endpointOf(env) } = options;
  if (profile !== undefined) useProfile(profile, env);
  const region = regionOf(options, env);
  const { CloudWatchLogs: Client } = await loadSdk();
  const config: CloudWatchLogsClientConfig = {
    region,
    logger: SILENT,
    ...(profile !== undefined && { profile }),
    // Live Tail would put `stream-` before the name of a host that has only one.
    ...(endpointUrl !== undefined && { endpoint: endpointUrl, disableHostPrefix: true }),
  };
  const client = new Client(config);
  return { client, region, endpointUrl, now: serviceClock(client) };
}

/** The profile of an option counts before keys in variables, as for the AWS CLI. The SDK's other providers read it in the environment, too. */
function useProfile(profile: string, env: Environment): void {
  const names = profileNames(env);
  if (!names.includes(profile)) throw new Failure(missingProfile(profile, names));
  process.env['AWS_PROFILE'] = profile;
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'])
    delete process.env[name];
}

function missingProfile(profile: string, names: readonly string[]): string {
  const hint =
    names.length > 0 ? `There is ${names.join(', ')}.` : 'There is none: aws configure sso makes one.';
  return `There is no profile ${profile} in the files of the AWS tools. ${hint}`;
}

function endpointOf(env: Environment): string | undefined {
  if (env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] === 'true') return undefined;
  return env['AWS_ENDPOINT_URL_CLOUDWATCH_LOGS'] || env['AWS_ENDPOINT_URL'] || undefined;
}

/** @throws Failure if nobody says it */
export function regionOf({ region, profile }: ConnectionOptions, env: Environment): string {
  const ofProfile = awsProfile(profile === undefined ? env : { ...env, AWS_PROFILE: profile }).region;
  const found = region ?? regionOfEnvironment(env)?.region ?? ofProfile;
  if (found === undefined)
    throw new Failure('There is no Region. Give --region, such as --region us-east-1, or set AWS_REGION.');
  const problem = regionProblem(found);
  if (problem === undefined) return found;
  throw new Failure(`The Region "${found}" of the environment or the profile is none. Allowed: ${problem}`);
}

function parseRegion(text: string): string {
  if (isRegion(text)) return text;
  throw new InvalidArgumentError(`Allowed: ${REGION_RULE}${regionHint(text)}`);
}

function parseUrl(text: string): string {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text;
  throw new InvalidArgumentError('Allowed: a URL such as http://127.0.0.1:4588.');
}
