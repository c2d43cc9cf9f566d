import { CENSOR } from '../../serialize/censor.js';

const ANY_SIGN = /A(?:KI|SI|BI|CC)A/;

/** Prefixes of keys that sign requests. The ids of roles, users and policies, with other prefixes, are no secrets. */
const ACCESS_KEY_ID = /(?<![A-Z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Z0-9])/g;

const ACCESS_KEY_ID_LENGTH = 20;

/** A secret access key has no prefix. A capital letter distinguishes it from a hexadecimal hash. */
const SECRET = '(?<![A-Za-z0-9/+])(?=[a-z0-9/+]{0,39}[A-Z])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])';
const SECRET_ALONE = new RegExp(SECRET, 'g');
const SECRET_BESIDE_ITS_NAME = new RegExp(`((?:[sS]ecret|SECRET)[^\\n]{0,40}?)${SECRET}`, 'g');

const SAYS_SECRET = /secret/i;

/** Hides access key ids, and secret access keys that follow the word `secret` or are in a field with it in its name. */
export function maskAwsKeys(text: string, key: string): string {
  if (text.length < ACCESS_KEY_ID_LENGTH) return text;
  const masked = ANY_SIGN.test(text) ? text.replaceAll(ACCESS_KEY_ID, CENSOR) : text;
  if (SAYS_SECRET.test(key)) return masked.replaceAll(SECRET_ALONE, CENSOR);
  return SAYS_SECRET.test(masked) ? masked.replaceAll(SECRET_BESIDE_ITS_NAME, `$1${CENSOR}`) : masked;
}
