import type { ValuesOf } from '../../contract/sections.js';
import type { LogRecord } from '../log-record.js';
import type { Filter, FilterContext } from './filter.js';
import { keyOf, shortKey } from './key.js';
import { Suppression } from './suppression.js';

/** Records that count as alike. */
interface Kind {
  /** When its first record passed. */
  readonly sinceMs: number;
  /** The records held back since then. */
  readonly suppression: Suppression;
}

/**
 * The filter `first_occurrence`: lets the first record of a kind through and holds back those like it within `windowSeconds`.
 * The next one that passes has their number in its field `suppressed`. `close` emits a summary of the rest.
 */
export class FirstOccurrenceFilter implements Filter {
  readonly name = 'first_occurrence';
  readonly #settings: ValuesOf<'firstOccurrence'>;
  readonly #context: FilterContext;
  /** In the order in which their windows began. */
  readonly #kinds = new Map<string, Kind>();
  /** Suppressed records of kinds that had to leave the map. */
  #forgotten = new Suppression();

  constructor(settings: ValuesOf<'firstOccurrence'>, context: FilterContext) {
    this.#settings = settings;
    this.#context = context;
  }

  apply(record: LogRecord): LogRecord | undefined {
    const key = this.#keyOf(record);
    const kind = this.#kinds.get(key);
    if (kind && this.#isCurrent(kind)) {
      if (this.#context.random() < this.#settings.subsequentSampleRate) return record;
      kind.suppression.add(record);
      return undefined;
    }
    this.#remember(key);
    const count = kind?.suppression.count ?? 0;
    return count === 0 ? record : { ...record, fields: [...record.fields, { suppressed: count }] };
  }

  close(): void {
    const unreported = this.#forgotten;
    for (const { suppression } of this.#kinds.values()) unreported.addAll(suppression);
    this.#kinds.clear();
    this.#forgotten = new Suppression();
    const { emit, clock } = this.#context;
    if (unreported.count > 0) emit(unreported.summary(this.name, clock.now()));
  }

  #keyOf(record: LogRecord): string {
    const { keyField = [], keyFields } = this.#settings;
    const keys = [keyField, keyFields].flat().map((path) => partOf(record, path));
    const isKnown = keys.some((key) => key !== undefined);
    return isKnown ? `key:${JSON.stringify(keys)}` : `${record.level}:${shortKey(record.message)}`;
  }

  #isCurrent({ sinceMs }: Kind): boolean {
    return this.#context.clock.monotonic() - sinceMs < this.#settings.windowSeconds * 1_000;
  }

  #remember(key: string): void {
    this.#kinds.delete(key);
    if (this.#kinds.size === this.#settings.maxKeys) this.#forgetOldest();
    this.#kinds.set(key, { sinceMs: this.#context.clock.monotonic(), suppression: new Suppression() });
  }

  #forgetOldest(): void {
    const [oldest] = this.#kinds;
    const [key, { suppression }] = oldest!;
    this.#kinds.delete(key);
    this.#forgotten.addAll(suppression);
  }
}

/** A field, or the level or message of the record where it has no field of that name. */
function partOf(record: LogRecord, path: string): string | undefined {
  const key = keyOf(record, path);
  if (key !== undefined || (path !== 'level' && path !== 'message')) return key;
  return shortKey(record[path]);
}
