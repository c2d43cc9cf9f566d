import type { Environment } from '../../contract/codec.js';
import { isRegion, regionOfEnvironment } from '../../contract/region.js';
import type { CloudWatchValues } from '../../contract/sections.js';
import { directWay } from '../../runtime/direct/direct-way.js';
import { READ_BY_SDK_ONLY } from '../../runtime/direct/plain-credentials.js';
import { hasSharedFiles } from '../../runtime/direct/shared-files.js';
import { endpointFor, type EndpointConfig } from '../../runtime/sdk/client-endpoint.js';
import { sdkCredentials } from '../../runtime/sdk/sdk-port.js';
import type { CredentialSource } from '../../runtime/send/held-credentials.js';
import { loadSdk } from '../sdk.js';
import { outcomeOf, type Outcome } from './outcome.js';

/** How the sink would reach the service. */
export interface Way {
  /** Why the AWS SDK makes the calls. @default - the sink makes them itself */
  readonly sdkReason?: string;
  readonly region: Outcome<string>;
  readonly endpoint: Outcome<URL>;
  readonly credentials: CredentialSource;
}

/** Asks what the sink itself asks with its first call. */
export async function wayOf(settings: CloudWatchValues, env: Environment): Promise<Way> {
  const ofSdk = sdkCredentials(settings);
  const direct = await directWay(settings, () => env, ofSdk);
  if (direct === undefined) return sdkWay(settings, env, ofSdk);
  const { region, endpoint, credentials } = direct;
  return { region: { value: region }, endpoint: { value: endpoint }, credentials };
}

async function sdkWay(
  settings: CloudWatchValues,
  env: Environment,
  credentials: CredentialSource,
): Promise<Way> {
  const { endpointUrl } = settings;
  const given = settings.region ?? regionOfEnvironment(env)?.region;
  const { CloudWatchLogsClient: Client } = await loadSdk();
  const client = new Client({
    ...(given !== undefined && { region: given }),
    ...(endpointUrl !== undefined && { endpoint: endpointUrl }),
  });
  const region = await outcomeOf(() => client.config.region());
  const endpoint = await outcomeOf(async () => {
    const config = client.config as unknown as EndpointConfig;
    return (await endpointFor(config, { settings, onServiceDate: () => undefined })).url;
  });
  return { sdkReason: await sdkReason(settings, env), region, endpoint, credentials };
}

/** The first thing that only the SDK can read, in the order in which the sink looks. */
async function sdkReason({ client, roleArn, region }: CloudWatchValues, env: Environment): Promise<string> {
  const found = region ?? regionOfEnvironment(env)?.region;
  if (client === 'sdk') return 'the setting client is sdk';
  if (roleArn !== undefined) return 'a role is to be assumed (roleArn)';
  if (found === undefined) return 'no variable names the Region';
  if (!isRegion(found) || found.includes('fips')) return `the Region ${found} is an unusual one`;
  const variable = READ_BY_SDK_ONLY.find((name) => env[name] !== undefined);
  if (variable !== undefined) return `${variable} is set`;
  if (await hasFiles(env)) return 'there is a configuration of the AWS tools in files';
  return 'credentials or endpoint are not plainly in variables or at the endpoint of a container';
}

async function hasFiles(env: Environment): Promise<boolean> {
  return hasSharedFiles(env).catch(() => false);
}
