/** An escape, a set of characters, a repetition by number, or any other character. */
const PART = /\\(?:[pPx]\{[^}]*\}|[^])|\[\^?\]?(?:\\[^]|[^\]\\])*\]|\{(?<least>\d+)(?:,(?<most>\d*))?\}|[^]/g;

/**
 * About how many steps a regular expression has once its repetitions by number are written out, which is how RE2 compiles
 * them: `(a{9}){9}` has 81.
 */
export function regexSize(source: string): number {
  const around: number[] = [];
  let size = 0;
  let last = 0;
  for (const { 0: part, groups } of source.matchAll(PART)) {
    if (part === '(') {
      around.push(size + 1);
      size = 0;
    } else if (part === ')') {
      last = size;
      size += around.pop() ?? 0;
    } else if (groups?.['least'] === undefined) {
      last = 1;
      size += last;
    } else {
      const added = last * (Math.max(Number(groups['least']), Number(groups['most'] ?? 0), 1) - 1);
      last += added;
      size += added;
    }
  }
  // Groups that are not closed are none of RE2's.
  return around.reduce((sum, each) => sum + each, size);
}
