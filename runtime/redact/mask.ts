import type { PATTERN_NAMES } from '../../contract/settings/redaction.js';
import { maskUrlCredentials } from '../serialize/url-credentials.js';
import { maskNamed } from './named/mask-named.js';
import type { IsSensitive } from './named/values.js';
import { maskAwsKeys } from './patterns/aws-key.js';
import { maskBearerTokens } from './patterns/bearer-token.js';
import { maskCardNumbers } from './patterns/card-number.js';
import { maskEmails } from './patterns/email.js';

/**
 * Hides the secrets in a text. `key` is the name of the field that holds the text, a hint at its kind. Takes time
 * in proportion to the length of the text.
 */
export type Mask = (text: string, key: string) => string;

/** Applied in this order: patterns of longer secrets come first. */
const masks: Readonly<Record<(typeof PATTERN_NAMES)[number], Mask>> = {
  bearer_token: maskBearerTokens,
  aws_key: maskAwsKeys,
  email: maskEmails,
  card_number: maskCardNumbers,
};

/**
 * Combines the masks of these names. Two others come before them:
 *
 * - Credentials of URLs, because the e-mail pattern would hide their host, and nothing would recognize them after that.
 * - Values beside a sensitive name, because a pattern may match only a part of a value.
 */
export function maskFor(names: readonly string[], isSensitive: IsSensitive): Mask {
  const chosen = Object.entries(masks)
    .filter(([name]) => names.includes(name))
    .map(([, mask]) => mask);
  return (text, key) =>
    chosen.reduce((masked, mask) => mask(masked, key), maskNamed(maskUrlCredentials(text), isSensitive));
}
