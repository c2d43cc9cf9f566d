import { passes } from '../../contract/levels.js';
import type { ValuesOf } from '../../contract/sections.js';
import type { LogRecord } from '../log-record.js';
import type { Filter } from './filter.js';

/** The filter `level`: holds back records below `minLevel`. The logger's own level comes first. */
export class LevelFilter implements Filter {
  readonly name = 'level';
  readonly #settings: ValuesOf<'level'>;

  constructor(settings: ValuesOf<'level'>) {
    this.#settings = settings;
  }

  apply(record: LogRecord): LogRecord | undefined {
    return passes(record.level, this.#settings.minLevel) ? record : undefined;
  }
}
