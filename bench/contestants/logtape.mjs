import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { getCloudWatchLogsSink } from '@logtape/cloudwatch-logs';
import { configure, dispose, getLogger, jsonLinesFormatter } from '@logtape/logtape';
import { countInFlight } from './support/in-flight.mjs';

export default {
  configuration:
    '@logtape/logtape with @logtape/cloudwatch-logs, `jsonLinesFormatter`, `batchSize` 2,000 instead of 1,000: more would exceed the bytes of a call, which it checks only after adding. Offers no back-pressure, does not limit calls in flight, and its disposal does not wait for them: the benchmark does',
  async start({ endpoint, region, logGroupName, logStreamName }) {
    const client = new CloudWatchLogsClient({ endpoint, region });
    const calls = countInFlight(client);
    const cloudwatch = getCloudWatchLogsSink({
      client,
      logGroupName,
      logStreamName,
      batchSize: 2_000,
      formatter: jsonLinesFormatter,
    });
    await configure({
      sinks: { cloudwatch },
      loggers: [
        { category: 'app', sinks: ['cloudwatch'], lowestLevel: 'info' },
        { category: ['logtape', 'meta'], sinks: [], lowestLevel: 'error' },
      ],
    });
    const logger = getLogger('app');
    return {
      log: ({ level, message, fields }) => logger[level](message, fields),
      async close() {
        await dispose();
        await calls.settled();
      },
    };
  },
};
