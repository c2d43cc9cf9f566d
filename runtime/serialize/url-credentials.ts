const AFTER_SCHEME = '://';
const MASK = '***';

/**
 * Hides the credentials of URLs in a text: `scheme://user:password@host` becomes `scheme://***@host`. A user without a password
 * is hidden only in `http` and `https`, where it is a token; `ssh://git@host` stays. A text without a URL costs one search.
 */
export function maskUrlCredentials(text: string): string {
  if (!mayHoldUrlCredentials(text)) return text;
  let found = text.indexOf(AFTER_SCHEME);
  let clean = '';
  let done = 0;
  while (found >= 0) {
    const from = found + AFTER_SCHEME.length;
    const to = credentialsEnd(text, from);
    if (to > from && isSecret(text, found, to)) {
      clean += text.slice(done, from) + MASK;
      done = to;
    }
    found = text.indexOf(AFTER_SCHEME, to);
  }
  return clean + text.slice(done);
}

/** A quick test that finds every text with credentials of a URL, and some without. */
export function mayHoldUrlCredentials(text: string): boolean {
  const found = text.indexOf(AFTER_SCHEME);
  return found >= 0 && text.lastIndexOf('@') > found;
}

/** Neither a host nor credentials contain these. */
const END = /[\s/?#"]/;

/** The last `@` before the host, since a password may have one that nobody encoded; `from` where there is none. */
function credentialsEnd(text: string, from: number): number {
  let end = from;
  for (let index = from; index < text.length && !END.test(text[index]!); index++) {
    if (text[index] === '@') end = index;
  }
  return end;
}

function isSecret(text: string, schemeEnd: number, to: number): boolean {
  const hasPassword = text.slice(schemeEnd + AFTER_SCHEME.length, to).includes(':');
  return hasPassword || /https?$/i.test(text.slice(Math.max(0, schemeEnd - 5), schemeEnd));
}
