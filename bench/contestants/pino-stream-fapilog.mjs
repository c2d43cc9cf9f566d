import { pino } from 'pino';
import { pinoStream } from '../../dist/esm/runtime/adapters/pino.js';

export default {
  configuration: '`pino({}, pinoStream())` of fapilog-cloudwatch/pino, in the application’s thread',
  start({ endpoint, region, logGroupName, logStreamName }) {
    const stream = pinoStream({ logGroupName, logStreamName, region, endpointUrl: endpoint });
    const logger = pino({}, stream);
    return {
      log: ({ level, message, fields }) => logger[level](fields, message),
      close: () => stream.close({ deadlineMs: 120_000 }),
    };
  },
};
