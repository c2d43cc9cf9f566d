import { choice } from '../kinds.js';
import { MINIMUM_LEVELS, PYTHON_LEVELS, pythonLevel } from '../levels.js';

/** The kind of every setting that is a lowest level. */
export const minimumLevel = choice(MINIMUM_LEVELS, PYTHON_LEVELS, pythonLevel);
