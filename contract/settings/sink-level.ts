import { minimumLevel } from './minimum-level.js';
import { harms } from './python-reading.js';
import { withDefault } from './setting.js';

/** A row of every sink. */
export const level = withDefault({
  field: 'LEVEL',
  kind: minimumLevel,
  default: 'trace',
  meaning:
    'Lowest level that this sink takes; at `silent` it takes nothing. Its account does not count lower ones.',
  python: harms('ignores it, and its sink takes every level', (minimum) => minimum !== 'trace'),
});
