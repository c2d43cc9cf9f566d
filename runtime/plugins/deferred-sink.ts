import { Ledger, totalAccount, type Account } from '../ack/ledger.js';
import { Progress } from '../ack/progress.js';
import type { Clock } from '../io/clock.js';
import { onProcessEnd } from '../io/exit-hook.js';
import type { LogRecord } from '../log-record.js';
import { guarded, reasonOf } from '../serialize/guard.js';
import { lineOf } from '../serialize/line.js';
import type { CloseOptions, FlushOptions, Sink, SinkHealth } from '../sink-port.js';
import { snapshot, type Snapshot } from './snapshot.js';

export interface DeferredSinkParts {
  readonly clock: Clock;
  /** Reports trouble to the operator. */
  readonly report: (code: string, message: string) => void;
  /** Says whether it could. */
  readonly writeStderr: (text: string) => boolean;
}

/** Records that wait for the sink. */
export const MAX_HELD_RECORDS = 10_000;
/** Characters that they may have together: 32 MiB at the most. */
export const MAX_HELD_CHARACTERS = 16_777_216;

/** The share of the records from which producers that can wait should wait. */
const HIGH_WATER = 0.5;

const CLOSE_DEADLINE_MS = 10_000;

type State =
  | { readonly kind: 'loading' }
  | { readonly kind: 'there'; readonly sink: Sink }
  | { readonly kind: 'failed'; readonly message: string; readonly atMs: number }
  /** Closed before the sink was there. */
  | { readonly kind: 'abandoned' };

/**
 * Stands in for a sink that is still being loaded or made: keeps its records, hands them over in their order, then
 * forwards. If the sink never comes, its records go to stderr, counted as diverted.
 *
 * A record is in one account at a time: in this one until the sink has it, then in the sink's.
 */
export class DeferredSink implements Sink {
  readonly name: string;
  readonly #parts: DeferredSinkParts;
  readonly #progress: Progress;
  readonly #ledger = new Ledger();
  readonly #held: Snapshot[] = [];
  #heldCharacters = 0;
  #state: State = { kind: 'loading' };
  #closing: Promise<Account> | undefined;
  readonly #leaveProcess: () => void;

  /** @param loading what its rejection says is reported as it is, so it should say what failed and what to do */
  constructor(name: string, loading: Promise<Sink>, parts: DeferredSinkParts) {
    this.name = name;
    this.#parts = parts;
    this.#progress = new Progress(parts.clock);
    this.#leaveProcess = onProcessEnd({ beforeExit: () => undefined, exit: () => this.#abandon('exit') });
    loading.then(
      (sink) => this.#arrived(sink),
      (error: unknown) => this.#failed(reasonOf(error)),
    );
  }

  write(record: LogRecord): void {
    if (this.#closing) return this.#drop('closed', 'a log call came after close()');
    if (this.#state.kind === 'loading') this.#hold(record);
    else if (this.#state.kind === 'there') this.#forward(this.#state.sink, record);
    else this.#divert(record, 'pluginFailed');
  }

  /** Resolves once the sink is there and has flushed, or at the deadline. */
  async flush({ deadlineMs }: FlushOptions = {}): Promise<Account> {
    const restMs = await this.#arrival(deadlineMs ?? Infinity);
    if (this.#state.kind === 'there') {
      await this.#state.sink.flush(restMs === Infinity ? {} : { deadlineMs: restMs });
    }
    return this.stats();
  }

  /** Closes the sink once it is there; at the deadline what waits for it is diverted. Each call returns the same promise. */
  close({ deadlineMs = CLOSE_DEADLINE_MS }: CloseOptions = {}): Promise<Account> {
    return (this.#closing ??= this.#close(deadlineMs));
  }

  stats(): Account {
    const own = this.#ledger.account(this.#held.length);
    const account = { ...own, accepted: own.accepted + this.#held.length };
    return this.#state.kind === 'there' ? totalAccount([account, this.#state.sink.stats()]) : account;
  }

  get needsDrain(): boolean {
    if (this.#state.kind === 'there') return this.#state.sink.needsDrain === true;
    return (
      this.#held.length >= MAX_HELD_RECORDS * HIGH_WATER ||
      this.#heldCharacters >= MAX_HELD_CHARACTERS * HIGH_WATER
    );
  }

  async ready(): Promise<void> {
    await this.#progress.until(() => !this.needsDrain || this.#state.kind === 'there');
    if (this.#state.kind === 'there') await this.#state.sink.ready?.();
  }

  health(): SinkHealth {
    const state = this.#state;
    if (state.kind === 'there') {
      return state.sink.health?.() ?? { state: this.#closing ? 'closed' : 'healthy' };
    }
    if (state.kind === 'failed') {
      return { state: 'failing', lastErrorMs: state.atMs, lastError: state.message };
    }
    if (this.#closing) return { state: 'closed' };
    const [oldest] = this.#held;
    return {
      state: 'healthy',
      oldestPendingAgeMs: oldest ? Math.max(0, this.#parts.clock.now() - oldest.record.timeMs) : 0,
    };
  }

  async #close(deadlineMs: number): Promise<Account> {
    const restMs = await this.#arrival(deadlineMs);
    this.#abandon('deadline');
    if (this.#state.kind === 'there') await this.#state.sink.close({ deadlineMs: restMs });
    return this.stats();
  }

  /** Waits until loading has ended, either way. Returns what is left of the time. */
  async #arrival(deadlineMs: number): Promise<number> {
    const { clock } = this.#parts;
    const startMs = clock.now();
    await this.#progress.until(() => this.#state.kind !== 'loading', deadlineMs);
    return Math.max(0, deadlineMs - (clock.now() - startMs));
  }

  #arrived(sink: Sink): void {
    if (this.#state.kind === 'abandoned') return void release(sink);
    this.#leaveProcess();
    this.#state = { kind: 'there', sink };
    for (const record of this.#takeHeld()) this.#forward(sink, record);
    this.#progress.made();
  }

  #failed(message: string): void {
    if (this.#state.kind !== 'loading') return;
    this.#leaveProcess();
    this.#state = { kind: 'failed', message, atMs: this.#parts.clock.now() };
    for (const record of this.#takeHeld()) this.#divert(record, 'pluginFailed');
    this.#parts.report(`plugin.${this.name}`, `${message}; its log records go to stderr`);
    this.#progress.made();
  }

  /** What still waits is diverted. Synchronous, so that it works while the process exits. */
  #abandon(reason: string): void {
    if (this.#state.kind !== 'loading') return;
    this.#leaveProcess();
    this.#state = { kind: 'abandoned' };
    const count = this.#held.length;
    for (const record of this.#takeHeld()) this.#divert(record, reason);
    if (count > 0) {
      this.#parts.report(
        `diverted.${reason}`,
        `${count} log record(s) diverted to stderr: ${reason}, and sink ${this.name} was still loading`,
      );
    }
    this.#progress.made();
  }

  #hold(record: LogRecord): void {
    const held = guarded(() => snapshot(record), undefined);
    if (!held) return this.#drop('unserializable', 'a log record could not be copied');
    const isFull =
      this.#held.length >= MAX_HELD_RECORDS || this.#heldCharacters + held.characters > MAX_HELD_CHARACTERS;
    if (isFull) return this.#drop('loading', `log records were dropped: sink ${this.name} is still loading`);
    this.#held.push(held);
    this.#heldCharacters += held.characters;
  }

  /** The held records, each of which leaves this account as it is handed out. */
  *#takeHeld(): Generator<LogRecord> {
    for (let held = this.#held.shift(); held; held = this.#held.shift()) {
      this.#heldCharacters -= held.characters;
      yield held.record;
    }
  }

  /** A sink whose `write` throws has not taken the record. */
  #forward(sink: Sink, record: LogRecord): void {
    try {
      sink.write(record);
    } catch (error) {
      this.#divert(record, 'sinkThrew');
      this.#parts.report('sink', `sink ${this.name} threw: ${reasonOf(error)}`);
    }
  }

  #divert(record: LogRecord, reason: string): void {
    const about = { diverted: reason, sink: this.name };
    const line = guarded(() => lineOf({ ...record, fields: [about, ...record.fields] }), undefined);
    if (line === undefined) return this.#drop('unserializable', 'a log record has no line');
    if (!this.#parts.writeStderr(`${line}\n`)) return this.#drop('stderrUnavailable', 'stderr is gone');
    this.#ledger.accept();
    this.#ledger.divert(reason, 1);
  }

  #drop(reason: string, message: string): void {
    this.#ledger.accept();
    this.#ledger.drop(reason, 1);
    this.#parts.report(`dropped.${reason}`, message);
  }
}

/** Nobody waits for a sink that came too late. */
async function release(sink: Sink): Promise<void> {
  try {
    await sink.close({ deadlineMs: 0 });
  } catch {
    // It took no record.
  }
}
