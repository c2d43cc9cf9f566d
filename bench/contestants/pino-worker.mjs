import { once } from 'node:events';
import { pino } from 'pino';

export default {
  configuration:
    '`pino.transport` to `pino/file` on /dev/null: what a worker costs that formats nothing and delivers nothing. Waits for `drain`',
  async start() {
    const transport = pino.transport({ target: 'pino/file', options: { destination: '/dev/null' } });
    await once(transport, 'ready');
    const logger = pino({}, transport);
    return {
      log: ({ message, fields }) => logger.info(fields, message),
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
  },
};
