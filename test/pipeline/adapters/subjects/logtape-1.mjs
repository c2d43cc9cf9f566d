import * as logtape from 'logtape1';
import { openLogTape } from './support/logtape.mjs';

export { levels, read } from './support/logtape.mjs';

export const title = 'LogTape 1';

export const open = (options, extras) => openLogTape(logtape, options, extras);
