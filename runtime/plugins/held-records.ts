import { Ledger, type Account } from '../ack/ledger.js';
import { Progress } from '../ack/progress.js';
import type { Clock } from '../io/clock.js';
import type { Report } from '../io/diagnostics.js';
import { onProcessEnd, type ExitPart } from '../io/exit-hook.js';
import { quietly } from '../io/quietly.js';
import type { LogRecord } from '../log-record.js';
import { guarded, reasonOf } from '../serialize/guard.js';
import { snapshot, type Snapshot } from './snapshot.js';

/** Number of records that may wait. */
export const MAX_HELD_RECORDS = 10_000;
/** Number of characters that they may have together: at most 32 MiB. */
export const MAX_HELD_CHARACTERS = 16_777_216;

/** The share of either bound above which producers should wait, if they can. */
const HIGH_WATER = 0.5;

export interface HeldRecordsParts {
  readonly clock: Clock;
  readonly report: Report;
  /** Why records wait, as in "sink kafka is still loading". */
  readonly cause: string;
  /** Called when the process ends while records wait: the last chance to release them. */
  readonly atExit: () => void;
}

interface Held extends Snapshot {
  /** By the monotonic clock. */
  readonly sinceMs: number;
}

/**
 * Keeps records for a part of the logger that is still loading, as they were when they were logged. Bounded in records and
 * in characters; a record that does not fit is dropped, and counted.
 *
 * A record leaves the account when it is handed out, so that it is in one account at a time.
 */
export class HeldRecords {
  /** Counts the records that are settled here, not those that wait. */
  readonly ledger = new Ledger();
  readonly #parts: HeldRecordsParts;
  readonly #progress: Progress;
  readonly #processEnd: ExitPart;
  readonly #held: Held[] = [];
  #characters = 0;
  #receive: ((record: LogRecord) => void) | undefined;
  #isOpen = false;

  constructor(parts: HeldRecordsParts) {
    this.#parts = parts;
    this.#progress = new Progress(parts.clock);
    this.#processEnd = onProcessEnd({ exit: () => this.#exit() });
  }

  /** Keeps the record, or hands it on once the part is there. */
  take(record: LogRecord): void {
    if (this.#isOpen) return this.#handOn(record);
    if (!this.#fits(0)) return this.#dropForRoom();
    const held = guarded(() => snapshot(record), undefined);
    if (!held) return this.drop('unserializable', 'a log record could not be copied');
    this.#keep(held);
  }

  /** Checks the state again: a getter that the snapshot read may have logged, or ended the process. */
  #keep(held: Snapshot): void {
    if (this.#isOpen) return this.#handOn(held.record);
    if (!this.#fits(held.characters)) return this.#dropForRoom();
    this.#held.push({ ...held, sinceMs: this.#parts.clock.monotonic() });
    this.#characters += held.characters;
  }

  /**
   * Hands out what waits, in order, and from then on each record as it comes. What the receiver logs meanwhile comes last.
   * What it logs about that is handed on at once: a receiver that logs about each record would never come to an end.
   *
   * @param receive takes the records; later calls cannot change it
   */
  release(receive: (record: LogRecord) => void): void {
    this.#receive ??= receive;
    this.#handOut();
    this.#isOpen = true;
    this.#handOut();
    this.#processEnd.leave();
    this.#progress.made();
  }

  /** Resolves to the rest of the time, once nothing waits any more or at the deadline. */
  async released(deadlineMs = Infinity): Promise<number> {
    const { clock } = this.#parts;
    const startMs = clock.monotonic();
    await this.#progress.until(() => this.#isOpen, deadlineMs);
    return Math.max(0, deadlineMs - (clock.monotonic() - startMs));
  }

  /** Counts a record as lost, and reports it. */
  drop(reason: string, message: string): void {
    // In this order, a drop that throws is not accepted either: whoever called counts it.
    this.ledger.drop(reason, 1);
    this.ledger.accepted++;
    this.#parts.report(`dropped.${reason}`, message);
  }

  /** The ledger's account and the records that wait. */
  account(): Account {
    const account = this.ledger.account(this.count);
    return { ...account, accepted: account.accepted + this.count };
  }

  /** Number of records that wait. */
  get count(): number {
    return this.#held.length;
  }

  /** For how long the oldest one has waited, in milliseconds; 0 if none waits. */
  get oldestAgeMs(): number {
    const [oldest] = this.#held;
    return oldest ? this.#parts.clock.monotonic() - oldest.sinceMs : 0;
  }

  /** Whether a producer should wait, if it can, with {@link HeldRecords.ready}. */
  get needsDrain(): boolean {
    return (
      this.count >= MAX_HELD_RECORDS * HIGH_WATER || this.#characters >= MAX_HELD_CHARACTERS * HIGH_WATER
    );
  }

  /** Resolves once {@link HeldRecords.needsDrain} is false. */
  async ready(): Promise<void> {
    await this.#progress.until(() => !this.needsDrain);
  }

  #fits(characters: number): boolean {
    return this.count < MAX_HELD_RECORDS && this.#characters + characters <= MAX_HELD_CHARACTERS;
  }

  #dropForRoom(): void {
    this.drop('loading', `log records were dropped: ${this.#parts.cause}`);
  }

  /** A receiver may end the process; the exit then hands out the rest. */
  #exit(): void {
    if (this.#receive) this.release(this.#receive);
    else this.#parts.atExit();
  }

  /** Hands out what waits now, not what is logged meanwhile. */
  #handOut(): void {
    for (let left = this.count; left > 0; left--) {
      const held = this.#held.shift();
      if (!held) return;
      this.#characters -= held.characters;
      quietly(
        () => this.#handOn(held.record),
        (thrown) => this.drop('threw', `a log record that waited was not taken: ${reasonOf(thrown)}`),
      );
    }
  }

  #handOn(record: LogRecord): void {
    this.#receive?.(record);
  }
}
