import { choice } from '../kinds.js';
import { MINIMUM_LEVELS, PYTHON_LEVELS, pythonLevel } from '../levels.js';

/** The kind of each setting that says from which level on something happens. */
export const minimumLevel = choice(MINIMUM_LEVELS, PYTHON_LEVELS, pythonLevel);
