import { pinoTransport } from './pino/pino-transport.js';

export { pinoStream, type PinoStream, type PinoStreamOptions } from './pino/pino-stream.js';
export type { PinoTransport, PinoTransportOptions } from './pino/pino-transport.js';
export type { FinishedLinesOptions } from './lines/finished-lines.js';
// Named there: an ES module sees the default of a CommonJS declaration as the whole module.
export default pinoTransport;
