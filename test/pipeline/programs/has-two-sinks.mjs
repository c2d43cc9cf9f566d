import { loggerTo, logMany } from './settings.mjs';

for (const name of ['first', 'second']) logMany(loggerTo(name), 1_000);
