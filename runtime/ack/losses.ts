import type { Report } from '../io/diagnostics.js';
import type { LogRecord } from '../log-record.js';
import { isoTime } from '../serialize/line.js';
import type { Ledger } from './ledger.js';

/** Log events that were lost for one reason, to be reported in the stream itself. */
export interface Loss {
  readonly reason: string;
  readonly count: number;
  /** Timestamps of the first and the last of them. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** Enters losses into the ledger, reports them, and remembers them until they can be reported in the stream. */
export class Losses {
  readonly #ledger: Ledger;
  readonly #report: Report;
  readonly #losses = new Map<string, Loss>();

  constructor(ledger: Ledger, report: Report) {
    this.#ledger = ledger;
    this.#report = report;
  }

  /** A record that is accepted came after the end. It is not reported in the stream, which is closed. */
  refuse(): void {
    this.#ledger.drop('closed', 1);
    this.#report('dropped.closed', 'a log call came after close()');
  }

  /** One event that is accepted is lost. */
  drop(reason: string, timeMs: number): void {
    this.note({ reason, count: 1, fromMs: timeMs, toMs: timeMs });
  }

  /** Events that are accepted are lost. */
  note(loss: Loss): void {
    const { reason, count } = loss;
    this.#ledger.drop(reason, count);
    this.keep(loss);
    this.#report(`dropped.${reason}`, `${count} log event(s) dropped: ${reason}`);
  }

  /** Remembers a loss that is counted and reported. */
  keep({ reason, count, fromMs, toMs }: Loss): void {
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

/** The record that reports a loss in the stream where the events are missing. */
export function lossRecord({ reason, count, fromMs, toMs }: Loss, timeMs: number): LogRecord {
  const from = isoTime(fromMs);
  const to = isoTime(toMs);
  const message = `${count} log event${count === 1 ? ' was' : 's were'} dropped (${reason}), from ${from} to ${to}`;
  return { timeMs, level: 'warn', message, fields: [{ droppedEvents: count, reason, from, to }] };
}
