import type { Environment } from '../../contract/codec.js';
import type { Credentials } from '../send/held-credentials.js';

/** Whether an environment has keys: then the AWS SDK takes them, or complains of them. */
export function hasKeys(env: Environment): boolean {
  return Boolean(env['AWS_ACCESS_KEY_ID'] || env['AWS_SECRET_ACCESS_KEY']);
}

/** Credentials in variables, as AWS Lambda sets them; `undefined` if they are odd: half of them, white space, no date. */
export function environmentCredentials(env: Environment): Credentials | undefined {
  const accessKeyId = env['AWS_ACCESS_KEY_ID'] ?? '';
  const secretAccessKey = env['AWS_SECRET_ACCESS_KEY'] ?? '';
  const sessionToken = env['AWS_SESSION_TOKEN'];
  const expiry = env['AWS_CREDENTIAL_EXPIRATION'];
  const isPlain = isWord(accessKeyId) && isWord(secretAccessKey) && (!sessionToken || isWord(sessionToken));
  if (!isPlain || (expiry && Number.isNaN(Date.parse(expiry)))) return undefined;
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken ? { sessionToken } : {}),
    ...(expiry ? { expiration: new Date(expiry) } : {}),
  };
}

function isWord(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}
