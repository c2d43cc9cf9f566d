import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CONTESTANTS, type ContestantName } from './contestant.js';
import { PROGRAMS, type Program } from './program.js';

export const MEASUREMENTS = [
  'throughput',
  'latency',
  'network',
  'large',
  'heavy',
  'spool',
  'waiting',
  'startup',
  'bundle',
  'lambda',
  'synth',
  'nodes',
  'adapters',
] as const;

export type Measurement = (typeof MEASUREMENTS)[number];

export interface Options {
  /** Whether the page is written: everything is measured, with all repetitions. */
  readonly isFull: boolean;
  /** Whether the page of the adapters is written. */
  readonly isOfAdapters: boolean;
  readonly only: readonly ContestantName[];
  readonly measure: readonly Measurement[];
  /** Seconds that each measurement takes on a quiet machine, for the time left. */
  readonly expectedSeconds: Readonly<Partial<Record<Measurement, number>>>;
  /** Folder of another build of this project, which is measured as fapilog-before. @default - none */
  readonly baseline?: string | undefined;
  /** Number of events in a run of the throughput. */
  readonly events: number;
  readonly repetitions: number;
  /** Contestants that are measured over TLS and with late answers. */
  readonly networkOf: readonly ContestantName[];
  readonly networkEvents: number;
  readonly networkRepetitions: number;
  /** Number of events in a run of the throughput of an adapter. */
  readonly adapterEvents: number;
  readonly adapterRepetitions: number;
  /** Whether their log calls are timed, too. */
  readonly timesAdapters: boolean;
  /** Calls for each size of a long message. */
  readonly largeCalls: number;
  /** Number of fresh processes per start-up or synthesis. They are short, so there can be many. */
  readonly starts: number;
  readonly startsOf: readonly Program[];
  /** Number of cold starts of each Lambda function. Their differences are of a few milliseconds. */
  readonly functionStarts: number;
  readonly synths: number;
  /** Number of synthesized stacks of either kind in a warm process. */
  readonly warmSynths: number;
  /** Contestants whose log call is timed, and the number of repetitions. */
  readonly latencyOf: readonly ContestantName[];
  readonly latencyRepetitions: number;
  /** Seconds from the start that are cold, and those after them that are warm. */
  readonly coldSeconds: number;
  readonly latencySeconds: number;
}

export const HELP = `usage: npm run bench -- [--quick | --full | --adapters] [options]

  --quick                under 2 minutes; fails if a logger of ours loses, duplicates or is refused anything
  --full                 at most 25 minutes; writes docs/benchmarks.md, and refuses to on a busy machine
  --adapters             at most 8 minutes; writes docs/benchmarks/adapters.md, and refuses to on a busy machine
  --baseline <folder>    another checkout of this project, built, to compare with: fapilog-before
  --only <name,...>      of ${CONTESTANTS.join(', ')}
  --measure <name,...>   of ${MEASUREMENTS.join(', ')}
  --events <n>           events of each run
  --repetitions <n>      times that everything is measured
  --help                 this text

Without --full or --adapters, or with --only or --measure, no page is written.`;

/**
 * Returns undefined if the user asked for help.
 *
 * @throws OptionsError for an unknown option or a wrong value
 */
export function parseOptions(args: readonly string[]): Options | undefined {
  const { values } = parsed(args);
  if (values.help) return undefined;
  const sizes = (['quick', 'full', 'adapters'] as const).filter((name) => values[name]);
  if (sizes.length > 1) throw new OptionsError(`--${sizes.join(' and --')} exclude each other; choose one`);
  const isFull = values.full === true;
  const isOfAdapters = values.adapters === true;
  const size = isFull || isOfAdapters ? FULL : QUICK;
  const repetitions = whole('--repetitions', values.repetitions, 100);
  const events = whole('--events', values.events, 1_000_000);
  const baseline = values.baseline === undefined ? undefined : builtFolder(values.baseline);
  const isComplete = isFull || values.only !== undefined;
  const chosen = names('--only', values.only, CONTESTANTS).filter(
    (name) => name !== 'fapilog-before' || baseline !== undefined,
  );
  const measure = names('--measure', values.measure, MEASUREMENTS).filter(
    (name) => values.measure !== undefined || isMeasured(name, { isFull, isOfAdapters }),
  );
  const choice = (quick: readonly string[]): ContestantName[] =>
    chosen.filter((name) => isComplete || quick.includes(name));
  return {
    ...size,
    isFull: isFull && values.only === undefined && values.measure === undefined,
    isOfAdapters: isOfAdapters && values.only === undefined && values.measure === undefined,
    only: chosen.filter((name) => isComplete || !SLOW.includes(name)),
    latencyOf: choice(QUICK_LATENCY).filter((name) => !SENDERS.includes(name)),
    networkOf: choice(QUICK_NETWORK).filter((name) => NETWORK.includes(name)),
    startsOf: isFull ? PROGRAMS : QUICK_STARTS,
    measure,
    expectedSeconds: Object.fromEntries(measure.map((name) => [name, size.expectedSeconds[name]])),
    ...(baseline === undefined ? {} : { baseline }),
    ...(events ? { events, networkEvents: events, adapterEvents: events } : {}),
    ...(repetitions ? repeated(repetitions) : {}),
  };
}

/** A full run leaves the adapters to one of their own, and a quick one other versions of Node.js. */
function isMeasured(
  name: Measurement,
  { isFull, isOfAdapters }: Pick<Options, 'isFull' | 'isOfAdapters'>,
): boolean {
  if (isOfAdapters) return name === 'adapters';
  return name !== (isFull ? 'adapters' : 'nodes');
}

export class OptionsError extends Error {
  override readonly name = 'OptionsError';
}

const QUICK = {
  events: 20_000,
  repetitions: 1,
  networkEvents: 20_000,
  networkRepetitions: 1,
  adapterEvents: 2_000,
  adapterRepetitions: 1,
  timesAdapters: false,
  largeCalls: 5,
  latencyRepetitions: 1,
  coldSeconds: 2,
  latencySeconds: 1,
  starts: 1,
  functionStarts: 1,
  synths: 1,
  warmSynths: 10,
  expectedSeconds: {
    throughput: 15,
    latency: 20,
    network: 5,
    large: 5,
    heavy: 5,
    spool: 14,
    waiting: 4,
    startup: 6,
    bundle: 1,
    lambda: 4,
    synth: 4,
    nodes: 30,
    adapters: 15,
  },
};
const FULL: typeof QUICK = {
  events: 200_000,
  repetitions: 5,
  networkEvents: 100_000,
  networkRepetitions: 3,
  adapterEvents: 100_000,
  adapterRepetitions: 3,
  timesAdapters: true,
  largeCalls: 21,
  latencyRepetitions: 5,
  coldSeconds: 3,
  latencySeconds: 3,
  starts: 11,
  functionStarts: 31,
  synths: 11,
  warmSynths: 30,
  expectedSeconds: {
    throughput: 390,
    latency: 390,
    network: 130,
    large: 15,
    heavy: 6,
    spool: 24,
    waiting: 15,
    startup: 110,
    bundle: 2,
    lambda: 90,
    synth: 30,
    nodes: 130,
    adapters: 420,
  },
};

/** Left out of a quick run, because they make one call per second or many small ones. */
const SLOW: readonly string[] = ['pino-cloudwatch-transport', 'winston-aws-cloudwatch'];

/** These send lines and so have no log call to time. */
const SENDERS: readonly string[] = ['bare-sdk', 'bare-sdk-gzip', 'bare-signed', 'bare-signed-gzip'];

/** Those that can be told to use TLS, and do not need minutes when answers are late. */
const NETWORK: readonly string[] = [
  'bare-sdk',
  'bare-sdk-gzip',
  'fapilog',
  'fapilog-sdk',
  'fapilog-worker',
  'fapilog-before',
  'winston-cloudwatch',
  'logtape',
];

/** Enough for a quick run. */
const QUICK_LATENCY: readonly string[] = ['null', 'pino-worker', 'fapilog', 'fapilog-worker', 'fapilog-sdk'];
const QUICK_NETWORK: readonly string[] = ['bare-sdk-gzip', 'fapilog'];
const QUICK_STARTS: readonly Program[] = ['empty', 'pino', 'fapilog', 'bare-sdk'];

function repeated(repetitions: number) {
  return {
    repetitions,
    latencyRepetitions: repetitions,
    networkRepetitions: repetitions,
    adapterRepetitions: repetitions,
    starts: repetitions,
    functionStarts: repetitions,
    synths: repetitions,
  };
}

/** The entry point of a build, which another one is compared with. */
const BUILT = 'dist/esm/runtime/index.js';

function builtFolder(folder: string): string {
  const path = resolve(folder);
  if (!existsSync(resolve(path, BUILT)))
    throw new OptionsError(
      `--baseline is ${JSON.stringify(folder)}, which has no ${BUILT}; expected a checkout of this project after npm run build`,
    );
  return path;
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        quick: { type: 'boolean' },
        full: { type: 'boolean' },
        adapters: { type: 'boolean' },
        only: { type: 'string' },
        measure: { type: 'string' },
        baseline: { type: 'string' },
        events: { type: 'string' },
        repetitions: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new OptionsError(`${(error as Error).message}; see --help`, { cause: error });
  }
}

function names<Name extends string>(
  option: string,
  value: string | undefined,
  known: readonly Name[],
): readonly Name[] {
  if (value === undefined) return known;
  const given = value.split(',').map((name) => name.trim());
  const unknown = given.filter((name) => !known.includes(name as Name));
  if (unknown.length > 0)
    throw new OptionsError(
      `${option} has ${unknown.map((name) => JSON.stringify(name)).join(', ')}; expected some of ${known.join(', ')}`,
    );
  return known.filter((name) => given.includes(name));
}

function whole(option: string, value: string | undefined, max: number): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1 && number <= max) return number;
  throw new OptionsError(`${option} is ${JSON.stringify(value)}; expected a whole number from 1 to ${max}`);
}
