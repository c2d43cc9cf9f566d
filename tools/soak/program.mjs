// What `npm run soak` watches: logs at a steady rate, and says what it takes when it is asked.
import { readdirSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { getLogger, Settings } from '../../dist/esm/runtime/index.js';

const { endpointUrl, spoolDir, eventsPerSecond, isWorker } = JSON.parse(process.env.SOAK);
const TICK_MS = 20;
const MEMORY_BYTES = 4_194_304;
/** The delay that is measured is that of a timer of this interval, which is taken off. */
const RESOLUTION_MS = 10;
const CLOSE_MS = 60_000;
/** Sockets and modules are closed in turns of the loop that follow. */
const SETTLE_MS = 2_000;

process.on('message', (asked) => (asked === 'end' ? void end() : sample('sample', logger.stats())));
// What the process itself opens late is no handle of the logger.
void [process.stdout, process.stderr];
await sleep(SETTLE_MS);
const before = held();
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
const logger = getLogger({
  settings: new Settings(
    {
      core: { enrich: false },
      sinkConfig: {
        cloudwatch: {
          logGroupName: '/myapp/production',
          logStreamName: 'soak',
          region: 'us-east-1',
          endpointUrl,
          spoolDir,
          maxQueueBytes: MEMORY_BYTES,
          batchTimeoutSeconds: 0.2,
          requestTimeoutSeconds: 2,
        },
      },
    },
    { env: {} },
  ),
  worker: isWorker,
});
let logged = 0;

function held() {
  const handles = {};
  for (const kind of process.getActiveResourcesInfo()) handles[kind] = (handles[kind] ?? 0) + 1;
  return { files: openFiles(), handles };
}

function openFiles() {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return undefined;
  }
}

const lateMs = (nanoseconds) => Math.max(0, nanoseconds / 1_000_000 - RESOLUTION_MS);

function sample(kind, account, more = {}) {
  const late = {
    p50: lateMs(delay.percentile(50)),
    p99: lateMs(delay.percentile(99)),
    max: lateMs(delay.max),
  };
  globalThis.gc();
  const { rss: rssBytes, heapUsed: heapBytes } = process.memoryUsage();
  process.send({ kind, logged, account, rssBytes, heapBytes, ...held(), lateMs: late, ...more });
  // What the collection of garbage took is no delay of the logger.
  setImmediate(() => delay.reset());
}

const startMs = performance.now();
const ticks = setInterval(() => {
  const due = ((performance.now() - startMs) / 1_000) * eventsPerSecond;
  while (logged < due)
    logger.info(`order ${logged++}`, { customer: 'c-4711', amount: 12.5, padding: 'x'.repeat(200) });
}, TICK_MS);
delay.enable();

async function end() {
  clearInterval(ticks);
  const account = await logger.close({ deadlineMs: CLOSE_MS });
  delay.disable();
  await sleep(SETTLE_MS);
  sample('end', account, { before });
  process.disconnect();
}
