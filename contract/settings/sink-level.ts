import { minimumLevel } from './minimum-level.js';
import { withDefault } from './setting.js';

/** The row that every sink has. */
export const level = withDefault({
  field: 'LEVEL',
  kind: minimumLevel,
  default: 'trace',
  meaning:
    'Lowest level that this sink takes, of those that are logged; at `silent` it takes nothing. What is below is not in its account.',
});
