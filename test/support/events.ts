import * as fc from 'fast-check';
import { EncodedBatch } from '../../runtime/batch/encoded-batch.js';
import { logEvent, type LogEvent } from '../../runtime/batch/log-event.js';
import { OpenBatch } from '../../runtime/batch/open-batch.js';
import type { Target } from '../../runtime/batch/target.js';
import { codePoint } from './code-point.js';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** 2026-01-15T12:00:00Z. */
export const NOW_MS = 1_768_478_400_000;

export const TARGET: Target = { logGroupName: '/myapp/production', logStreamName: 'api-server' };

export const OVERHEAD_BYTES = 26;

const INFO = 2;

/** An event, and the message that it must arrive as. */
export interface NamedEvent extends LogEvent {
  readonly line: string;
}

/** An event whose line is this text. */
export function event(line: string, timestamp = NOW_MS, rank = INFO): NamedEvent {
  return { ...logEvent(timestamp, line, rank), line: line.toWellFormed() };
}

/** An event that counts exactly this many bytes. */
export function eventOf(bytes: number, timestamp = NOW_MS): NamedEvent {
  return event('x'.repeat(bytes - OVERHEAD_BYTES), timestamp);
}

export function batchOf(events: readonly LogEvent[], target = TARGET): EncodedBatch {
  const open = new OpenBatch(target);
  for (const each of events) open.add(each);
  return open.seal();
}

/** A batch of one event for each time, with the times as lines. */
export function batchAt(...timestamps: number[]): EncodedBatch {
  return batchOf(timestamps.map((timestamp) => event(String(timestamp), timestamp)));
}

export function linesOf(batch: EncodedBatch): string[] {
  return batch.decode().map(({ message }) => message);
}

/** Text of every kind: escapes, several bytes a character, lone surrogates. */
export const texts: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: codePoint }),
  fc.string({ unit: fc.constantFrom('"', '\\', '\n', '\u0000', '\u007f', 'é', '€', '😀', '\u2028', 'a') }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }))
    .map((units) => units.map((unit) => String.fromCharCode(unit)).join('')),
);

/** Events in any order, with many equal milliseconds. */
export const eventLists: fc.Arbitrary<NamedEvent[]> = fc.array(
  fc
    .tuple(texts, fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 5 }))
    .map(([line, afterMs, rank]) => event(line, NOW_MS + afterMs, rank)),
  { minLength: 1, maxLength: 40 },
);

/** Stable: equal milliseconds keep their order. */
export function inOrder<Timed extends { readonly timestamp: number }>(events: readonly Timed[]): Timed[] {
  return events.toSorted((a, b) => a.timestamp - b.timestamp);
}

/** What the body of a call must be, byte for byte. */
export function requestText(
  events: readonly { timestamp: number; line: string }[],
  target = TARGET,
  members: object = {},
): string {
  const logEvents = events.map(({ timestamp, line }) => ({ timestamp, message: line }));
  return JSON.stringify({ ...target, logEvents, ...members });
}
