import type { Environment } from '../../contract/codec.js';
import type { Credentials, CredentialSource } from '../send/held-credentials.js';
import { containerEndpoint } from './container-endpoint.js';
import { environmentCredentials, hasKeys } from './environment-credentials.js';
import { hasSharedFiles } from './shared-files.js';

/** What these say about a call, or about who signs it, only the AWS SDK knows. */
export const READ_BY_SDK_ONLY = [
  'AWS_PROFILE',
  'AWS_CREDENTIAL_SCOPE',
  'AWS_AUTH_SCHEME_PREFERENCE',
  'AWS_BEARER_TOKEN_LOGS',
  'AWS_SIGV4A_SIGNING_REGION_SET',
  'AWS_DISABLE_CLOCK_SKEW_CORRECTION',
  'AWS_DEFAULTS_MODE',
];

/** Asks for credentials where they plainly are. */
export type PlainSource = () => Promise<Credentials>;

/**
 * Where credentials plainly are: in variables, or else at the endpoint of the container. `undefined` if the AWS SDK would
 * look elsewhere before, or if something is odd: it has the last word on that.
 */
export async function plainSource(env: Environment): Promise<PlainSource | undefined> {
  if (READ_BY_SDK_ONLY.some((name) => env[name] !== undefined)) return undefined;
  if (hasKeys(env)) return sourceInVariables(env);
  const endpoint = containerEndpoint(env);
  if (endpoint === undefined || env['AWS_WEB_IDENTITY_TOKEN_FILE'] || (await hasSharedFiles(env)))
    return undefined;
  return async () => (await import('./container-credentials.js')).containerCredentials(endpoint, env);
}

function sourceInVariables(env: Environment): PlainSource | undefined {
  const credentials = environmentCredentials(env);
  return credentials && (async () => credentials);
}

/** Looks anew each time, as the SDK does, and lets the SDK look where they are plain no longer. */
export function plainCredentials(env: () => Environment, ofSdk: CredentialSource): CredentialSource {
  return async (properties) => ((await plainSource(env())) ?? ofSdk)(properties);
}
