/** Logs events as fast as the contestant accepts them: `throughput.js <contestant> <events>`. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { loadContestant, type Running } from '../contestant.js';
import { eventOf, lineOf, templates } from '../events.js';
import { packedCalls } from '../packing.js';
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
const running = await contestant.start(targetOfEnvironment());
const logging = contestant.takesCalls ? sending() : () => logAll(running);

const cpu = cpuUsed();
const startMs = performance.now();
await logging();
await running.close();
const sample: ThroughputSample = {
  wallMs: performance.now() - startMs,
  ...cpuSince(cpu),
  peakRssBytes: peakRssBytes(),
};
process.send!(sample, () => process.exit());

async function logAll(logger: Running): Promise<void> {
  for (let id = 0; id < events; id++) {
    if (logger.needsDrain) await logger.ready!();
    logger.log(eventOf(id));
    if (id % EVENTS_PER_TURN === EVENTS_PER_TURN - 1) await nextTurn();
  }
}

/** Makes and packs the lines now, so that only the calls remain to be made. */
function sending(): () => Promise<void> {
  const calls = packedCalls(Array.from({ length: events }, (_, id) => lineOf(eventOf(id), Date.now())));
  return async () => {
    for (const call of calls) {
      if (running.needsDrain) await running.ready!();
      running.log(call);
    }
  };
}
