import {
  checkedLine,
  frame,
  FRAME_BYTES,
  LINE_FEED,
  PREFIX_BYTES,
  restOf,
} from '../../contract/checked-line.js';
import { MAX_ENTITY_BYTES, MAX_EVENT_BYTES } from '../../contract/limits.js';
import { logGroupNameProblem, logStreamNameProblem } from '../../contract/names.js';
import type { EncodedBatch } from '../batch/encoded-batch.js';
import { logEvent, type LogEvent } from '../batch/log-event.js';
import { openJsonOf, type Target } from '../batch/target.js';
import { guarded } from '../serialize/guard.js';

/**
 * A segment is a text that a person can read: a line that says where its events belong, and a line for each event.
 *
 *     2f1c6a90 fapilog-spool 1 {"logGroupName":"/myapp/production","logStreamName":"api-1"}
 *     8d3b04e7 2 {"timestamp":1768478400000,"message":"{…}"}
 *     ┊        ┊ ┊ the event as it stands in the body of a request, which has no line break in it
 *     ┊        └ rank of its level
 *     └ CRC-32 of the rest of the line
 */
const HEAD = 'fapilog-spool 1 ';

/** What is left of a segment. */
export interface Salvage {
  /** `undefined` if the line that says it is damaged. */
  readonly target: Target | undefined;
  /** The events whose lines are whole, in their order. */
  readonly events: readonly LogEvent[];
  /** Lines that are torn or altered. */
  readonly damagedLines: number;
  /** Of these, the ones that were events: not the first, which was the head, nor a last one that was never finished. */
  readonly damagedEvents: number;
}

export function segmentHead(target: Target): Buffer {
  return checkedLine(Buffer.from(`${HEAD}${openJsonOf(target)}}`));
}

export function segmentRecord({ rank, encoded, encodedBytes }: LogEvent): Buffer {
  return checkedLine(Buffer.concat([Buffer.from(`${rank} `), encoded.subarray(0, encodedBytes)]));
}

/** A whole batch as a segment: in one piece, because it may be the last thing that the process has time for. */
export function segmentOf({ target, slots, body }: EncodedBatch): Buffer {
  const { bytes } = body;
  const head = segmentHead(target);
  const lengths = Array.from(
    slots,
    ({ rank, start, end }) => FRAME_BYTES + String(rank).length + 1 + end - start,
  );
  const segment = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + length, head.length));
  let lineStart = head.copy(segment);
  for (const [index, { rank, start, end }] of [...slots].entries()) {
    const lineEnd = lineStart + lengths[index]!;
    const restStart = lineStart + PREFIX_BYTES;
    const rankBytes = segment.write(`${rank} `, restStart, 'latin1');
    bytes.copy(segment, restStart + rankBytes, start, end);
    frame(segment, lineStart, lineEnd);
    lineStart = lineEnd;
  }
  return segment;
}

/** Reads whatever is whole in a segment, however it is torn or altered. */
export function salvage(segment: Buffer): Salvage {
  const steps = salvaging(segment);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

/** {@link salvage} line by line, so that others can run in between; yields where the next line begins. */
export function* salvaging(segment: Buffer): Generator<number, Salvage> {
  let target: Target | undefined;
  const events: LogEvent[] = [];
  let damagedLines = 0;
  let damagedEvents = 0;
  for (let start = 0; start < segment.length;) {
    const found = segment.indexOf(LINE_FEED, start);
    const end = found < 0 ? segment.length : found;
    // A line without its end may be a part of one, whatever its checksum.
    const rest = found < 0 ? undefined : restOf(segment.subarray(start, end));
    const event = rest === undefined ? undefined : eventIn(rest);
    const head = start === 0 && rest !== undefined ? targetIn(rest) : undefined;
    target ??= head;
    if (event) events.push(event);
    else if (!head) {
      damagedLines++;
      if (start > 0 && found >= 0) damagedEvents++;
    }
    start = end + 1;
    yield start;
  }
  return { target, events, damagedLines, damagedEvents };
}

function targetIn(rest: string): Target | undefined {
  if (!rest.startsWith(HEAD)) return undefined;
  const { logGroupName, logStreamName, entity } = parsed(rest.slice(HEAD.length));
  if (typeof logGroupName !== 'string' || typeof logStreamName !== 'string') return undefined;
  const isGood = !logGroupNameProblem(logGroupName) && !logStreamNameProblem(logStreamName);
  return isGood ? { logGroupName, logStreamName, entityText: entityOf(entity) } : undefined;
}

/** The service that wrote the events, which need not be the one that delivers them. */
function entityOf(value: unknown): string | undefined {
  const isEntity = isMap(value) && Object.values(value).every((map) => isMap(map) && isOfTexts(map));
  const text = isEntity ? JSON.stringify(value) : undefined;
  return text !== undefined && Buffer.byteLength(text) <= MAX_ENTITY_BYTES ? text : undefined;
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOfTexts(map: object): boolean {
  return Object.values(map).every((value) => typeof value === 'string');
}

function eventIn(rest: string): LogEvent | undefined {
  const [, rank, encoded] = /^(\d+) (\{.*)$/s.exec(rest) ?? [];
  if (rank === undefined || encoded === undefined) return undefined;
  const { timestamp, message } = parsed(encoded);
  if (typeof timestamp !== 'number' || typeof message !== 'string') return undefined;
  const event = logEvent(timestamp, message, Number(rank));
  return event.timestamp === timestamp && event.bytes <= MAX_EVENT_BYTES ? event : undefined;
}

/** The members may be anything; a text that is no JSON has none. */
function parsed(json: string): Readonly<Record<string, unknown>> {
  return guarded(() => Object(JSON.parse(json)) as Record<string, unknown>, {});
}
