import { headerValue } from './header-line.js';
import { memberValue } from './members.js';
import { maskPairs } from './pairs.js';
import { withoutValues, type IsSensitive } from './values.js';

/**
 * Hides the values beside sensitive names in a text: members of JSON, lines of headers, pairs of queries, forms and cookies.
 * It takes linear time however deeply the text is nested, and so needs no bound beyond which secrets would be shown.
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
