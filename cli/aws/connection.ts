import type { CloudWatchLogs, CloudWatchLogsClientConfig } from '@aws-sdk/client-cloudwatch-logs';
import { type Command, InvalidArgumentError } from 'commander';
import { isRegion, REGION_RULE, regionHint, regionOfEnvironment } from '../../contract/region.js';
import { Failure } from '../failure.js';
import { awsProfile } from '../local/aws-profile.js';
import { loadSdk } from '../sdk.js';

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

/**
 * Makes a client as the AWS CLI would: credentials by the default chain, the Region of an option, the environment or the profile.
 *
 * @throws Failure if there is no Region
 */
export async function connect(
  options: ConnectionOptions,
  env: Environment = process.env,
): Promise<Connection> {
  // The SDK's other providers read the name of the profile here, too.
  if (options.profile !== undefined) process.env['AWS_PROFILE'] = options.profile;
  const region = regionOf(options, env);
  const { CloudWatchLogs: Client } = await loadSdk();
  const { profile, endpointUrl } = options;
  const config: CloudWatchLogsClientConfig = {
    region,
    ...(profile !== undefined && { profile }),
    ...(endpointUrl !== undefined && { endpoint: endpointUrl }),
  };
  const endpoint = endpointUrl ?? env['AWS_ENDPOINT_URL_CLOUDWATCH_LOGS'] ?? env['AWS_ENDPOINT_URL'];
  return { client: new Client(config), region, endpointUrl: endpoint || undefined };
}

function regionOf({ region, profile }: ConnectionOptions, env: Environment): string {
  const ofProfile = awsProfile(profile === undefined ? env : { ...env, AWS_PROFILE: profile }).region;
  const found = region ?? regionOfEnvironment(env)?.region ?? ofProfile;
  if (found !== undefined) return found;
  throw new Failure('There is no Region. Give --region us-east-1, or set AWS_REGION.');
}

function parseRegion(text: string): string {
  if (isRegion(text)) return text;
  throw new InvalidArgumentError(`Allowed: ${REGION_RULE}${regionHint(text)}`);
}

function parseUrl(text: string): string {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text;
  throw new InvalidArgumentError('Allowed: a URL such as http://127.0.0.1:4588.');
}
