import { requireLate } from '../io/late-modules.cjs';
import type { Credentials } from '../send/held-credentials.js';

const ALGORITHM = 'AWS4-HMAC-SHA256';

/** A request to CloudWatch Logs, as far as it is signed. Names of headers are in lower case, and all of them are signed. */
export interface SignedParts {
  readonly path: string;
  readonly region: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The header Authorization of Signature Version 4.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function authorizationOf({ path, region, headers }: SignedParts, credentials: Credentials): string {
  const names = Object.keys(headers).toSorted();
  const time = headers['x-amz-date']!;
  const scope = [time.slice(0, 8), region, 'logs', 'aws4_request'];
  const lines = names.map((name) => `${name}:${headers[name]!.trim().replaceAll(/[ \t]+/g, ' ')}\n`);
  const signed = names.join(';');
  const bodyHash = headers['x-amz-content-sha256'];
  const request = ['POST', canonicalPath(path), '', lines.join(''), signed, bodyHash].join('\n');
  const text = [ALGORITHM, time, scope.join('/'), sha256(request)].join('\n');
  const signature = hmac(signingKey(credentials.secretAccessKey, scope), text).toString('hex');
  const credential = `${credentials.accessKeyId}/${scope.join('/')}`;
  return `${ALGORITHM} Credential=${credential}, SignedHeaders=${signed}, Signature=${signature}`;
}

/** In hexadecimal digits. */
export function sha256(content: Uint8Array | string): string {
  return requireLate('node:crypto').createHash('sha256').update(content).digest('hex');
}

function hmac(key: Buffer | string, text: string): Buffer {
  return requireLate('node:crypto').createHmac('sha256', key).update(text).digest();
}

function signingKey(secret: string, scope: readonly string[]): Buffer {
  return scope.reduce<Buffer | string>(hmac, `AWS4${secret}`) as Buffer;
}

/** Escaped once more than it is sent, and each slash once. That of a URL has no dots to resolve. */
function canonicalPath(path: string): string {
  return path
    .split('/')
    .map(escaped)
    .join('/')
    .replaceAll(/\/{2,}/g, '/');
}

function escaped(segment: string): string {
  return encodeURIComponent(segment).replaceAll(/[!'()*]/g, percent);
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
