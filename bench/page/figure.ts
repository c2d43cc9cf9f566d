import { spreadOf } from '../statistics.js';

/** Formats a figure as `1,234 (1,200–1,300)`: the median, and the range if there is one. */
export function figure(values: readonly number[], digits = 0): string {
  if (values.length === 0) return '–';
  const { median, min, max } = spreadOf(values);
  const range = values.length > 1 ? ` (${number(min, digits)}–${number(max, digits)})` : '';
  return `${number(median, digits)}${range}`;
}

export function number(value: number, digits = 0): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Lists the contestants that could not be measured, with the reasons; the output that follows a reason has paths. */
export function failures(
  results: readonly { readonly name: string; readonly failure?: string | undefined }[],
): string[] {
  return results
    .filter(({ failure }) => failure !== undefined)
    .map(({ name, failure }) => `${name} could not be run: ${failure!.split('\n')[0]}`);
}
