export { pinoStream, type PinoStream, type PinoStreamOptions } from './pino/pino-stream.js';
export { default, type PinoTransport, type PinoTransportOptions } from './pino/pino-transport.js';
