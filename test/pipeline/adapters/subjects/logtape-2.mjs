import * as logtape from '@logtape/logtape';
import { openLogTape } from './support/logtape.mjs';

export { levels, read } from './support/logtape.mjs';

export const title = 'LogTape 2';

export const limits = {
  'name __proto__': 'LogTape copies properties one by one, and loses one of this name',
};

export const open = (options, extras) => openLogTape(logtape, options, extras);
