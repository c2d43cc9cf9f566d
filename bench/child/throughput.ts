/** Logs events as fast as the contestant accepts them: `throughput.js <contestant> <events>`. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { loadContestant, type Running } from '../contestant.js';
import { eventOf, lineOf, templates, type BenchEvent, type Line } from '../events.js';
import { targetOfEnvironment } from './target.js';
import { cpuSince, cpuUsed, peakRssBytes } from './usage.js';

export interface ThroughputSample {
  readonly wallMs: number;
  readonly mainMs: number;
  readonly processMs: number;
  readonly peakRssBytes: number;
}

/** Number of events between two turns of the event loop. A program that logs has other things to do, too. */
const EVENTS_PER_TURN = 250;

const [, , name, count] = process.argv;
const events = Number(count);
// Keeps the process alive. Worker threads of loggers do not, so waiting for one would end the process.
setInterval(() => undefined, 1_000_000);
const contestant = await loadContestant(name!);
templates();
const event = contestant.takesLines ? linesMade() : eventOf;
const running = await contestant.start(targetOfEnvironment());

const cpu = cpuUsed();
const startMs = performance.now();
await logAll(running, event);
await running.close();
const sample: ThroughputSample = {
  wallMs: performance.now() - startMs,
  ...cpuSince(cpu),
  peakRssBytes: peakRssBytes(),
};
process.send!(sample, () => process.exit());

async function logAll(logger: Running, eventAt: (id: number) => BenchEvent | Line): Promise<void> {
  for (let id = 0; id < events; id++) {
    if (logger.needsDrain) await logger.ready!();
    logger.log(eventAt(id));
    if (id % EVENTS_PER_TURN === EVENTS_PER_TURN - 1) await nextTurn();
  }
}

function linesMade(): (id: number) => Line {
  const lines = Array.from({ length: events }, (_, id) => lineOf(eventOf(id), Date.now()));
  return (id) => lines[id]!;
}
