import { needStack } from '../io/stack.js';

const AFTER_SCHEME = '://';

/** Up to the last `@` before the host, since a password may have one that nobody encoded. */
const CREDENTIALS = /(https?)?:\/\/([^\s/?#"]+)@/gi;

/**
 * Hides the credentials of URLs in a text: `scheme://user:password@host` becomes `scheme://***@host`. A user without a password
 * is hidden only in `http` and `https`, where it is a token; `ssh://git@host` stays. A text without a URL costs one search.
 */
export function maskUrlCredentials(text: string): string {
  if (!mayHoldUrlCredentials(text)) return text;
  needStack('aMatch');
  return text.replaceAll(CREDENTIALS, (whole, http: string | undefined, credentials: string) => {
    const isSecret = http !== undefined || credentials.includes(':');
    return isSecret ? `${http ?? ''}://***@` : whole;
  });
}

/** A quick test that finds every text with credentials of a URL, and some without. */
export function mayHoldUrlCredentials(text: string): boolean {
  const found = text.indexOf(AFTER_SCHEME);
  return found >= 0 && text.lastIndexOf('@') > found;
}
