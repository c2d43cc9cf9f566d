import { Ledger, type Account } from '../ack/ledger.js';
import type { Filter } from '../filter/filter.js';
import type { Clock } from '../io/clock.js';
import type { Report } from '../io/diagnostics.js';
import { quietly } from '../io/quietly.js';
import type { LogRecord } from '../log-record.js';
import { HeldRecords } from '../plugins/held-records.js';
import { isThenable } from '../plugins/thenable.js';
import { reasonOf } from '../serialize/guard.js';

/** Makes the filter at a place of the chain; `emit` continues behind it. */
export type FilterMaker = (emit: (record: LogRecord) => void) => Filter | Promise<Filter>;

export interface FilterChainParts {
  readonly clock: Clock;
  readonly report: Report;
  /** Takes the records that all filters let through. */
  readonly passed: (record: LogRecord) => void;
  /** Hears of each record that goes no further, with the filter's name. */
  readonly suppressed: (filter: string) => void;
}

/** The filters in their order. While those of packages are being loaded, records wait for them, up to a bound. */
export class FilterChain {
  readonly #parts: FilterChainParts;
  /** Only where a filter has to be loaded. */
  readonly #held: HeldRecords | undefined;
  #filters: readonly (Filter | undefined)[] = [];
  #isClosed = false;

  constructor(makers: readonly FilterMaker[], parts: FilterChainParts) {
    this.#parts = parts;
    const made = makers.map((make, index) => make((record) => this.#pass(record, index + 1)));
    this.#filters = made.map((filter) => (isThenable(filter) ? undefined : filter));
    if (!made.some(isThenable)) return;
    this.#held = new HeldRecords({
      clock: parts.clock,
      report: parts.report,
      ledger: new Ledger(),
      cause: 'filters are still loading',
      atExit: () => this.#abandon(),
    });
    void this.#load(made);
  }

  async #load(made: readonly (Filter | Promise<Filter>)[]): Promise<void> {
    const filters = await Promise.all(made.map(async (filter) => this.#loaded(filter)));
    if (this.#isClosed) return this.#closeAll(filters.filter((filter) => !this.#filters.includes(filter)));
    this.#filters = filters;
    this.#release();
  }

  /** A filter that cannot be loaded is left out: the lines matter more than what it would have held back. */
  async #loaded(filter: Filter | Promise<Filter>): Promise<Filter | undefined> {
    try {
      return await filter;
    } catch (error) {
      this.#parts.report('filter', `a filter is left out: ${reasonOf(error)}`);
      return undefined;
    }
  }

  take(record: LogRecord): void {
    if (this.#held) this.#held.take(record);
    else this.#pass(record, 0);
  }

  /** Resolves once all filters are there, or at the deadline, to the rest of the time. */
  async loaded(deadlineMs = Infinity): Promise<number> {
    return (await this.#held?.released(deadlineMs)) ?? deadlineMs;
  }

  /** What still waits goes on, and filters that come later are let go. */
  close(): void {
    this.#abandon();
    this.#isClosed = true;
    this.#closeAll(this.#filters);
  }

  /** The account of the records that no sink has accepted yet. */
  account(): Account {
    return this.#held?.account() ?? nothing;
  }

  /** Whether so much waits for filters that a producer who can wait should wait, with {@link FilterChain.ready}. */
  get needsDrain(): boolean {
    return this.#held?.needsDrain ?? false;
  }

  /** Resolves once {@link FilterChain.needsDrain} is false. */
  async ready(): Promise<void> {
    await this.#held?.ready();
  }

  /** The lines matter more than filters that are not there yet. */
  #abandon(): void {
    const count = this.#held?.count ?? 0;
    this.#release();
    if (count === 0) return;
    this.#parts.report(
      'filter',
      `${count} log record(s) went on without the filters that were still loading`,
    );
  }

  #release(): void {
    this.#held?.release((record) => this.#pass(record, 0));
  }

  #closeAll(filters: readonly (Filter | undefined)[]): void {
    for (const filter of filters)
      quietly(
        () => filter?.close?.(),
        (thrown) => this.#threw(filter, thrown),
      );
  }

  #pass(record: LogRecord, from: number): void {
    let passing: LogRecord | undefined = record;
    for (let index = from; index < this.#filters.length; index++) {
      const filter = this.#filters[index];
      if (!filter) continue;
      passing = this.#applied(filter, passing);
      if (!passing) return this.#parts.suppressed(filter.name);
    }
    this.#parts.passed(passing);
  }

  #applied(filter: Filter, record: LogRecord): LogRecord | undefined {
    try {
      return filter.apply(record);
    } catch (error) {
      this.#threw(filter, error);
      return record;
    }
  }

  #threw(filter: Filter | undefined, thrown: unknown): void {
    this.#parts.report('filter', `filter ${filter?.name} threw: ${reasonOf(thrown)}`);
  }
}

const nothing = new Ledger().account(0);
