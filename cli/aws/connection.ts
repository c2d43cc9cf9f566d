import type { CloudWatchLogs, CloudWatchLogsClientConfig } from '@aws-sdk/client-cloudwatch-logs';
import { type Command, InvalidArgumentError } from 'commander';
import { shown } from '../../contract/problems.js';
import {
  isRegion,
  REGION_RULE,
  regionHint,
  regionOfEnvironment,
  regionProblem,
} from '../../contract/region.js';
import { presentable } from '../../contract/withheld.js';
import { endpointVariable } from '../../runtime/send/configured-endpoint.js';
import { Failure } from '../failure.js';
import { awsProfile } from '../local/aws-profile.js';
import { loadSdk } from '../sdk.js';
import { serviceClock } from './service-clock.js';
import { useProfile } from './use-profile.js';

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

/**
 * The URL that variables give in place of that of the Region.
 *
 * @throws Failure if it is none
 */
export function endpointOf(env: Environment): string | undefined {
  const name = endpointVariable(env);
  if (name === undefined || isUrl(env[name]!)) return name && env[name];
  const value = shown(presentable(name, env[name]));
  throw new Failure(`${name} is ${value}; allowed: a URL such as http://127.0.0.1:4588.`);
}

/** The Region that an option, the environment or the profile says, whatever it is. */
export function saidRegion({ region, profile }: ConnectionOptions, env: Environment): string | undefined {
  const ofProfile = (): string | undefined =>
    awsProfile(profile === undefined ? env : { ...env, AWS_PROFILE: profile }).region;
  return region ?? regionOfEnvironment(env)?.region ?? ofProfile();
}

export function missingRegion(): Failure {
  return new Failure('There is no Region. Give --region us-east-1, or set AWS_REGION.');
}

/** @throws Failure if nobody says it, or it is none */
export function regionOf(options: ConnectionOptions, env: Environment): string {
  const found = saidRegion(options, env);
  if (found === undefined) throw missingRegion();
  const problem = regionProblem(found);
  if (problem === undefined) return found;
  throw new Failure(`The Region "${found}" of the environment or the profile is none. Allowed: ${problem}`);
}

function parseRegion(text: string): string {
  if (isRegion(text)) return text;
  throw new InvalidArgumentError(`Allowed: ${REGION_RULE}${regionHint(text)}`);
}

function parseUrl(text: string): string {
  if (isUrl(text)) return text;
  throw new InvalidArgumentError('Allowed: a URL such as http://127.0.0.1:4588.');
}

/** Whether a text can be the URL of an endpoint. */
export function isUrl(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text);
}
