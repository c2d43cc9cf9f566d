import { Ledger, type Account } from '../ack/ledger.js';
import { Progress } from '../ack/progress.js';
import { systemClock, type Clock } from '../io/clock.js';
import type { Report } from '../io/diagnostics.js';
import type { ExitPart } from '../io/exit-hook.js';
import { lastDrain } from '../io/last-drain.js';
import { needStack } from '../io/stack.js';
import type { LogRecord } from '../log-record.js';
import { guarded, reasonOf } from '../serialize/guard.js';
import type { CloseOptions, FlushOptions, Sink } from '../sink-port.js';
import type { LineOutput, Settle } from './line-output.js';

/** The text of a record, its line break included. */
export type Format = (record: LogRecord) => string;

export interface LineSinkOptions {
  /** @default - trouble is counted only */
  readonly report?: Report | undefined;
  /** Bytes of memory that waiting lines may take. @default 16 MiB */
  readonly maxWaitingBytes?: number | undefined;
  /** How long `close()` without a deadline of its own, and the end of the process, wait for the output. @default 10,000 */
  readonly deadlineMs?: number | undefined;
  /** @default - the system's */
  readonly clock?: Clock | undefined;
}

const MAX_WAITING_BYTES = 16 * 1_024 * 1_024;

/** The share of the memory from which producers that can wait should wait. */
const HIGH_WATER = 0.5;

const DEADLINE_MS = 10_000;

/**
 * Writes each record as text to an output, and keeps the account. Dropped are: `closed`, what came after close();
 * `unserializable`, what has no text; `streamFull`, what found no memory because the output is slow; `streamFailed`, what
 * the output could not take; `deadline`, what close() could wait for no longer.
 */
export abstract class LineSink<Output extends LineOutput> implements Sink {
  readonly name: string;
  protected readonly output: Output;
  readonly #format: Format;
  readonly #report: Report;
  readonly #maxWaitingBytes: number;
  readonly #ledger = new Ledger();
  readonly #progress: Progress;
  /** How long the end of the process, and close() unless it is told otherwise, waits for the output. */
  readonly shutdownDeadlineMs: number;
  readonly #processEnd: ExitPart;
  /** Until when an output may be waited for, once the process ends. */
  #exitUntilMs: number | undefined;
  #closing: Promise<Account> | undefined;

  protected constructor(
    name: string,
    format: Format,
    makeOutput: (settle: Settle) => Output,
    {
      report = () => undefined,
      maxWaitingBytes = MAX_WAITING_BYTES,
      deadlineMs = DEADLINE_MS,
      clock = systemClock,
    }: LineSinkOptions,
  ) {
    this.name = name;
    this.#format = format;
    this.#report = report;
    this.#maxWaitingBytes = maxWaitingBytes;
    this.shutdownDeadlineMs = deadlineMs;
    this.#progress = new Progress(clock);
    this.output = makeOutput((lines, error) => this.#settle(lines, error));
    this.#processEnd = this.#joinProcess(clock);
  }

  /** Takes a record; answers at once, never throws, and whatever happens to the record is in the ledger. */
  write(record: LogRecord): void {
    const ledger = this.#ledger;
    const wasMoving = ledger.isMoving;
    ledger.accepted++;
    ledger.isMoving = true;
    try {
      this.#take(record);
    } catch {
      ledger.isTorn = true;
    } finally {
      ledger.isMoving = wasMoving;
    }
    try {
      if (ledger.isTorn) this.#mend();
    } catch {
      // The next log call, or look at the account, tries again: the stack may be full.
    }
  }

  #take(record: LogRecord): void {
    if (this.#closing) return this.#drop('closed', 1, 'a log call came after close()');
    needStack('aRecord');
    const line = this.#lineOf(record);
    if (line === undefined) return;
    if (!this.#fits(line)) return this.#drop('streamFull', 1, 'what was logged before is not written yet');
    this.output.write(line);
    if (this.#exitUntilMs !== undefined) this.output.writeSync(this.#exitUntilMs);
  }

  /** Counts as dropped what is accepted and in no place, because something threw. */
  #mend(): void {
    this.#ledger.mend(this.output.lines, 0, (count) => this.#drop('threw', count, 'the log call threw'));
  }

  /** Resolves once everything logged so far is settled, or at the deadline. */
  async flush({ deadlineMs }: FlushOptions = {}): Promise<Account> {
    const { accepted } = this.#ledger;
    this.output.flush?.();
    await this.#progress.until(() => this.#ledger.accepted - this.output.lines >= accepted, deadlineMs);
    return this.stats();
  }

  /**
   * Takes no more records, waits until what was logged is written, and at the deadline drops the rest. Resolves to the
   * final account, in which nothing is pending. Every call returns the same promise.
   */
  close(options: CloseOptions = {}): Promise<Account> {
    return (this.#closing ??= this.#close(options));
  }

  async #close({ deadlineMs = this.shutdownDeadlineMs }: CloseOptions): Promise<Account> {
    this.output.flush?.();
    this.output.end?.();
    await this.#progress.until(() => this.output.isEnded, deadlineMs);
    const abandoned = this.output.abandon();
    if (abandoned > 0) this.#drop('deadline', abandoned, `not written within ${deadlineMs} ms of close()`);
    this.#processEnd.leave();
    return this.stats();
  }

  /** The account as of now. */
  stats(): Account {
    if (this.#ledger.isTorn) this.#mend();
    return this.#ledger.account(this.output.lines);
  }

  /** Whether so much is waiting that a producer who can wait should wait, with {@link LineSink.ready}. */
  get needsDrain(): boolean {
    return this.output.bytes > this.#maxWaitingBytes * HIGH_WATER;
  }

  /** Resolves once {@link LineSink.needsDrain} is false. */
  async ready(): Promise<void> {
    await this.#progress.until(() => !this.needsDrain);
  }

  /** A text longer than the engine can hold is the only known cause of an error here. */
  #lineOf(record: LogRecord): string | undefined {
    try {
      return this.#format(record);
    } catch (error) {
      this.#drop('unserializable', 1, reasonOf(error));
      return undefined;
    }
  }

  #fits(line: string): boolean {
    return this.output.bytes + Buffer.byteLength(line) <= this.#maxWaitingBytes;
  }

  /** An output can fail while nothing waits, as when its file cannot be opened. */
  #settle(lines: number, error: unknown): void {
    if (error) this.#drop('streamFailed', lines, reasonOf(error));
    else {
      this.#ledger.deliver(lines);
      this.#progress.made();
    }
  }

  #drop(reason: string, lines: number, why: string): void {
    this.#ledger.drop(reason, lines);
    const loss = lines === 0 ? 'log lines are dropped meanwhile' : `${lines} log line(s) dropped`;
    const message = `sink ${this.name}: ${why}; ${loss}`;
    guarded(() => this.#report(`dropped.${this.name}.${reason}`, message), undefined);
    this.#progress.made();
  }

  /** Further exit listeners of the application may log, too. */
  #exit(sinceMs: number): void {
    this.#exitUntilMs ??= sinceMs + this.shutdownDeadlineMs;
    this.output.writeSync(this.#exitUntilMs);
  }

  #joinProcess(clock: Clock): ExitPart {
    const flush = (deadlineMs: number): Promise<unknown> => this.flush({ deadlineMs });
    return lastDrain({
      clock,
      deadlineMs: this.shutdownDeadlineMs,
      accepted: () => this.#ledger.accepted,
      waiting: () => this.output.lines,
      isDrained: () => this.output.lines === 0,
      flush,
      finish: flush,
      settle: (sinceMs) => this.#exit(sinceMs),
    });
  }
}
