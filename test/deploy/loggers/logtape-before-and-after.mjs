/**
 * The programs of docs/loggers/logtape.md before and after the change: `logtape-before-and-after.mjs before|after <folder with the
 * packages of before>`. Both log the same by the same calls.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { getCloudWatchSink } from '../../../dist/esm/runtime/adapters/logtape.js';

const [, , way, folder] = process.argv;
const require = createRequire(join(folder, 'package.json'));
const { configure, dispose, getLogger, jsonLinesFormatter } = require('@logtape/logtape');

const target = { logGroupName: '/myapp/production', logStreamName: way, region: 'us-east-1' };
const endpoint = process.env.SERVICE_URL;

function sinkBefore() {
  const { getCloudWatchLogsSink } = require('@logtape/cloudwatch-logs');
  const client = new CloudWatchLogsClient({ endpoint, region: target.region });
  return getCloudWatchLogsSink({ ...target, client, flushInterval: 1_000, formatter: jsonLinesFormatter });
}

const sinkAfter = () => getCloudWatchSink({ ...target, endpointUrl: endpoint });

await configure({
  sinks: { cloudwatch: way === 'before' ? sinkBefore() : sinkAfter() },
  loggers: [
    { category: 'app', lowestLevel: 'trace', sinks: ['cloudwatch'] },
    { category: ['logtape', 'meta'], lowestLevel: 'error', sinks: [] },
  ],
});
const logger = getLogger(['app', 'orders']);
for (const level of ['trace', 'debug', 'info', 'warn', 'error', 'fatal'])
  logger[level]('order {orderId} placed', { orderId: 'ord-1', items: [1, { sku: 'a' }], level });
logger.error('payment failed: {error}', { error: new TypeError('card declined') });
logger.with({ requestId: 'r-1' }).info((l) => l`${2} of ${3}`);
await dispose();
