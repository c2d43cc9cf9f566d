import { passes } from '../../contract/levels.js';
import type { ValuesOf } from '../../contract/sections.js';
import type { Filter } from './filter.js';

/** The filter `level`: holds back records below `minLevel`. The logger's own level comes first. */
export function levelFilter({ minLevel }: ValuesOf<'level'>): Filter {
  return { name: 'level', apply: (record) => (passes(record.level, minLevel) ? record : undefined) };
}
