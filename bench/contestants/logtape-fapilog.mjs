import { configure, dispose, getLogger } from '@logtape/logtape';
import { getCloudWatchSink } from '../../dist/esm/runtime/adapters/logtape.js';

export default {
  configuration:
    '@logtape/logtape with `getCloudWatchSink` of fapilog-cloudwatch/logtape. Closed with `dispose()`',
  async start({ endpoint, region, logGroupName, logStreamName }) {
    const cloudwatch = getCloudWatchSink({ logGroupName, logStreamName, region, endpointUrl: endpoint });
    await configure({
      sinks: { cloudwatch },
      loggers: [
        { category: 'app', sinks: ['cloudwatch'], lowestLevel: 'info' },
        { category: ['logtape', 'meta'], sinks: [], lowestLevel: 'error' },
      ],
    });
    const logger = getLogger('app');
    return { log: ({ level, message, fields }) => logger[level](message, fields), close: () => dispose() };
  },
};
