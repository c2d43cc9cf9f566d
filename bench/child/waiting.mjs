/**
 * Measures the memory of events that wait because nobody answers: `waiting.mjs`, with --expose-gc. Two sizes of queue
 * are compared, so that what is there once does not count. Then delivers the events between the two sizes to the
 * endpoint, which sees how many bytes they take.
 */
import { CloudWatchSink, getLogger } from '../../dist/esm/runtime/index.js';
import { eventOf, templates } from '../../dist/build/bench/events.js';

const FIRST = 20_000;
const LAST = 120_000;

templates();
// Nobody listens there.
const sink = new CloudWatchSink({
  endpointUrl: 'http://127.0.0.1:1',
  maxQueueBytes: 256 * 1_048_576,
  onDiagnostic: () => undefined,
});
const logger = getLogger({ sinks: [sink] });
await logTo(0, FIRST);
const before = await memory();
await logTo(FIRST, LAST);
const after = await memory();
const { pending } = sink.stats();
if (pending !== LAST) throw new Error(`${pending} events wait; expected ${LAST}`);
const each = (key) => (after[key] - before[key]) / (LAST - FIRST);
const sample = {
  events: LAST - FIRST,
  heapBytes: each('heap'),
  bufferBytes: each('buffers'),
  countedBytes: each('counted'),
};
await deliver();
// At an ordinary exit, all that waits would be written to stderr.
process.send(sample, () => process.kill(process.pid, 'SIGKILL'));

async function logTo(from, to) {
  for (let id = from; id < to; id++) {
    const { level, message, fields } = eventOf(id);
    logger[level](message, fields);
    if (id % 250 === 0) await nextTurn();
  }
}

async function deliver() {
  const delivering = getLogger();
  for (let id = FIRST; id < LAST; id++) {
    if (delivering.needsDrain) await delivering.ready();
    const { level, message, fields } = eventOf(id);
    delivering[level](message, fields);
  }
  const { delivered } = await delivering.close({ deadlineMs: 60_000 });
  if (delivered !== LAST - FIRST)
    throw new Error(`${delivered} events were delivered; expected ${LAST - FIRST}`);
}

async function memory() {
  for (let round = 0; round < 4; round++) {
    await nextTurn();
    globalThis.gc();
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return { heap: heapUsed, buffers: arrayBuffers, counted: sink.stats().pendingBytes };
}

function nextTurn() {
  return new Promise((resolve) => setImmediate(resolve));
}
