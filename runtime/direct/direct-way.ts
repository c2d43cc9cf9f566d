import type { Environment } from '../../contract/codec.js';
import { isRegion, regionOfEnvironment } from '../../contract/region.js';
import type { ClientOptions } from '../send/client-options.js';
import type { CredentialSource } from '../send/held-credentials.js';
import { endpointOf } from './endpoint.js';
import { plainCredentials, plainSource } from './plain-credentials.js';
import { hasSharedFiles } from './shared-files.js';

/** What stands between two dots of a host's name is no longer. */
const MAX_LABEL_LENGTH = 63;

/** All that a call needs besides its body. */
export interface DirectWay {
  readonly region: string;
  /** Where the calls go. */
  readonly endpoint: URL;
  readonly credentials: CredentialSource;
}

/**
 * How the service is reached without the official client; `undefined` where only the client knows: credentials or a
 * configuration in files, a profile, a role to assume, or what an environment says that is not read here. It never throws:
 * what is wrong, the client reports.
 *
 * @param env the variables of the process, which may change
 * @param ofSdk asks the SDK for credentials, once they are no longer where they were
 */
export async function directWay(
  { client, roleArn, region: given, endpointUrl }: ClientOptions['settings'],
  env: () => Environment,
  ofSdk: CredentialSource,
): Promise<DirectWay | undefined> {
  const now = env();
  const region = given ?? regionOfEnvironment(now)?.region;
  if (client === 'sdk' || roleArn !== undefined || region === undefined || !isPlainRegion(region))
    return undefined;
  const endpoint = endpointOf(region, endpointUrl, now);
  if (endpoint === undefined || !(await isPlain(now))) return undefined;
  return { region, endpoint, credentials: plainCredentials(env, ofSdk) };
}

/** A name with `fips` in it stands for another Region, with FIPS. */
function isPlainRegion(region: string): boolean {
  return isRegion(region) && region.length <= MAX_LABEL_LENGTH && !region.includes('fips');
}

async function isPlain(env: Environment): Promise<boolean> {
  try {
    return (await plainSource(env)) !== undefined && !(await hasSharedFiles(env));
  } catch {
    // There is no home directory: the SDK throws the same.
    return false;
  }
}
