import pino from 'pino9';
import { limitsOfTransport, openTransport } from './support/pino.mjs';

export { levels, read } from './support/pino.mjs';

export const title = 'pino 9, transport in a worker thread';

export const limits = {
  ...limitsOfTransport,
  flush: 'flush of pino 9 calls back once the worker has the lines',
};

export const open = (options, extras) => openTransport(pino, options, extras);
