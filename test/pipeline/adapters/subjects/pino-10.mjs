import pino from 'pino';
import { openTransport } from './support/pino.mjs';

export { levels, limitsOfTransport as limits, read } from './support/pino.mjs';

export const title = 'pino 10, transport in a worker thread';

export const open = (options, extras) => openTransport(pino, options, extras);
