/** The candidate that a misspelt word most probably meant; `undefined` if none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, slips: slipsBetween(word.toLowerCase(), candidate.toLowerCase()) }))
    .toSorted((a, b) => a.slips - b.slips);
  const [best] = ranked;
  return best && best.slips <= slipsAllowedIn(word) ? best.candidate : wholeOf(word, candidates);
}

/** What a message says of a name that nobody knows: the one that was meant, or else all that there are. */
export function hintFor(name: string, known: readonly string[], meant = nearest(name, known)): string {
  if (meant !== undefined) return `did you mean ${meant}?`;
  return `there ${known.length === 1 ? 'is' : 'are'} ${known.join(', ')}`;
}

/** Of a short word, two slips leave nothing. */
export function slipsAllowedIn(word: string): number {
  return word.length <= 4 ? 1 : Math.max(2, Math.floor(word.length / 3));
}

/** The shortest candidate of which the word is the beginning, and half of the letters at the least, as `logGroup` is. */
function wholeOf(word: string, candidates: readonly string[]): string | undefined {
  const beginning = word.toLowerCase();
  return candidates
    .filter((each) => each.toLowerCase().startsWith(beginning) && word.length * 2 >= each.length)
    .toSorted((a, b) => a.length - b.length)[0];
}

/**
 * The fewest slips that make one word of another: a character that is missing, too many or wrong, or two that are swapped. It
 * is the distance called optimal string alignment, computed one row of the matrix at a time.
 *
 * @param limit more slips than these are `Infinity`, which is known early
 */
export function slipsBetween(a: string, b: string, limit = Infinity): number {
  if (Math.abs(a.length - b.length) > limit) return Infinity;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const row = Array.from({ length: b.length + 1 }, (_, column) => (column === 0 ? i : Infinity));
    // Cells farther from the diagonal cost more than the limit.
    for (let j = Math.max(1, i - limit); j <= Math.min(b.length, i + limit); j++) {
      const replaced = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? beforeLast[j - 2]! + 1 : Infinity;
      row[j] = Math.min(replaced, swapped, last[j]! + 1, row[j - 1]! + 1);
    }
    // A swap reaches back over one row.
    if (Math.min(...row) > limit && Math.min(...last) > limit) return Infinity;
    [beforeLast, last] = [last, row];
  }
  const slips = last[b.length]!;
  return slips <= limit ? slips : Infinity;
}
