import type { Account } from '../ack/ledger.js';
import type { Filter } from '../filter/filter.js';
import type { Diagnostics } from '../io/diagnostics.js';
import { onProcessEnd } from '../io/exit-hook.js';
import type { LogRecord } from '../log-record.js';
import { reasonOf } from '../serialize/guard.js';

/** Makes the filter at a place of the chain; `emit` continues behind it. */
export type FilterMaker = (emit: (record: LogRecord) => void) => Filter | Promise<Filter>;

/** Records that wait while filters are being loaded. */
const MAX_WAITING = 10_000;

/** The filters in their order. While those of packages are being loaded, records wait for them, up to a bound. */
export class FilterChain {
  readonly #diagnostics: Diagnostics;
  readonly #loading: Promise<void> | undefined;
  #filters: readonly (Filter | undefined)[];
  #waiting: LogRecord[] | undefined;
  #dropped = 0;
  #leaveProcess: () => void = () => undefined;
  #onPassed: (record: LogRecord) => void = () => undefined;
  #onSuppressed: (filter: string) => void = () => undefined;

  constructor(makers: readonly FilterMaker[], diagnostics: Diagnostics) {
    this.#diagnostics = diagnostics;
    const made = makers.map((make, index) => make((record) => this.#pass(record, index + 1)));
    this.#filters = made.map((filter) => (filter instanceof Promise ? undefined : filter));
    if (!made.some((filter) => filter instanceof Promise)) return;
    this.#waiting = [];
    this.#loading = this.#load(made);
    this.#leaveProcess = onProcessEnd({ beforeExit: () => undefined, exit: () => this.#release() });
  }

  async #load(made: readonly (Filter | Promise<Filter>)[]): Promise<void> {
    this.#filters = await Promise.all(made.map(async (filter) => this.#loaded(filter)));
    this.#leaveProcess();
    this.#release();
  }

  /** Nothing waits any more, as when the process ends: the lines matter more than filters that are not there yet. */
  #release(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const record of waiting) this.#pass(record, 0);
  }

  /** Where records go that all filters let through. */
  onPassed(listener: (record: LogRecord) => void): void {
    this.#onPassed = listener;
  }

  /** Told of each record that goes no further, with the filter's name. */
  onSuppressed(listener: (filter: string) => void): void {
    this.#onSuppressed = listener;
  }

  take(record: LogRecord): void {
    if (!this.#waiting) return this.#pass(record, 0);
    if (this.#waiting.length < MAX_WAITING) this.#waiting.push(record);
    else {
      this.#dropped++;
      this.#diagnostics.report('dropped.loading', 'log records were dropped while filters were being loaded');
    }
  }

  /** Resolves once all filters are there, or at the deadline. */
  async ready(deadlineMs?: number): Promise<void> {
    if (!this.#waiting) return;
    const deadline = new Promise<void>((resolve) => {
      if (deadlineMs !== undefined) setTimeout(resolve, deadlineMs).unref();
    });
    await Promise.race([this.#loading, deadline]);
  }

  close(): void {
    for (const filter of this.#filters) filter?.close?.();
  }

  /** The account of the records that no sink has accepted yet. */
  get waiting(): Account {
    const pending = this.#waiting?.length ?? 0;
    const none = { total: 0, byReason: {} };
    const dropped = this.#dropped > 0 ? { total: this.#dropped, byReason: { loading: this.#dropped } } : none;
    return {
      accepted: pending + this.#dropped,
      delivered: 0,
      rejected: none,
      spooled: 0,
      diverted: none,
      dropped,
      pending,
    };
  }

  /** A filter that cannot be loaded is left out: the lines matter more than what it would have held back. */
  async #loaded(filter: Filter | Promise<Filter>): Promise<Filter | undefined> {
    try {
      return await filter;
    } catch (error) {
      this.#diagnostics.report('filter', `a filter is left out: ${reasonOf(error)}`);
      return undefined;
    }
  }

  #pass(record: LogRecord, from: number): void {
    let passing: LogRecord | undefined = record;
    for (let index = from; index < this.#filters.length; index++) {
      const filter = this.#filters[index];
      if (filter) passing = this.#applied(filter, passing);
      if (!passing) return this.#onSuppressed(filter?.name ?? '');
    }
    this.#onPassed(passing);
  }

  #applied(filter: Filter, record: LogRecord): LogRecord | undefined {
    try {
      return filter.apply(record);
    } catch (error) {
      this.#diagnostics.report('filter', `filter ${filter.name} threw: ${reasonOf(error)}`);
      return record;
    }
  }
}
