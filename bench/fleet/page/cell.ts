import { number } from '../../page/figure.js';

/** Text of a figure that there is not. */
export const NONE = '–';

export function seconds(ms: number): string {
  return number(ms / 1_000, ms < 100_000 ? 1 : 0);
}

/** From here on, a tenth of a per cent is too coarse. */
const NEARLY_ALL = 0.98;

/** A share in per cent. One that is not all never looks as if it were. */
export function share(value: number): string {
  if (value === 1 || value < NEARLY_ALL) return `${number(value * 100, 1)} %`;
  return value > 0.99995 ? '> 99.99 %' : `${number(value * 100, 2)} %`;
}

/** A ratio, of which a few are very large. */
export function ratio(value: number): string {
  return number(value, value < 100 ? 2 : 0);
}

/** A count, which a smaller fleet may have less than one of. */
export function count(value: number): string {
  return number(value, Number.isInteger(value) || value >= 100 ? 0 : 1);
}

export function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, each) => total + each, 0);
}

/** Counts by reason, as `1,234 maxBatchAge`. */
export function byReason(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).filter(([, each]) => each > 0);
  return parts.length === 0 ? '0' : parts.map(([reason, each]) => `${number(each)} ${reason}`).join(', ');
}
