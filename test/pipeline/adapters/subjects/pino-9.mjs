import pino from 'pino9';
import { openTransport } from './support/pino.mjs';

export { levels, limitsOfTransport as limits, read } from './support/pino.mjs';

export const title = 'pino 9, transport in a worker thread';

export const open = (options, extras) => openTransport(pino, options, extras);
