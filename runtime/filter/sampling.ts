import { passes } from '../../contract/levels.js';
import type { ValuesOf } from '../../contract/sections.js';
import type { LogRecord } from '../log-record.js';
import type { Filter, FilterContext } from './filter.js';
import { keyOf } from './key.js';
import { shareOf } from './share.js';

/**
 * The filter `sampling`: lets the share `rate` of the records through. The value of `keyField` decides: all processes keep or
 * lose a trace as a whole, and a higher rate keeps all that a lower one keeps. Records without such a value are kept at random.
 * Records at `alwaysLevel` and above always pass.
 */
export class SamplingFilter implements Filter {
  readonly name = 'sampling';
  readonly #settings: ValuesOf<'sampling'>;
  readonly #random: () => number;

  constructor(settings: ValuesOf<'sampling'>, { random }: Pick<FilterContext, 'random'>) {
    this.#settings = settings;
    this.#random = random;
  }

  apply(record: LogRecord): LogRecord | undefined {
    const { alwaysLevel, keyField, rate } = this.#settings;
    if (passes(record.level, alwaysLevel)) return record;
    const key = keyOf(record, keyField);
    const share = key === undefined ? this.#random() : shareOf(key);
    return share < rate ? record : undefined;
  }
}
