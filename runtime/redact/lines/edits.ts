/** A part of a line to replace. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * The line with its parts replaced; all else is copied as it stands. Of parts within each other, the outermost one is replaced, of equal
 * ones the first.
 */
export function edited(line: string, edits: readonly Edit[]): string {
  if (edits.length === 0) return line;
  let result = '';
  let done = 0;
  for (const { from, to, text } of edits.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    if (from < done) continue;
    result += line.slice(done, from) + text;
    done = to;
  }
  return result + line.slice(done);
}
