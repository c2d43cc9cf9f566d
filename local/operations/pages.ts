import { compareEvents, countedBytes, type StoredLogEvent } from '../store/log-event.js';
import { invalidParameter } from '../service-error.js';

/** Most bytes of events in one answer of a read operation. API: "up to 1 MB (up to 10,000 log events)". */
const MAX_PAGE_BYTES = 1_048_576;

/** Most items in one answer. API. */
export const MAX_READ_EVENTS = 10_000;
export const MAX_DESCRIBED = 50;

/**
 * Position in a listing. The next page starts after the item with this key, whatever was created or deleted meanwhile.
 */
export type Key = readonly [number, string];

interface Listing<T> {
  readonly items: readonly T[];
  readonly keyOf: (item: T) => Key;
  readonly descending?: boolean | undefined;
  readonly limit: number;
  readonly token: string | undefined;
}

/** One page of a Describe operation, in the order of the keys. */
export function listPage<T>({ items, keyOf, descending, limit, token }: Listing<T>): {
  items: T[];
  nextToken?: string;
} {
  const sign = descending === true ? -1 : 1;
  const after = token === undefined ? undefined : decodeKey(token);
  const sorted = items.toSorted((left, right) => sign * compareKeys(keyOf(left), keyOf(right)));
  const rest =
    after === undefined ? sorted : sorted.filter((item) => sign * compareKeys(keyOf(item), after) > 0);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return last === undefined || rest.length <= limit
    ? { items: page }
    : { items: page, nextToken: encode(keyOf(last)) };
}

/** The service orders names by their ASCII codes. */
function compareKeys(left: Key, right: Key): number {
  return left[0] - right[0] || (left[1] < right[1] ? -1 : left[1] > right[1] ? 1 : 0);
}

function decodeKey(token: string): Key {
  const [rank, name] = decode(token);
  if (typeof rank !== 'number' || typeof name !== 'string') throw invalidToken();
  return [rank, name];
}

/**
 * A position between events: events that compare less lie before it, all others after. It is not an index, because
 * events may arrive anywhere between two pages.
 */
export type Boundary = Pick<StoredLogEvent, 'timestamp' | 'arrival'>;

export const BEFORE_ALL: Boundary = { timestamp: 0, arrival: 0 };

export function boundaryBefore({ timestamp, arrival }: StoredLogEvent): Boundary {
  return { timestamp, arrival };
}

export function boundaryAfter({ timestamp, arrival }: StoredLogEvent): Boundary {
  return { timestamp, arrival: arrival + 1 };
}

export function isBefore(event: StoredLogEvent, boundary: Boundary): boolean {
  return compareEvents(event, boundary) < 0;
}

export function encodeBoundary({ timestamp, arrival }: Boundary): string {
  return encode([timestamp, arrival]);
}

export function decodeBoundary(token: string): Boundary {
  const [timestamp, arrival] = decode(token);
  if (typeof timestamp !== 'number' || typeof arrival !== 'number') throw invalidToken();
  return { timestamp, arrival };
}

/** The first events that fit in an answer, at least one. */
export function firstThatFit<T extends StoredLogEvent>(events: readonly T[], limit: number): T[] {
  let pageBytes = 0;
  const end = events.slice(0, limit).findIndex(({ message }, index) => {
    pageBytes += countedBytes(message);
    return index > 0 && pageBytes > MAX_PAGE_BYTES;
  });
  return events.slice(0, end < 0 ? limit : end);
}

export function lastThatFit(events: readonly StoredLogEvent[], limit: number): StoredLogEvent[] {
  return firstThatFit(events.slice(-limit).toReversed(), limit).toReversed();
}

function encode(values: readonly (number | string)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

function decode(token: string): readonly unknown[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (Array.isArray(values)) return values;
  } catch {
    // The token is not one of ours: refused below.
  }
  throw invalidToken();
}

/** The text is reported. */
export function invalidToken(): Error {
  return invalidParameter('The specified nextToken is invalid.');
}
