/** Ends, as the test says, in a context in which lines wait. */
import { createRequire } from 'node:module';
import { withContext } from '../../../dist/esm/runtime/index.js';
import { loggerTo } from './settings.mjs';

const cjs = createRequire(import.meta.url)('../../../dist/cjs/runtime/index.js');

const logger = loggerTo('api-server');
const options = { bufferLevel: 'debug' };

function logMany(firstId = 0) {
  for (let id = firstId; id < firstId + 10; id++) logger.debug('order read', { id });
}

const ends = {
  'an error that nobody catches': () => {
    logMany();
    setTimeout(() => {
      throw new Error('nobody catches this');
    });
    return new Promise(() => {});
  },
  'a rejection that nobody handles': async () => {
    logMany();
    throw new Error('nobody handles this');
  },
  'process.exit()': () => {
    logMany();
    process.exit(3);
  },
  'an exit listener that logs': () => {
    logMany();
    process.on('exit', () => logMany(10));
    process.exit(3);
  },
  'an event loop that is empty': () => {
    logMany();
    return new Promise(() => {});
  },
  'a signal': () => {
    logMany();
    setInterval(() => undefined, 1_000);
    console.log('ready');
    return new Promise(() => {});
  },
  'close()': async () => {
    logMany();
    await logger.close();
    process.exit(0);
  },
  success: () => logMany(),
};

const { withContext: begin } = process.env.COPY === 'cjs' ? cjs : { withContext };
void begin({}, ends[process.env.END], options);
