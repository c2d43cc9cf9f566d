import { loggerTo, logMany } from './settings.mjs';

logMany(loggerTo('api-server'), 1_000);
throw new Error('nobody catches this');
