import { spreadOf } from '../statistics.js';
import { number } from './figure.js';

/** One comparison of two figures of a run. */
export interface Check {
  /** Label of the figure, in a row with several. */
  readonly label: string;
  /** Undefined if it was not measured. */
  readonly value: number | undefined;
  readonly isMet: (value: number) => boolean;
  readonly shown: (value: number) => string;
}

export interface BarRow {
  readonly what: string;
  readonly bar: string;
  readonly checks: readonly Check[];
  /** A further condition. @default true */
  readonly condition?: { readonly isMet: boolean; readonly text: string } | undefined;
}

/** Text of the last column if a figure is missing. */
export const NOT_MEASURED = '–';

type Shown = Check['shown'];

const asRatio: Shown = (value) => `${number(value, 3)} ×`;

/** Shows a figure with its unit. */
export function inUnit(unit: string, digits = 0): Shown {
  return (value) => `${number(value, digits)} ${unit}`;
}

export function atMost(limit: number, label: string, value: number | undefined, shown = asRatio): Check {
  return { label, value, isMet: (each) => each <= limit, shown };
}

export function atLeast(limit: number, label: string, value: number | undefined, shown = asRatio): Check {
  return { label, value, isMet: (each) => each >= limit, shown };
}

export function measuredText({ checks, condition }: BarRow): string {
  const parts = checks.map(({ label, value, shown }) => {
    const figure = value === undefined || Number.isNaN(value) ? 'not measured' : shown(value);
    return label ? `${label} ${figure}` : figure;
  });
  return [...parts, ...(condition ? [condition.text] : [])].join('; ');
}

export function metText({ checks, condition }: BarRow): string {
  if (checks.some(({ value }) => value === undefined || Number.isNaN(value))) return NOT_MEASURED;
  const isMet = checks.every(({ value, isMet: met }) => met(value!)) && condition?.isMet !== false;
  return isMet ? 'met' : 'not met';
}

/** Also undefined if noise was larger than the difference to be measured, which is below zero then. */
export function ratio(ours: number | undefined, theirs: number | undefined): number | undefined {
  if (ours === undefined || theirs === undefined || ours < 0 || theirs <= 0) return undefined;
  return ours / theirs;
}

export function difference(ours: number | undefined, theirs: number | undefined): number | undefined {
  return ours === undefined || theirs === undefined ? undefined : ours - theirs;
}

/** The largest of the values that could be measured. */
export function most(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}

export function least(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}

export function medianOf<Sample>(
  results: readonly { readonly name: string; readonly samples: readonly Sample[] }[],
  name: string,
  value: (sample: Sample) => number,
): number | undefined {
  const samples = results.find((result) => result.name === name)?.samples ?? [];
  return samples.length > 0 ? spreadOf(samples.map(value)).median : undefined;
}
