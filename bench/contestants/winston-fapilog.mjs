import { once } from 'node:events';
import winston from 'winston';
import { CloudWatchTransport } from '../../dist/esm/runtime/adapters/winston.js';

export default {
  configuration:
    'winston with `CloudWatchTransport` of fapilog-cloudwatch/winston, no format. Ended with `logger.end()`, and its `finish` waited for',
  start({ endpoint, region, logGroupName, logStreamName }) {
    const transport = new CloudWatchTransport({ logGroupName, logStreamName, region, endpointUrl: endpoint });
    const logger = winston.createLogger({ transports: [transport] });
    return {
      log: ({ level, message, fields }) => logger[level](message, fields),
      async close() {
        const finished = once(transport, 'finish');
        logger.end();
        await finished;
      },
    };
  },
};
