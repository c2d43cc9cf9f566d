import type { QueriedEvent } from '../../../local/insights/query/queried-event.js';

/** Queries as one would write them who has all events at hand, and no care for memory or time: the judge of the engine. */
export type Plain = string | number | boolean | Date | undefined;

export interface PlainRow {
  readonly event: QueriedEvent | undefined;
  readonly values: Map<string, Plain>;
}

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;
export const number = (value: Plain): number =>
  typeof value === 'string'
    ? NUMBER.test(value)
      ? Number(value)
      : NaN
    : value === undefined
      ? NaN
      : Number(value);
export const text = (value: Plain): string =>
  value instanceof Date ? value.toISOString().replace('T', ' ').replace('Z', '') : String(value);
export const orAbsent = (value: number): Plain => (Number.isFinite(value) ? value : undefined);
export const isNumeric = (value: Plain): boolean => !Number.isNaN(number(value));

/** Fields of JSON by their paths. */
function flat(value: unknown, path: string, into: Map<string, Plain>): Map<string, Plain> {
  if (typeof value !== 'object') into.set(path, value as Plain);
  else
    for (const [name, member] of Object.entries(value ?? {}))
      flat(member, path === '' ? name : `${path}.${name}`, into);
  return into;
}

export function rowOf(event: QueriedEvent): PlainRow {
  const json = event.message.startsWith('{') ? (JSON.parse(event.message) as unknown) : {};
  const values = flat(json, '', new Map());
  values.set('@timestamp', new Date(event.timestamp)).set('@ingestionTime', new Date(event.ingestionTime));
  values.set('@message', event.message).set('@logStream', event.logStream).set('@log', event.log);
  return { event, values: values.set('@ptr', event.ptr) };
}

export function equal(one: Plain, other: Plain): boolean {
  if (one === undefined || other === undefined) return false;
  const withNumber = [one, other].some((value) => typeof value === 'number' || value instanceof Date);
  if (withNumber && isNumeric(one) && isNumeric(other)) return number(one) === number(other);
  return text(one) === text(other);
}

export function difference(one: Plain, other: Plain): number {
  if (one === undefined || other === undefined) return NaN;
  if (isNumeric(one) && isNumeric(other)) return number(one) - number(other);
  if (typeof one === 'number' || typeof other === 'number') return NaN;
  return text(one) === text(other) ? 0 : text(one) < text(other) ? -1 : 1;
}

/** Rank of kinds, then order within a kind. */
export function natural(one: Plain, other: Plain): number {
  const rank = (value: Plain): number =>
    value === undefined ? 0 : typeof value !== 'boolean' && isNumeric(value) ? 2 : 1;
  if (rank(one) !== rank(other)) return rank(one) - rank(other);
  if (rank(one) === 0) return 0;
  const letters = text(one) === text(other) ? 0 : text(one) < text(other) ? -1 : 1;
  if (rank(one) === 2) return number(one) - number(other) || letters;
  // Numbers in texts get their length in front, so that the order of characters is the natural one.
  const key = (value: Plain): string =>
    text(value).replaceAll(/\d+/g, (digits) => `0${String.fromCharCode(0x20 + digits.length)}${digits}`);
  return key(one) === key(other) ? 0 : key(one) < key(other) ? -1 : 1;
}

export const truth = (value: Plain): boolean => value === 'true' || (isNumeric(value) && number(value) !== 0);
