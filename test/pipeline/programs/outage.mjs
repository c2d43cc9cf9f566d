// Logs at a steady rate while the service is down, and prints what memory it took and what became of the events.
import { CloudWatchSink, getLogger } from '../../../dist/esm/runtime/index.js';

const { SERVICE_URL, SPOOL_DIR, OUTAGE_MS, EVENTS_PER_SECOND, QUEUE_BYTES } = process.env;
const STEP_MS = 20;

const sink = new CloudWatchSink({
  logGroupName: '/myapp/production',
  logStreamName: 'api-server',
  region: 'us-east-1',
  endpointUrl: SERVICE_URL,
  maxQueueBytes: Number(QUEUE_BYTES),
  ...(SPOOL_DIR && { spoolDir: SPOOL_DIR }),
  env: {},
});
const logger = getLogger({ sinks: [sink] });

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const padding = 'x'.repeat(400);
let id = 0;

/** Catches up with the time that has passed, however late the timer is. */
async function log(forMs) {
  const startedMs = Date.now();
  const firstId = id;
  for (let passedMs = 0; passedMs < forMs; passedMs = Date.now() - startedMs) {
    const due = firstId + Math.floor((passedMs * Number(EVENTS_PER_SECOND)) / 1_000);
    while (id < due) logger.info('order placed', { id: id++, padding });
    measure();
    await wait(STEP_MS);
  }
}

const most = { rss: 0, heap: 0, pendingBytes: 0 };
function measure() {
  const { rss, heapUsed, external } = process.memoryUsage();
  most.rss = Math.max(most.rss, rss);
  most.heap = Math.max(most.heap, heapUsed + external);
  most.pendingBytes = Math.max(most.pendingBytes, sink.stats().pendingBytes);
}

// The code is warm, and everything is loaded.
await log(1_000);
await logger.flush();
measure();
const before = { ...most };
process.send('down');
await new Promise((resolve) => process.once('message', resolve));
await log(Number(OUTAGE_MS));
const atEnd = sink.stats();
process.send('up');
for (let stats = sink.stats(); stats.pending + stats.spooled > 0; stats = sink.stats()) {
  measure();
  await wait(STEP_MS);
}
const report = await logger.close({ deadlineMs: 60_000 });
process.send({ before, most, logged: id, atEnd, report }, () => process.exit(0));
