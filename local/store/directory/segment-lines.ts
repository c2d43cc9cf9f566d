import { checkedLine, LINE_FEED, restOf } from '../../../contract/checked-line.js';
import type { Change } from '../change.js';

/**
 * A segment is a text that a person can read: a line with the state before it, and a line for each change.
 *
 *     2f1c6a90 fapilog-local 1 {"lastArrival":0,"changes":[]}
 *     8d3b04e7 {"op":"createLogGroup","accountId":"123456789012","region":"us-east-1","group":"/app",…}
 *     └ CRC-32 of the rest of the line
 */
const FORMAT = 'fapilog-local';
const VERSION = 1;
const HEAD = `${FORMAT} ${VERSION} `;

/** The state of all stores, without events. */
export interface Head {
  readonly lastArrival: number;
  readonly changes: readonly Change[];
}

/** A change that this version makes; what another version wrote is none. */
const OPS: Readonly<Record<Change['op'], true>> = {
  createLogGroup: true,
  changeLogGroup: true,
  deleteLogGroup: true,
  createLogStream: true,
  deleteLogStream: true,
  putQueryDefinition: true,
  deleteQueryDefinition: true,
  putLogEvents: true,
};

export function headLine(head: Head): Buffer {
  return checkedLine(Buffer.from(HEAD + JSON.stringify(head)));
}

export function changeLine(change: Change): Buffer {
  return checkedLine(Buffer.from(JSON.stringify(change)));
}

/** The lines of a segment, each with its line feed, except the last one of a segment that ends in the middle of it. */
export function* linesOf(segment: Buffer): Generator<Buffer> {
  for (let start = 0; start < segment.length;) {
    const found = segment.indexOf(LINE_FEED, start);
    const end = found < 0 ? segment.length : found + 1;
    yield segment.subarray(start, end);
    start = end;
  }
}

export function isWhole(line: Buffer): boolean {
  return line.at(-1) === LINE_FEED;
}

/**
 * The head of a segment; `undefined` if its line is damaged.
 *
 * @throws Error if another version wrote it
 */
export function headIn(line: Buffer): Head | undefined {
  const rest = restOf(line.subarray(0, -1));
  if (rest === undefined) return undefined;
  if (!rest.startsWith(HEAD))
    throw new Error(`it is no segment of version ${VERSION} (${rest.slice(0, 20)}…)`);
  return JSON.parse(rest.slice(HEAD.length)) as Head;
}

/**
 * The change in a line; `undefined` if the line is damaged.
 *
 * @throws Error if this version does not know the change
 */
export function changeIn(line: Buffer): Change | undefined {
  const rest = restOf(line.subarray(0, -1));
  if (rest === undefined) return undefined;
  const change = JSON.parse(rest) as Change;
  if (Object.hasOwn(OPS, change.op)) return change;
  throw new Error(
    `it has a change that this version does not know (${JSON.stringify(change)?.slice(0, 40)}…)`,
  );
}
