/** A scale of numbers, from the first mark to the last. */
export interface Scale {
  readonly from: number;
  readonly to: number;
  /** Round numbers that are written beside the axis. */
  readonly marks: readonly number[];
}

/** About as many marks as a small chart has room for. */
const MARKS = 3;

/** Numbers whose sum is one that can be divided. */
const LARGEST = 1e300;
const SMALLEST_SPAN = 1e-300;

/** A scale that has zero and all numbers. */
export function scaleOf(values: readonly number[]): Scale {
  const finite = values.filter((value) => Math.abs(value) <= LARGEST);
  const least = finite.reduce((one, other) => Math.min(one, other), 0);
  const most = finite.reduce((one, other) => Math.max(one, other), 0);
  const step = stepOf(most - least);
  const [from, to] = [Math.floor(least / step), Math.max(1, Math.ceil(most / step))];
  const marks = Array.from({ length: to - from + 1 }, (_, index) => (from + index) * step);
  return { from: from * step, to: to * step, marks: marks.map(withoutNoise) };
}

/** The share of the scale, from 0 to 1, at which a number stands. */
export function shareOf(value: number, { from, to }: Scale): number {
  return (value - from) / (to - from);
}

/** 1, 2 or 5 times a power of ten. */
function stepOf(span: number): number {
  if (span < SMALLEST_SPAN) return 1;
  const power = 10 ** Math.floor(Math.log10(span / MARKS));
  return ([1, 2, 5].find((factor) => span / (factor * power) <= MARKS) ?? 10) * power;
}

/** 0.1 + 0.2 is 0.3 beside an axis. */
function withoutNoise(value: number): number {
  return Number(value.toPrecision(12));
}

const UNITS = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

/** A number as an axis has room for it: `1.5 k`. */
export function shortNumber(value: number): string {
  const [size, unit] = UNITS.find(([least]) => Math.abs(value) >= least) ?? [1, ''];
  const text = (value / size).toLocaleString('en', { maximumSignificantDigits: 4 });
  return unit === '' ? text : `${text} ${unit}`;
}

/** Runs of neighbours, by their indexes: where bins are missing between two times, a line has a gap. */
export function unbroken(
  times: readonly number[],
  values: readonly (number | undefined)[],
): readonly (readonly number[])[] {
  const step = shortestStep(times);
  const runs: number[][] = [];
  for (const at of times.keys()) {
    if (values[at] === undefined) continue;
    const last = runs.at(-1)?.at(-1);
    const isNext = last !== undefined && times[at]! - times[last]! < step * 1.5;
    if (isNext) runs.at(-1)!.push(at);
    else runs.push([at]);
  }
  return runs;
}

function shortestStep(times: readonly number[]): number {
  return times.slice(1).reduce((least, ms, at) => Math.min(least, ms - times[at]!), Number.POSITIVE_INFINITY);
}
