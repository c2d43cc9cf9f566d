/**
 * Logs at a steady pace beside a spool that has something to do, and measures each turn of the event loop:
 * `spool.mjs <seconds of each case>`.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudWatchSink, getLogger } from '../../dist/esm/runtime/index.js';
import { eventOf, templates } from '../../dist/build/bench/events.js';
import { quantile } from '../../dist/build/bench/statistics.js';

const EVENTS_PER_MS = 10;
const WARM_UP_MS = 1_000;

/** Nobody listens there. */
const AWAY = { endpointUrl: 'http://127.0.0.1:1', maxQueueBytes: 4 * 1_048_576 };

/** What the case before left on disk is there for the next one. The last one takes its time until the disk is full. */
const CASES = [
  { name: 'no spool', options: { spoolDir: undefined } },
  { name: 'nothing to do', options: {} },
  { name: 'memory is full, all goes to disk', options: AWAY },
  { name: 'the service is back, all comes back from disk', options: { spoolMaxBytes: 16 * 1_048_576 } },
  {
    name: 'memory and disk are full, the oldest go',
    options: { ...AWAY, spoolMaxBytes: 16 * 1_048_576 },
    leastSeconds: 6,
  },
];

const [, , seconds] = process.argv;
const spoolDir = mkdtempSync(join(tmpdir(), 'bench-spool-'));
templates();
const samples = [];
for (const { name, options, leastSeconds = 0 } of CASES) {
  const sink = new CloudWatchSink({ spoolDir, onDiagnostic: () => undefined, ...options });
  const logger = getLogger({ sinks: [sink] });
  const turns = await logSteadily(logger, Math.max(Number(seconds), leastSeconds));
  const { spoolBytes, dropped, adopted } = sink.stats();
  samples.push({ name, ...summaryOf(turns), spoolBytes, dropped: dropped.total, adopted });
  await logger.close({ deadlineMs: 0 });
}
rmSync(spoolDir, { recursive: true });
process.send(samples, () => process.exit());

/** Milliseconds by which each turn of the loop was late, and those that this thread worked in it. */
function logSteadily(logger, forSeconds) {
  const startMs = performance.now();
  const endMs = startMs + WARM_UP_MS + forSeconds * 1_000;
  const turns = { late: [], work: [] };
  let logged = 0;
  let lastMs = startMs;
  let lastWorkMs = workMs();
  return new Promise((resolve) => {
    const turn = () => {
      const nowMs = performance.now();
      const nowWorkMs = workMs();
      if (nowMs - startMs >= WARM_UP_MS) {
        turns.late.push(Math.max(0, nowMs - lastMs - 1));
        turns.work.push(nowWorkMs - lastWorkMs);
      }
      lastMs = nowMs;
      lastWorkMs = nowWorkMs;
      for (const due = (nowMs - startMs) * EVENTS_PER_MS; logged < due; logged++) {
        const { level, message, fields } = eventOf(logged);
        logger[level](message, fields);
      }
      if (nowMs < endMs) setTimeout(turn, 1);
      else resolve(turns);
    };
    setTimeout(turn, 1);
  });
}

/** Processor time of this thread, which other programs do not disturb; only Linux tells it. */
function workMs() {
  try {
    return (
      Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'latin1').split(' ')[0]) / 1_000_000
    );
  } catch {
    return performance.now();
  }
}

function summaryOf({ late, work }) {
  const lateSorted = Float64Array.from(late).toSorted();
  const workSorted = Float64Array.from(work).toSorted();
  return {
    lateMs: { p99: quantile(lateSorted, 0.99), max: quantile(lateSorted, 1) },
    workMs: { p99: quantile(workSorted, 0.99), max: quantile(workSorted, 1) },
  };
}
