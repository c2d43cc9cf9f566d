/** An escape, a set of characters, a repetition by number, or any other character. */
const PART = /\\(?:[pPx]\{[^}]*\}|[^])|\[\^?\]?(?:\\[^]|[^\]\\])*\]|\{(?<least>\d+)(?:,(?<most>\d*))?\}|[^]/g;

/**
 * About how many steps a regular expression has once its repetitions by number are written out, which is how RE2 compiles
 * them: `(a{9}){9}` has 90.
 */
export function regexSize(source: string): number {
  const steps = new Steps();
  for (const { 0: part, groups } of source.matchAll(PART)) {
    if (part === '(') steps.open();
    else if (part === ')') steps.close();
    else if (groups?.['least'] === undefined) steps.add(1);
    else steps.repeat(Math.max(Number(groups['least']), Number(groups['most'] ?? 0)));
  }
  return steps.total;
}

class Steps {
  /** Steps of each open group, the innermost last. */
  readonly #groups = [0];
  /** Steps that a repetition repeats. */
  #last = 0;

  /** Also of groups that are not closed. */
  get total(): number {
    return this.#groups.reduce((sum, each) => sum + each, 0);
  }

  open(): void {
    this.#groups.push(1);
  }

  close(): void {
    this.add(this.#groups.length > 1 ? this.#groups.pop()! : 1);
  }

  add(steps: number): void {
    this.#last = steps;
    this.#groups[this.#groups.length - 1]! += steps;
  }

  repeat(times: number): void {
    const all = this.#last * Math.max(times, 1);
    this.#groups[this.#groups.length - 1]! += all - this.#last;
    this.#last = all;
  }
}
