import { headerValue } from './header-line.js';
import { memberValue } from './members.js';
import { maskPairs } from './pairs.js';
import { withoutValues, type IsSensitive } from './values.js';

/**
 * Hides in a text what stands beside a sensitive name: members of JSON, lines of headers, pairs of queries, forms and
 * cookies. It reads once over the text, however long and however deeply nested it is, so that there is no bound beyond
 * which secrets are shown.
 */
export function maskNamed(text: string, isSensitive: IsSensitive): string {
  const masked = withoutValues(
    text,
    ':',
    (nameEnd, from) =>
      memberValue(text, nameEnd, from, isSensitive) ?? headerValue(text, nameEnd, from, isSensitive),
  );
  return maskPairs(masked, isSensitive);
}
