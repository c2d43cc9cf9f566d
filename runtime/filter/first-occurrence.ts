import type { ValuesOf } from '../../contract/sections.js';
import type { LogRecord } from '../log-record.js';
import type { Filter, FilterContext } from './filter.js';
import { keyOf, shortKey } from './key.js';
import { noSuppression, summaryRecord, suppressed, together, type Suppression } from './suppression.js';

/** What is known of one kind of records. */
interface Kind {
  /** When its first record passed. */
  readonly sinceMs: number;
  /** Those since then. */
  readonly suppression: Suppression;
}

/**
 * The filter `first_occurrence`: the first record of its kind passes, those like it within `windowSeconds` do not. The
 * next one that passes tells how many there were, in its field `suppressed`; what no record told, one tells at close.
 */
export class FirstOccurrenceFilter implements Filter {
  readonly name = 'first_occurrence';
  readonly #settings: ValuesOf<'firstOccurrence'>;
  readonly #context: FilterContext;
  /** The kind whose window began longest ago first. */
  readonly #kinds = new Map<string, Kind>();
  /** Of kinds that are not remembered any more. */
  #forgotten = noSuppression;

  constructor(settings: ValuesOf<'firstOccurrence'>, context: FilterContext) {
    this.#settings = settings;
    this.#context = context;
  }

  apply(record: LogRecord): LogRecord | undefined {
    const key = this.#keyOf(record);
    const kind = this.#kinds.get(key);
    if (kind && this.#isCurrent(kind)) {
      const suppression = together(kind.suppression, suppressed(record));
      this.#kinds.set(key, { ...kind, suppression });
      return undefined;
    }
    this.#remember(key);
    const count = kind?.suppression.count ?? 0;
    return count === 0 ? record : { ...record, fields: [...record.fields, { suppressed: count }] };
  }

  close(): void {
    const untold = [...this.#kinds.values()].reduce(
      (total, { suppression }) => together(total, suppression),
      this.#forgotten,
    );
    this.#kinds.clear();
    this.#forgotten = noSuppression;
    if (untold.count > 0) this.#context.emit(summaryRecord(this.name, untold, this.#context.clock.now()));
  }

  #keyOf(record: LogRecord): string {
    const { keyField } = this.#settings;
    const key = keyField === undefined ? undefined : keyOf(record, keyField);
    return key === undefined ? `${record.level}:${shortKey(record.message)}` : `key:${key}`;
  }

  /** A clock that was set back ends the window: silence without end would be worse. */
  #isCurrent({ sinceMs }: Kind): boolean {
    const elapsedMs = this.#context.clock.now() - sinceMs;
    return elapsedMs >= 0 && elapsedMs < this.#settings.windowSeconds * 1_000;
  }

  #remember(key: string): void {
    this.#kinds.delete(key);
    if (this.#kinds.size === this.#settings.maxKeys) this.#forgetOldest();
    this.#kinds.set(key, { sinceMs: this.#context.clock.now(), suppression: noSuppression });
  }

  #forgetOldest(): void {
    for (const [key, { suppression }] of this.#kinds) {
      this.#kinds.delete(key);
      this.#forgotten = together(this.#forgotten, suppression);
      return;
    }
  }
}
