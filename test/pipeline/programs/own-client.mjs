import { createRequire } from 'node:module';
import { CloudWatchSink, getLogger } from '../../../dist/esm/runtime/index.js';

/** Delivers fifty events by a client of the SDK in the folder SDK, and says what it is afterwards. */
const { CloudWatchLogsClient, DescribeLogStreamsCommand } = createRequire(`${process.env.SDK}/`)(
  '@aws-sdk/client-cloudwatch-logs',
);
const client = new CloudWatchLogsClient({ region: 'us-east-1', endpoint: process.env.SERVICE_URL });
const before = JSON.stringify(client.middlewareStack.identify?.());
const sink = new CloudWatchSink({ client, logGroupName: '/app', logStreamName: 'api', retryBaseDelay: 0.01 });
const logger = getLogger({ sinks: [sink] });
for (let id = 0; id < 50; id++) logger.info('by this client', { id, padding: 'x'.repeat(100) });
const report = await logger.close({ deadlineMs: 20_000 });
const { logStreams } = await client.send(new DescribeLogStreamsCommand({ logGroupName: '/app' }));
const isUnchanged = before === JSON.stringify(client.middlewareStack.identify?.());
console.log(JSON.stringify({ report, streams: logStreams.length, isUnchanged }));
client.destroy();
