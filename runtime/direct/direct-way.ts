import type { Environment } from '../../contract/codec.js';
import type { ClientOptions } from '../send/client-options.js';
import type { CredentialSource } from '../send/held-credentials.js';

/** All that a call needs besides its body. */
export interface DirectWay {
  readonly region: string;
  /** Where the calls go. */
  readonly endpoint: URL;
  readonly credentials: CredentialSource;
}

/**
 * How the service is reached without the official client; `undefined` where only the client knows: credentials or a
 * configuration in files, a profile, a role to assume, or what an environment says that is not read here.
 */
export async function directWay(
  _settings: ClientOptions['settings'],
  _env: Environment,
): Promise<DirectWay | undefined> {
  return undefined;
}
