import { readFile } from 'node:fs/promises';
import type { Environment } from '../../contract/codec.js';
import { CredentialsError } from '../send/credentials-error.js';
import type { Credentials } from '../send/held-credentials.js';
import { containerAnswer, type ContainerAnswer } from './container-answer.js';

/** How much of a text is quoted that says why there are none. */
const MAX_QUOTED_LENGTH = 300;

/**
 * Asks the endpoint of a container for credentials, once: those who hold credentials know when to ask again.
 *
 * @throws {CredentialsError} if it gives none
 */
export async function containerCredentials(endpoint: URL, env: Environment): Promise<Credentials> {
  try {
    return credentialsIn(await containerAnswer(endpoint, await authorizationOf(env)));
  } catch (error) {
    throw new CredentialsError(error);
  }
}

/** EKS replaces the token in the file. */
async function authorizationOf(env: Environment): Promise<string | undefined> {
  const path = env['AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'];
  return path ? readFile(path, 'utf8') : env['AWS_CONTAINER_AUTHORIZATION_TOKEN'] || undefined;
}

function credentialsIn(answer: ContainerAnswer): Credentials {
  if (answer.status !== 200) throw refusal(answer);
  const { AccessKeyId, SecretAccessKey, Token, Expiration } = membersOf(answer.text);
  const expiration = new Date(String(Expiration));
  const isComplete = isText(AccessKeyId) && isText(SecretAccessKey) && isText(Token);
  if (!isComplete || Number.isNaN(expiration.getTime()))
    throw providerError('AccessKeyId, SecretAccessKey, Token and Expiration are not all in its answer');
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: Token, expiration };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function membersOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    throw providerError('its answer is no JSON');
  }
}

function refusal({ status, text }: ContainerAnswer): Error {
  // Below 400, credentials may stand there.
  const said = status < 400 ? '' : `: ${text.slice(0, MAX_QUOTED_LENGTH)}`;
  const error = providerError(`it answered ${status}${said}`);
  if (status >= 500) error.name = 'ContainerEndpointError';
  return Object.assign(error, { $metadata: { httpStatusCode: status } });
}

/** By its name, a person has to act. */
function providerError(why: string): Error {
  const message = `Could not load credentials from the endpoint of the container: ${why}`;
  return Object.assign(new Error(message), { name: 'CredentialsProviderError' });
}
