import type { PATTERN_NAMES } from '../../contract/settings/redaction.js';
import { maskUrlCredentials } from '../serialize/url-credentials.js';
import { maskNamed } from './named/mask-named.js';
import type { IsSensitive } from './named/values.js';
import { maskAwsKeys } from './patterns/aws-key.js';
import { maskBearerTokens } from './patterns/bearer-token.js';
import { maskCardNumbers } from './patterns/card-number.js';
import { maskEmails } from './patterns/email.js';

/**
 * Text without its secrets. `key` is the name of the field that holds the text, which may tell what the text is. Takes
 * time in proportion to the text, whatever the text is.
 */
export type Mask = (text: string, key: string) => string;

/** In this order: what finds longer secrets goes first. */
const masks: Readonly<Record<(typeof PATTERN_NAMES)[number], Mask>> = {
  bearer_token: maskBearerTokens,
  aws_key: maskAwsKeys,
  email: maskEmails,
  card_number: maskCardNumbers,
};

/**
 * All masks of these names, one after the other. Before them go the credentials of URLs, which the line would lose anyway:
 * with their host hidden as a part of an e-mail address, nobody would recognize them there. Then goes what stands beside a
 * sensitive name, since a pattern may see only a part of it.
 */
export function maskFor(names: readonly string[], isSensitive: IsSensitive): Mask {
  const chosen = Object.entries(masks)
    .filter(([name]) => names.includes(name))
    .map(([, mask]) => mask);
  return (text, key) =>
    chosen.reduce((masked, mask) => mask(masked, key), maskNamed(maskUrlCredentials(text), isSensitive));
}
