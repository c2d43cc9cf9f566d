/** A time, in milliseconds since 1970. It is printed as the service does. */
export class Instant {
  readonly ms: number;

  constructor(ms: number) {
    this.ms = ms;
  }
}

/** A value of a query. `undefined` is the absent one, such as a field that an event does not have. */
export type Value = string | number | boolean | Instant | undefined;

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
/** No number is written with more characters; a longer text needs no look. */
const MAX_NUMBER_LENGTH = 60;
const DIGIT_NINE = 0x39;

/** A value as a number. A text that is written like one is one (assumed: parsed fields are texts, and compared with numbers). */
export function numberOf(value: Value): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return writtenNumber(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value?.ms;
}

function writtenNumber(text: string): number | undefined {
  if (text.length > MAX_NUMBER_LENGTH || text.charCodeAt(0) > DIGIT_NINE || !NUMBER.test(text))
    return undefined;
  return finite(Number(text));
}

/** The absent value for what is no number, such as a division by zero (assumed). */
export function finite(number: number): number | undefined {
  return Number.isFinite(number) ? number : undefined;
}

/** The text of a value in a result. That numbers look as in JavaScript is assumed. */
export function textOf(value: Exclude<Value, undefined>): string {
  return value instanceof Instant ? timeText(value.ms) : String(value);
}

/** `2026-01-31 08:00:00.000` in UTC (documented by examples). */
function timeText(ms: number): string {
  return new Date(ms).toISOString().replace('T', ' ').slice(0, -1);
}

/** The greatest time that a date can have. */
const MAX_TIME_MS = 8.64e15;

export function instantOf(ms: number | undefined): Instant | undefined {
  return ms !== undefined && Math.abs(ms) <= MAX_TIME_MS ? new Instant(Math.trunc(ms)) : undefined;
}

/**
 * `=`: two texts by their characters, a number with another value by number if that is one. Nothing equals an absent value, so
 * that `!=`, its opposite, is true for one (both assumed).
 */
export function areEqual(one: Value, other: Value): boolean {
  if (one === undefined || other === undefined) return false;
  if (typeof one === typeof other && typeof one !== 'object') return one === other;
  if (isNumeric(one) || isNumeric(other)) {
    const [number, otherNumber] = [numberOf(one), numberOf(other)];
    if (number !== undefined && otherNumber !== undefined) return number === otherNumber;
  }
  return textOf(one) === textOf(other);
}

function isNumeric(value: Value): boolean {
  return typeof value === 'number' || value instanceof Instant;
}

/**
 * Below 0 if one is less than the other; `NaN`, which makes every comparison false, if one is absent, or a number and the other one
 * none, such as `n/a`. Numbers, and texts that are written like them, are compared by number, other texts by their characters (all
 * assumed).
 */
export function orderOf(one: Value, other: Value): number {
  if (one === undefined || other === undefined) return Number.NaN;
  const [number, otherNumber] = [numberOf(one), numberOf(other)];
  if (number !== undefined && otherNumber !== undefined) return number - otherNumber;
  if (typeof one === 'number' || typeof other === 'number') return Number.NaN;
  const [text, otherText] = [textOf(one), textOf(other)];
  if (text === otherText) return 0;
  return text < otherText ? -1 : 1;
}

/** Whether a value is true as a condition: a number other than 0, or the text `true` (assumed). */
export function isTrue(value: Value): boolean {
  return value === 'true' || (numberOf(value) ?? 0) !== 0;
}

/** The text under which values are grouped: equal texts are one group, as they look alike in the result (assumed). */
export function groupKey(values: readonly Value[]): string {
  let key = '';
  for (const value of values) {
    const text = value instanceof Instant ? `@${value.ms}` : String(value ?? '');
    key += value === undefined ? '-' : `${text.length}:${text}`;
  }
  return key;
}

/** Estimated bytes in memory. */
export function weightOf(value: Value): number {
  return typeof value === 'string' ? 40 + 2 * value.length : 16;
}
