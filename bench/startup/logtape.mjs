import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { getCloudWatchLogsSink } from '@logtape/cloudwatch-logs';
import { configureSync, disposeSync, getLogger, jsonLinesFormatter } from '@logtape/logtape';
import { endpoint, mark, region, target, tellMarks } from './marks.mjs';

mark('imported');
const client = new CloudWatchLogsClient({ endpoint, region });
const cloudwatch = getCloudWatchLogsSink({ client, ...target, formatter: jsonLinesFormatter });
configureSync({
  // Only an asynchronous configuration may dispose of the sink. This program flushes it by itself.
  sinks: { cloudwatch: (record) => cloudwatch(record) },
  loggers: [
    { category: 'app', sinks: ['cloudwatch'], lowestLevel: 'info' },
    { category: ['logtape', 'meta'], sinks: [], lowestLevel: 'error' },
  ],
});
getLogger('app').info('ready', { service: 'checkout' });
mark('logged');
void deliver();

async function deliver() {
  await cloudwatch[Symbol.asyncDispose]();
  mark('delivered');
  disposeSync();
  tellMarks();
}
