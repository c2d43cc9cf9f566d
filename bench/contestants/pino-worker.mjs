import { throughPinoTransport } from './support/pino-transport.mjs';

export default {
  configuration:
    '`pino.transport` to `pino/file` on /dev/null: what a worker costs that formats nothing and delivers nothing. Waits for `drain`',
  start: () => throughPinoTransport({ target: 'pino/file', options: { destination: '/dev/null' } }),
};
