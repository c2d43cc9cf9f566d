import pino from 'pino9';
import { openStream } from './support/pino.mjs';

export { levels, limitsOfStream as limits, read } from './support/pino.mjs';

export const title = 'pino 9, stream in its own thread';

export const open = (options, extras) => openStream(pino, options, extras);
