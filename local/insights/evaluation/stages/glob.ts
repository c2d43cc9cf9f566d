import type { GlobPattern } from '../../query/query.js';

/**
 * Finds the texts that stand for the wildcards of a pattern such as `user=*, id=*`: each ends where the text after it next occurs,
 * the last one at the end if no text is after it. The pattern may begin anywhere (assumed). No text is looked at twice: were
 * there no match from the first place of a text, there would be none from a later one.
 */
export function globMatch({ texts }: GlobPattern, text: string): string[] | undefined {
  const found: string[] = [];
  const [first = '', ...others] = texts;
  let start = text.indexOf(first);
  if (start < 0) return undefined;
  start += first.length;
  for (const [index, other] of others.entries()) {
    const isRest = other === '' && index === others.length - 1;
    const end = isRest ? text.length : text.indexOf(other, start);
    if (end < 0) return undefined;
    found.push(text.slice(start, end));
    start = end + other.length;
  }
  return found;
}
