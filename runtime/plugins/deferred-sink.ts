import { checkAccount, totalAccount, type Account } from '../ack/ledger.js';
import type { Clock } from '../io/clock.js';
import type { Report } from '../io/diagnostics.js';
import { quietly } from '../io/quietly.js';
import type { LogRecord } from '../log-record.js';
import { guarded, reasonOf } from '../serialize/guard.js';
import { formatLine } from '../serialize/line.js';
import type { SinkHealth } from '../ack/health.js';
import type { CloseOptions, FlushOptions, Sink } from '../sink-port.js';
import { HeldRecords } from './held-records.js';

export interface DeferredSinkParts {
  readonly clock: Clock;
  readonly report: Report;
  /** Returns whether it could write. */
  readonly writeStderr: (text: string) => boolean;
  /**
   * Why records go to stderr if the sink never comes, reported with the first of them.
   * @default `pluginFailed`, reported at once as `plugin.NAME`
   */
  readonly failure?: { readonly reason: string; readonly code: string } | undefined;
}

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
  readonly #held: HeldRecords;
  #state: State = { kind: 'loading' };
  #closing: Promise<Account> | undefined;

  /** @param loading its rejection is reported word for word: it should say what failed and what to do */
  constructor(name: string, loading: Promise<Sink>, parts: DeferredSinkParts) {
    this.name = name;
    this.#parts = parts;
    this.#held = new HeldRecords({
      clock: parts.clock,
      report: parts.report,
      cause: `sink ${name} is still loading`,
      atExit: () => this.#abandon('exit'),
    });
    loading.then(
      (sink) => this.#arrived(sink),
      (error: unknown) => this.#failed(reasonOf(error)),
    );
  }

  write(record: LogRecord): void {
    if (this.#closing) this.#held.drop('closed', 'a log call came after close()');
    else this.#held.take(record);
  }

  /** Resolves once the sink is there and has flushed, or at the deadline. */
  async flush({ deadlineMs, leftover }: FlushOptions = {}): Promise<Account> {
    const restMs = await this.#held.released(deadlineMs);
    await this.#sink?.flush(restMs === Infinity ? { leftover } : { deadlineMs: restMs, leftover });
    return this.stats();
  }

  /** Closes the sink once it is there. At the deadline, diverts what still waits. Each call returns the same promise. */
  close({ deadlineMs = CLOSE_DEADLINE_MS }: CloseOptions = {}): Promise<Account> {
    return (this.#closing ??= this.#close(deadlineMs));
  }

  /** Counts what was lost before the sink came, even if the sink's `stats` throws. */
  stats(): Account {
    const account = this.#held.account();
    try {
      const ofSink = this.#sink?.stats();
      if (!ofSink) return account;
      checkAccount(ofSink);
      return totalAccount([account, ofSink]);
    } catch (error) {
      this.#parts.report('sink', `sink ${this.name} threw in stats(): ${reasonOf(error)}`);
      return account;
    }
  }

  get needsDrain(): boolean {
    return this.#held.needsDrain || this.#sink?.needsDrain === true;
  }

  async ready(): Promise<void> {
    await this.#held.ready();
    await this.#sink?.ready?.();
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
    return { state: 'healthy', oldestPendingAgeMs: this.#held.oldestAgeMs };
  }

  /** The sink, once it is there. */
  get #sink(): Sink | undefined {
    return this.#state.kind === 'there' ? this.#state.sink : undefined;
  }

  async #close(deadlineMs: number): Promise<Account> {
    const restMs = await this.#held.released(deadlineMs);
    this.#abandon('deadline');
    await this.#sink?.close({ deadlineMs: restMs });
    return this.stats();
  }

  #arrived(sink: Sink): void {
    // It came too late and took no record: nobody waits for it.
    if (this.#state.kind === 'abandoned') return quietly(() => sink.close({ deadlineMs: 0 }));
    this.#state = { kind: 'there', sink };
    this.#held.release((record) => this.#forward(sink, record));
  }

  #failed(message: string): void {
    if (this.#state.kind !== 'loading') return;
    this.#state = { kind: 'failed', message, atMs: this.#parts.clock.now() };
    const { failure, report } = this.#parts;
    if (failure) return this.#toldWithFirst(failure, message);
    this.#held.release((record) => this.#divert(record, 'pluginFailed'));
    report(`plugin.${this.name}`, `${message}; its log records go to stderr`);
  }

  #toldWithFirst({ reason, code }: NonNullable<DeferredSinkParts['failure']>, message: string): void {
    let isTold = false;
    this.#held.release((record) => {
      if (!isTold) this.#parts.report(code, `${message}; until then, lines go to stderr`);
      isTold = true;
      this.#divert(record, reason);
    });
  }

  /** Diverts what still waits. Synchronous, because it also runs while the process exits. */
  #abandon(reason: string): void {
    if (this.#state.kind !== 'loading') return;
    this.#state = { kind: 'abandoned' };
    const { count } = this.#held;
    this.#held.release((record) => this.#divert(record, reason));
    if (count > 0) {
      this.#parts.report(
        `diverted.${reason}`,
        `${count} log record(s) diverted to stderr: ${reason}, and sink ${this.name} was still loading`,
      );
    }
  }

  /** A sink whose `write` throws, now or in a promise, has not taken the record. */
  #forward(sink: Sink, record: LogRecord): void {
    quietly(
      () => sink.write(record),
      (thrown) => {
        this.#divert(record, 'sinkThrew');
        this.#parts.report('sink', `sink ${this.name} threw: ${reasonOf(thrown)}`);
      },
    );
  }

  #divert(record: LogRecord, reason: string): void {
    const about = { diverted: reason, sink: this.name };
    const line = guarded(() => formatLine({ ...record, fields: [about, ...record.fields] }), undefined);
    if (line === undefined) return this.#held.drop('unserializable', 'a log record has no line');
    if (!this.#parts.writeStderr(`${line}\n`)) {
      return this.#held.drop('stderrUnavailable', 'stderr is gone');
    }
    this.#held.ledger.divert(reason, 1);
    this.#held.ledger.accepted++;
  }
}
