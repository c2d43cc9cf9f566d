import { loggerTo, logMany } from './settings.mjs';

logMany(loggerTo('api-server'), 1_000);
void Promise.reject(new Error('nobody catches this'));
