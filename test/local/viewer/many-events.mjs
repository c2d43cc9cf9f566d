// A server as users start it, in a process of its own, with 100,000 events; 200 more arrive each second. Uses the built package.
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { startLocalCloudWatchLogs } from '../../../dist/esm/local/index.js';

const EVENTS = 100_000;
const EVENTS_A_CALL = 5_000;
const ARRIVING = { events: 20, everyMs: 100 };
const TARGET = { logGroupName: '/many', logStreamName: 's' };

const server = await startLocalCloudWatchLogs();
const client = new CloudWatchLogs({
  endpoint: server.endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'secret' },
});

let count = 0;

function put(events, timestampOf) {
  const logEvents = Array.from({ length: events }, () => ({
    timestamp: timestampOf(count),
    message: lineOf(count++),
  }));
  return client.putLogEvents({ ...TARGET, logEvents });
}

function lineOf(index) {
  return JSON.stringify({
    timestamp: '2026-01-15T12:00:00.000Z',
    level: index % 50 === 0 ? 'error' : 'info',
    message: `event ${index} of many`,
    service: 'api',
    requestId: `r-${index % 5_000}`,
    ms: index % 977,
  });
}

await client.createLogGroup({ logGroupName: TARGET.logGroupName });
await client.createLogStream(TARGET);
const startMs = Date.now() - 3_600_000;
while (count < EVENTS) await put(EVENTS_A_CALL, (index) => startMs + index * 30);
setInterval(() => put(ARRIVING.events, () => Date.now()), ARRIVING.everyMs);

process.send(server.endpoint);
process.once('disconnect', () => process.exit());
