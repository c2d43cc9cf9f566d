const AFTER_SCHEME = '://';
const MASK = '***';

/**
 * A finished line without the credentials of its URLs: `scheme://user:password@host` becomes `scheme://***@host`. A user
 * without a password goes only where it is a token, in `http` and `https`; `ssh://git@host` stays. JSON stays
 * JSON. Costs a search where there is no URL.
 */
export function withoutUrlCredentials(line: string): string {
  return masked(line, credentialsEndInJson);
}

/** The same for text that is not JSON yet. */
export function maskUrlCredentials(text: string): string {
  return masked(text, credentialsEnd);
}

/** Where credentials that begin here end: at the last `@` before the host, or where they begin if there are none. */
type CredentialsEnd = (text: string, from: number) => number;

/** Whether a text has in it what could be the credentials of a URL; quick where it has not. */
export function mayHoldUrlCredentials(text: string): boolean {
  const found = text.indexOf(AFTER_SCHEME);
  return found >= 0 && text.lastIndexOf('@') > found;
}

function masked(text: string, endOf: CredentialsEnd): string {
  if (!mayHoldUrlCredentials(text)) return text;
  let found = text.indexOf(AFTER_SCHEME);
  let clean = '';
  let done = 0;
  while (found >= 0) {
    const from = found + AFTER_SCHEME.length;
    const to = endOf(text, from);
    if (to > from && isSecret(text, found, to)) {
      clean += text.slice(done, from) + MASK;
      done = to;
    }
    found = text.indexOf(AFTER_SCHEME, to);
  }
  return clean + text.slice(done);
}

/** What no host and no credentials contain. */
const END = /[\s/?#"]/;

/** A password may have an `@` that nobody encoded. */
function credentialsEnd(text: string, from: number): number {
  let end = from;
  for (let index = from; index < text.length && !END.test(text[index]!); index++) {
    if (text[index] === '@') end = index;
  }
  return end;
}

/** A backslash is two in JSON; one alone escapes a quote or a line break, which are ends. */
function credentialsEndInJson(json: string, from: number): number {
  let end = from;
  for (let index = from; index < json.length && !END.test(json[index]!); index++) {
    if (json[index] === '@') end = index;
    else if (json[index] === '\\' && json[++index] !== '\\') break;
  }
  return end;
}

function isSecret(text: string, schemeEnd: number, to: number): boolean {
  const hasPassword = text.slice(schemeEnd + AFTER_SCHEME.length, to).includes(':');
  return hasPassword || /https?$/i.test(text.slice(Math.max(0, schemeEnd - 5), schemeEnd));
}
