import { totalAccount, type Account } from '../../runtime/ack/ledger.js';
import type { SinkEdges } from '../../runtime/edges.js';
import { seeded } from '../../tools/soak/seeded.js';
import { Durations } from './durations.js';
import { startLoad } from './load.js';
import { Neighbour } from './neighbour.js';
import { backMs, type Scenario } from './scenario.js';
import { Service, type CallCounts, type Operation } from './service.js';
import { Timeline } from './timeline.js';
import { Writer } from './writer.js';

export interface Outcome {
  readonly account: Account;
  readonly logged: number;
  readonly stored: number;
  readonly repeated: number;
  /** From the log call until the service has stored the event. */
  readonly delays: Durations;
  readonly flushes: Durations;
  readonly seconds: Readonly<Record<Operation, CallCounts[]>>;
  /** Calls of the fleet, without its neighbour's. */
  readonly calls: number;
  readonly neighbour: Pick<Neighbour, 'all' | 'settled'>;
  /** Mean delays of the writers, in ascending order. */
  readonly writerDelaysMs: readonly number[];
  /** Events that waited, by second. */
  readonly pending: readonly number[];
  /** The calls in which events arrived that had been logged before the service was back. */
  readonly backlogCalls: number;
  /** From then until the last of these events had arrived. */
  readonly backlogSeconds: number;
  readonly mostBytesPerWriter: number;
}

/** Time that the fleet has after the last event was logged. */
const MAX_TAIL_SECONDS = 900;

/**
 * Runs a scenario. After each step, the account of every writer to which something happened has to balance.
 *
 * @throws Error if it does not.
 */
export async function simulate(
  scenario: Scenario,
  seed: number,
  edges: Partial<SinkEdges> = {},
): Promise<Outcome> {
  const random = seeded(seed);
  const timeline = new Timeline();
  const service = new Service(scenario.service, timeline, random);
  const delays = new Durations();
  const flushes = new Durations();
  const touched = new Set<Writer>();
  const untilMs = scenario.seconds * 1_000;
  const bytesBefore = heldBytes();
  const touch = (writer: Writer): void => void touched.add(writer);
  const recoveredMs = backMs(scenario);
  let backlogCalls = 0;
  let backlogSeconds = 0;
  const arrived = (loggedMs: number): void => {
    const isBacklog =
      timeline.monotonic() >= recoveredMs && loggedMs - timeline.now() < recoveredMs - timeline.monotonic();
    if (!isBacklog) return;
    backlogCalls++;
    backlogSeconds = (timeline.monotonic() - recoveredMs) / 1_000;
  };
  const writers = Array.from({ length: scenario.writers }, (_, index) => {
    const name = `writer-${index}`;
    if (scenario.hasStreams) service.provide(name);
    const { options = {} } = scenario;
    return new Writer({ name, service, timeline, random, options, edges, delays, touched: touch, arrived });
  });
  for (const [index, writer] of writers.entries()) {
    const fromMs = random() * scenario.startSeconds * 1_000;
    const load = (index === 0 && scenario.firstLoad) || scenario.load;
    const { bytes } = scenario;
    startLoad(load, { writer, timeline, random, fromMs, untilMs, bytes }, (ms) => flushes.add(ms));
  }
  const neighbour = new Neighbour(service, timeline, random);
  neighbour.start(scenario.neighbourCalls, untilMs);

  const pending: number[] = [];
  let mostBytes = 0;
  const pendingOf = new Map<Writer, number>();
  let waiting = 0;
  const afterStep = (): void => {
    for (const writer of touched) {
      const report = writer.check();
      waiting += report.pending - (pendingOf.get(writer) ?? 0);
      pendingOf.set(writer, report.pending);
    }
    touched.clear();
  };
  /** Looks at all, because what was logged since a writer's last step is not counted yet. */
  const isDrained = (): boolean => {
    for (const writer of writers) touched.add(writer);
    afterStep();
    return waiting === 0;
  };
  for (let second = 0; second < scenario.seconds + MAX_TAIL_SECONDS; second++) {
    if (second >= scenario.seconds && isDrained()) break;
    await timeline.run((second + 1) * 1_000, afterStep);
    pending.push(waiting);
    if (second % 60 === 59) mostBytes = Math.max(mostBytes, heldBytes() - bytesBefore);
  }
  for (const writer of writers) writer.thaw();
  const reports = writers.map((writer) => writer.check());
  return {
    account: totalAccount(reports),
    logged: sum(writers, ({ logged }) => logged),
    stored: sum(writers, ({ stored }) => stored),
    repeated: sum(writers, ({ repeated }) => repeated),
    delays,
    flushes,
    seconds: service.seconds,
    calls: sum(reports, ({ calls }) => calls),
    neighbour,
    writerDelaysMs: writers.map(({ meanDelayMs }) => meanDelayMs).toSorted((a, b) => a - b),
    pending,
    backlogCalls,
    backlogSeconds,
    mostBytesPerWriter: mostBytes / scenario.writers,
  };
}

function sum<Each>(all: readonly Each[], of: (each: Each) => number): number {
  return all.reduce((total, each) => total + of(each), 0);
}

function heldBytes(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
