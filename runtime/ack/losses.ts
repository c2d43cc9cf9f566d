import type { LogRecord } from '../log-record.js';
import { isoTime } from '../serialize/line.js';

/** Log events that were lost for one reason, to be told of in the stream itself. */
export interface Loss {
  readonly reason: string;
  readonly count: number;
  /** Timestamps of the first and the last of them. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** Remembers losses until there is a way to tell of them. */
export class Losses {
  readonly #losses = new Map<string, Loss>();

  get isEmpty(): boolean {
    return this.#losses.size === 0;
  }

  add({ reason, count, fromMs, toMs }: Loss): void {
    const known = this.#losses.get(reason) ?? { count: 0, fromMs: Infinity, toMs: -Infinity };
    this.#losses.set(reason, {
      reason,
      count: known.count + count,
      fromMs: Math.min(known.fromMs, fromMs),
      toMs: Math.max(known.toMs, toMs),
    });
  }

  /** Hands the losses out, once. */
  take(): Loss[] {
    const losses = [...this.#losses.values()];
    this.#losses.clear();
    return losses;
  }
}

/** The record that tells of a loss in the stream where the events are missing. */
export function lossRecord({ reason, count, fromMs, toMs }: Loss, timeMs: number): LogRecord {
  const from = isoTime(fromMs);
  const to = isoTime(toMs);
  const message = `${count} log event${count === 1 ? ' was' : 's were'} dropped (${reason}), from ${from} to ${to}`;
  return { timeMs, level: 'warn', message, fields: [{ droppedEvents: count, reason, from, to }] };
}
