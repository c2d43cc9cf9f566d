import { getLogger } from '../../../dist/esm/runtime/index.js';
import { loggerTo, logMany } from './settings.mjs';

const sinks = [loggerTo('first').sink, loggerTo('second').sink];
logMany(getLogger({ sinks }), 1_000);
setInterval(() => undefined, 1_000);
console.log('ready');
