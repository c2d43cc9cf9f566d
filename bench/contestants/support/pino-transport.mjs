import { once } from 'node:events';
import { pino } from 'pino';

/** pino with a transport in its worker. The worker is ready before the clock starts. */
export async function throughPinoTransport(options) {
  const transport = pino.transport(options);
  await once(transport, 'ready');
  const logger = pino({}, transport);
  return {
    log: ({ level, message, fields }) => logger[level](fields, message),
    get needsDrain() {
      return transport.writableNeedDrain;
    },
    ready: () => once(transport, 'drain'),
    async close() {
      const closed = once(transport, 'close');
      transport.end();
      await closed;
    },
  };
}
