import { once } from 'node:events';
import { pino } from 'pino';

export default {
  configuration:
    'pino with @serdnam/pino-cloudwatch-transport in its worker, `interval` at its default, 1 s: it makes one call a second whatever it says. The endpoint is given by AWS_ENDPOINT_URL_CLOUDWATCH_LOGS. Waits for `drain`',
  async start({ region, logGroupName, logStreamName }) {
    const transport = pino.transport({
      target: '@serdnam/pino-cloudwatch-transport',
      options: { logGroupName, logStreamName, awsRegion: region, interval: 1_000 },
    });
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
