import { countedBytes, type Position } from '../store/log-event.js';
import type { Found } from '../store/reading.js';
import { invalidParameter } from '../service-error.js';

/** Most bytes of events in one answer of a read operation. API: "up to 1 MB (up to 10,000 log events)". */
const MAX_PAGE_BYTES = 1_048_576;

/** Most items in one answer. API. */
const MAX_READ_EVENTS = 10_000;
export const MAX_DESCRIBED = 50;

/**
 * Position in a listing. The next page starts after the item with this key, whatever was created or deleted meanwhile.
 */
export type Key = readonly [number, string];

interface Listing<T> {
  /** What is listed, and in which order. A token of another listing is refused (assumed): it would lead to a wrong place. */
  readonly of: string;
  readonly items: readonly T[];
  readonly keyOf: (item: T) => Key;
  readonly descending?: boolean | undefined;
  readonly limit: number;
  readonly token: string | undefined;
}

/** One page of a Describe operation, in the order of the keys. */
export function listPage<T>({ of, items, keyOf, descending, limit, token }: Listing<T>): {
  items: T[];
  nextToken?: string;
} {
  const sign = descending === true ? -1 : 1;
  const after = token === undefined ? undefined : decodeKey(of, token);
  const sorted = items.toSorted((left, right) => sign * compareKeys(keyOf(left), keyOf(right)));
  const rest =
    after === undefined ? sorted : sorted.filter((item) => sign * compareKeys(keyOf(item), after) > 0);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return last === undefined || rest.length <= limit
    ? { items: page }
    : { items: page, nextToken: encode(of, keyOf(last)) };
}

/** The service orders names by their ASCII codes. */
function compareKeys(left: Key, right: Key): number {
  return left[0] - right[0] || (left[1] < right[1] ? -1 : left[1] > right[1] ? 1 : 0);
}

function decodeKey(of: string, token: string): Key {
  const [rank, name] = decode(of, token);
  if (typeof rank !== 'number' || typeof name !== 'string') throw invalidToken();
  return [rank, name];
}

/**
 * A position as a token. It is not an index, because events may arrive anywhere between two pages.
 *
 * @param of what is read: the token of something else is refused (assumed)
 */
export function encodePosition(of: string, { timestamp, arrival }: Position): string {
  return encode(of, [timestamp, arrival]);
}

export function decodePosition(of: string, token: string): Position {
  const [timestamp, arrival] = decode(of, token);
  if (typeof timestamp !== 'number' || typeof arrival !== 'number') throw invalidToken();
  return { timestamp, arrival };
}

/** An index as a token, for a list that does not change any more. */
export function encodeIndex(of: string, index: number): string {
  return encode(of, [index]);
}

export function decodeIndex(of: string, token: string): number {
  const [index] = decode(of, token);
  if (typeof index !== 'number' || !Number.isInteger(index) || index < 0) throw invalidToken();
  return index;
}

/** Events of one answer: as many as its limits allow, and at least one. */
export class EventPage {
  readonly found: Found[] = [];
  readonly #limit: number;
  #bytes = 0;

  constructor(limit = MAX_READ_EVENTS) {
    this.#limit = limit;
  }

  fits({ event }: Found): boolean {
    const { length } = this.found;
    return (
      length < this.#limit && (length === 0 || this.#bytes + countedBytes(event.message) <= MAX_PAGE_BYTES)
    );
  }

  add(found: Found): void {
    this.found.push(found);
    this.#bytes += countedBytes(found.event.message);
  }
}

function encode(of: string, values: readonly (number | string)[]): string {
  return Buffer.from(JSON.stringify([of, ...values])).toString('base64url');
}

function decode(of: string, token: string): readonly unknown[] {
  try {
    const [owner, ...values] = JSON.parse(Buffer.from(token, 'base64url').toString()) as readonly unknown[];
    if (owner === of) return values;
  } catch {
    // The token is not one of this server: refused below.
  }
  throw invalidToken();
}

/** The text is reported. */
export function invalidToken(): Error {
  return invalidParameter('The specified nextToken is invalid.');
}
