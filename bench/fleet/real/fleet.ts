import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { seeded } from '../../../tools/soak/seeded.js';
import type { DeliveryReport } from '../../../runtime/delivery-report.js';
import type { Plan } from './plan.js';
import { Program } from './program.js';

/** What a writer says of itself at its end. */
export interface WriterReport {
  readonly name: string;
  readonly logged: number;
  readonly account: DeliveryReport;
  /** Resident bytes before it logs, and the most since. */
  readonly memory: { readonly atStart: number; readonly most: number };
  /** Of each event: how much later than it should have been it was logged, because the machine was busy. */
  readonly latenessMs: readonly number[];
}

/** What the neighbour says of its calls. */
export interface NeighbourReport {
  readonly calls: number;
  /** At the first attempt. */
  readonly atOnce: number;
  /** At some attempt. */
  readonly granted: number;
  /** How the others ended, by name. */
  readonly refusals: Readonly<Record<string, number>>;
}

/** An event as it was read from the server: its log stream, its number there, and the time from the log call until the server had it. */
export type StoredEvent = readonly [logStreamName: string, number: number, delayMs: number];

/** A call as the server has it in its account: `CallRecord` of fapilog-cloudwatch/testing. */
export interface ServerCall {
  readonly operation: string;
  readonly logStreamName: string;
  readonly receivedAtMs: number;
  readonly settledAtMs: number;
  readonly status: number;
  readonly errorName?: string | undefined;
}

/** What became of a fleet of processes, as everybody says who took part. */
export interface FleetRun {
  readonly writers: readonly WriterReport[];
  readonly neighbour: NeighbourReport;
  readonly stored: readonly StoredEvent[];
  readonly calls: readonly ServerCall[];
  /** When the first writer could begin, by the clock of the machine. */
  readonly fromMs: number;
}

export interface FleetSurroundings {
  /** The folder of the programs. */
  readonly folder: string;
  /** Hears how far it is. */
  readonly say: (what: string) => void;
  /** Time that a writer has to deliver what waits when the last event was logged. */
  readonly tailSeconds: number;
  /** Called when all processes have started, with their ids. */
  readonly begins?: ((pids: readonly number[]) => void) | undefined;
}

export const NEIGHBOUR = 'neighbour';

/** The log calls begin when everybody has been told. */
const LEAD_MS = 1_000;

/** Processes that start at the same time. */
const STARTING = 4;

/** Runs a fleet of processes and its neighbour against a server in a process of its own. All of them have ended when it resolves or rejects. */
export async function runFleet(plan: Plan, surroundings: FleetSurroundings): Promise<FleetRun> {
  const started: Program[] = [];
  const start: Start = (program, argument) => {
    const each = new Program(join(surroundings.folder, program), argument);
    started.push(each);
    return each;
  };
  try {
    const members = await startMembers(plan, surroundings, start);
    surroundings.begins?.(started.map(({ pid }) => pid));
    return await runMembers(plan, members, surroundings);
  } finally {
    await Promise.all(started.map((each) => each.stop()));
  }
}

type Start = (program: string, argument: unknown) => Program;

interface Members {
  readonly server: Program;
  readonly reader: Program;
  readonly neighbour: Program;
  readonly writers: readonly Program[];
}

async function startMembers(plan: Plan, { tailSeconds }: FleetSurroundings, start: Start): Promise<Members> {
  const { limitTps, neighbourCalls, eventsPerSecond, bytes, restraint } = plan;
  const server = start('server.mjs', String(limitTps));
  const common = { logGroupName: '/fleet/real', endpointUrl: await server.next<string>() };
  const shared = { ...common, name: NEIGHBOUR };
  const reader = await ready(start('reader.mjs', shared));
  const neighbour = await ready(start('neighbour.mjs', { ...shared, callsPerSecond: neighbourCalls }));
  const load = { ...common, eventsPerSecond, bytes, tailSeconds, restraint };
  const writers: Program[] = [];
  const left = Array.from({ length: plan.writers }, (_, index) => `writer-${index}`);
  while (left.length > 0) {
    const some = left.splice(0, STARTING).map((name) => ready(start('writer.mjs', { ...load, name })));
    writers.push(...(await Promise.all(some)));
  }
  return { server, reader, neighbour, writers };
}

async function ready(program: Program): Promise<Program> {
  await program.next();
  return program;
}

async function runMembers(
  plan: Plan,
  { server, reader, neighbour, writers }: Members,
  { say }: FleetSurroundings,
): Promise<FleetRun> {
  const fromMs = Date.now() + LEAD_MS;
  const untilMs = fromMs + plan.seconds * 1_000;
  const random = seeded(plan.seed);
  for (const writer of writers)
    writer.tell({ fromMs: fromMs + random() * plan.startSeconds * 1_000, untilMs });
  neighbour.tell({ fromMs, untilMs });
  say(`${plan.writers} processes log for ${plan.seconds} seconds`);
  const reports = Promise.all([
    Promise.all(writers.map((writer) => writer.next<WriterReport>())),
    neighbour.next<NeighbourReport>(),
  ]);
  await Promise.race([sleep(untilMs - Date.now()), reports]);
  say('they deliver what waits');
  const [writerReports, neighbourReport] = await reports;
  say('what the server has is read');
  server.tell({});
  // Before the events: reading makes calls, too.
  const calls = await server.next<ServerCall[]>();
  reader.tell({});
  const stored = await reader.next<StoredEvent[]>();
  return { writers: writerReports, neighbour: neighbourReport, calls, stored, fromMs };
}
