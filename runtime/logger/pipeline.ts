import { Tallies, totalAccount, type Account, type Tally } from '../ack/ledger.js';
import type { Diagnostics } from '../io/diagnostics.js';
import type { Fields, LogRecord } from '../log-record.js';
import { reasonOf } from '../serialize/guard.js';
import type { CloseOptions, FlushOptions, Sink } from '../sink-port.js';
import { FilterChain } from './filter-chain.js';
import { healthOf, type LoggerHealth } from './health.js';
import type { Routes } from './routing.js';

/** The account over all sinks, and what the filters suppressed before any sink accepted it. */
export interface LoggerAccount extends Account {
  /** Records suppressed, by filter. */
  readonly filtered: Tally;
}

export interface PipelineParts {
  readonly sinks: readonly Sink[];
  readonly routes: Routes;
  /** Fields of every record; read for each, since more may become known. */
  readonly enrichment: { readonly fields: Fields };
  /** Fields of what runs now. */
  readonly traceFields: () => Fields | undefined;
  readonly filters: FilterChain;
  readonly redact: (record: LogRecord) => LogRecord;
  readonly diagnostics: Diagnostics;
}

/**
 * What loggers share.
 *
 *     record → enrich → redact → filter → route → sinks
 */
export class Pipeline {
  readonly #parts: PipelineParts;
  readonly #filtered = new Tallies();
  #closing: Promise<LoggerAccount> | undefined;

  constructor(parts: PipelineParts) {
    this.#parts = parts;
    parts.filters.onPassed((record) => this.#deliver(record));
    parts.filters.onSuppressed((filter) => this.#filtered.add(filter, 1));
  }

  /** Never throws. */
  write(record: LogRecord): void {
    const { enrichment, traceFields, redact, filters } = this.#parts;
    const { timeMs, level, message } = record;
    const fields = withBefore(enrichment.fields, traceFields(), record.fields);
    // Redaction comes before any filter: a text that is cut in the middle of a secret would no longer be known for one.
    filters.take(redact({ timeMs, level, message, fields }));
  }

  #deliver(record: LogRecord): void {
    for (const sink of this.#parts.routes[record.level]) this.#writeTo(sink, record);
  }

  /** A sink that throws, which ours do not, costs neither the application nor the other sinks anything. */
  #writeTo(sink: Sink, record: LogRecord): void {
    try {
      sink.write(record);
    } catch (error) {
      this.#parts.diagnostics.report('sink', `sink ${sink.name} threw: ${reasonOf(error)}`);
    }
  }

  async flush(options?: FlushOptions): Promise<LoggerAccount> {
    await this.#parts.filters.ready(options?.deadlineMs);
    await this.#all('flush', (sink) => sink.flush(options));
    return this.stats();
  }

  /** Every call returns the same promise. */
  close(options?: CloseOptions): Promise<LoggerAccount> {
    return (this.#closing ??= this.#close(options));
  }

  async #close(options?: CloseOptions): Promise<LoggerAccount> {
    await this.#parts.filters.ready(options?.deadlineMs);
    this.#parts.filters.close();
    await this.#all('close', (sink) => sink.close(options));
    return this.stats();
  }

  /** One sink that fails does not keep the others from finishing. */
  async #all(what: string, act: (sink: Sink) => Promise<Account>): Promise<void> {
    const outcomes = await Promise.allSettled(this.#parts.sinks.map(async (sink) => act(sink)));
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') {
        this.#parts.diagnostics.report('sink', `a sink did not ${what}: ${reasonOf(outcome.reason)}`);
      }
    }
  }

  get isClosed(): boolean {
    return this.#closing !== undefined;
  }

  stats(): LoggerAccount {
    const accounts = this.#parts.sinks.map((sink) => sink.stats());
    const { waiting } = this.#parts.filters;
    const [only] = accounts;
    const account =
      accounts.length === 1 && waiting.accepted === 0 && only ? only : totalAccount([...accounts, waiting]);
    return { ...account, filtered: this.#filtered.tally() };
  }

  /** State of the sinks, without any call to a service. */
  health(): LoggerHealth {
    return healthOf(this.#parts.sinks);
  }

  get needsDrain(): boolean {
    return this.#parts.sinks.some((sink) => sink.needsDrain === true);
  }

  async ready(): Promise<void> {
    await Promise.all(this.#parts.sinks.map(async (sink) => sink.ready?.()));
  }
}

/** Written out for the usual numbers, because arrays that grow take many times their memory. */
function withBefore(first: Fields, trace: Fields | undefined, rest: readonly Fields[]): readonly Fields[] {
  if (trace) return [first, trace, ...rest];
  const [own] = rest;
  if (!own) return [first];
  return rest.length === 1 ? [first, own] : [first, ...rest];
}
