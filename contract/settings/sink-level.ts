import { choice } from '../kinds.js';
import { LEVELS, PYTHON_LEVELS, pythonLevel } from '../levels.js';
import { withDefault } from './setting.js';

/** The row that every sink has. */
export const level = withDefault({
  field: 'LEVEL',
  kind: choice(LEVELS, PYTHON_LEVELS, pythonLevel),
  default: 'trace',
  meaning: 'Lowest level that this sink takes, of those that are logged.',
});
