import type { Filter } from '../filter/filter.js';
import type { Clock } from '../io/clock.js';
import type { Report } from '../io/diagnostics.js';
import { levelRank } from '../../contract/levels.js';
import { hear, quietly } from '../io/quietly.js';
import type { LogRecord } from '../log-record.js';
import { HeldRecords } from '../plugins/held-records.js';
import { isThenable } from '../plugins/definition.js';
import { reasonOf } from '../serialize/guard.js';

/** Makes one filter of the chain. `emit` hands a record to the filters behind it. */
export type FilterMaker = (emit: (record: LogRecord) => void) => Filter | Promise<Filter>;

export interface FilterChainParts {
  readonly clock: Clock;
  readonly report: Report;
  /** Called with each record that all filters let through. */
  readonly passed: (record: LogRecord) => void;
  /** Called with the filter's name for each record that it held back. */
  readonly suppressed: (filter: string) => void;
}

/** The filters in their order. While filters of packages are being loaded, records wait for them, up to a bound. */
export class FilterChain {
  readonly #parts: FilterChainParts;
  /** The records that wait for filters; `undefined` if no filter has to be loaded. */
  readonly held: HeldRecords | undefined;
  #filters: readonly (Filter | undefined)[] = [];
  #isClosed = false;

  constructor(makers: readonly FilterMaker[], parts: FilterChainParts) {
    this.#parts = parts;
    const made = makers.map((make, index) => make((record) => this.#pass(record, index + 1)));
    this.#filters = made.map((filter) => (isThenable(filter) ? undefined : filter));
    if (!made.some(isThenable)) return;
    this.held = new HeldRecords({
      clock: parts.clock,
      report: parts.report,
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

  /** Leaves out a filter that cannot be loaded: losing lines would be worse than letting through too many. */
  async #loaded(filter: Filter | Promise<Filter>): Promise<Filter | undefined> {
    try {
      return await filter;
    } catch (error) {
      this.#parts.report('filter', `a filter is left out: ${reasonOf(error)}`);
      return undefined;
    }
  }

  take(record: LogRecord): void {
    if (this.held) this.held.take(record);
    else this.#pass(record, 0);
  }

  /** Lets waiting records go on and closes the filters, also those that are loaded later. */
  close(): void {
    this.#abandon();
    this.#isClosed = true;
    this.#closeAll(this.#filters);
  }

  /** Lets records go on without the filters that are still loading: losing lines would be worse. */
  #abandon(): void {
    const count = this.held?.count ?? 0;
    this.#release();
    if (count === 0) return;
    this.#parts.report(
      'filter',
      `${count} log record(s) went on without the filters that were still loading`,
    );
  }

  #release(): void {
    this.held?.release((record) => this.#pass(record, 0));
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
      const answer = filter.apply(record);
      return answer && answer !== record ? checked(answer) : answer;
    } catch (error) {
      this.#threw(filter, error);
      return record;
    }
  }

  #threw(filter: Filter | undefined, thrown: unknown): void {
    this.#parts.report('filter', `filter ${filter?.name} threw: ${reasonOf(thrown)}`);
  }
}

/** @throws TypeError if it is no record, as what an asynchronous filter returns. */
function checked(answer: LogRecord): LogRecord {
  hear(answer);
  if (!Object.hasOwn(levelRank, answer.level)) throw new TypeError('what it returns is no log record');
  return answer;
}
