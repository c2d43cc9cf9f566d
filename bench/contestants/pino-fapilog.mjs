import { fileURLToPath } from 'node:url';
import { throughPinoTransport } from './support/pino-transport.mjs';

const target = fileURLToPath(new URL('../../dist/esm/runtime/adapters/pino.js', import.meta.url));

export default {
  configuration:
    '`pino.transport` to fapilog-cloudwatch/pino, which delivers in the worker. Waits for `drain`',
  start: ({ endpoint, region, logGroupName, logStreamName }) =>
    throughPinoTransport({
      target,
      options: { logGroupName, logStreamName, region, endpointUrl: endpoint },
    }),
};
