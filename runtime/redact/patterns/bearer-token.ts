import { CENSOR } from '../../serialize/censor.js';

const ANY_SIGN = /bearer|basic|eyJ/i;

/** In a header, everything behind the scheme is the credential. */
const IN_HEADER = /(authorization[^a-z0-9]{1,8}(?:bearer|basic)[ \t]+)[\w.~+/|:%-]+=*/gi;

const BEHIND_SCHEME = /\b(bearer|basic)((?:[ \t]|%20|[+:="'])+)([\w.~+/|:%-]+=*)/gi;

/** Header and payload are JSON objects, which base64 begins with `eyJ`. */
const JSON_WEB_TOKEN = /(?<![\w-])eyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*/g;

/** Ordinary words. The alternatives are disjoint, so that no text makes this slow. */
const WORDS = /^(?:[A-Z]?[a-z]{1,19}|[A-Z]{1,9})(?:[-_/](?:[A-Z]?[a-z]{1,19}|[A-Z]{1,9}))*$/;

const MIN_TOKEN_LENGTH = 6;

/**
 * Hides JSON Web Tokens and the credentials behind `Bearer` and `Basic`, but not the scheme. Prose such as `bearer tokens` or
 * `basic authentication` stays.
 */
export function maskBearerTokens(text: string): string {
  if (!ANY_SIGN.test(text)) return text;
  return text
    .replaceAll(IN_HEADER, `$1${CENSOR}`)
    .replaceAll(BEHIND_SCHEME, (whole, scheme: string, gap: string, token: string) => {
      const isCredential = scheme.toLowerCase() === 'basic' ? isUserAndPassword : isToken;
      return isCredential(token) ? scheme + gap + CENSOR : whole;
    })
    .replaceAll(JSON_WEB_TOKEN, CENSOR);
}

function isToken(text: string): boolean {
  const word = text.replace(/[.:=]+$/, '');
  return word.length >= MIN_TOKEN_LENGTH && !WORDS.test(word);
}

/** RFC 7617: user, colon and password, in base64. */
function isUserAndPassword(text: string): boolean {
  const pair = Buffer.from(text, 'base64').toString('latin1');
  // eslint-disable-next-line no-control-regex
  return /^[^\x00-\x1f]*:[^\x00-\x1f]*$/.test(pair);
}
