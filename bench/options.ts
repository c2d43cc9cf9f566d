import { parseArgs } from 'node:util';
import { CONTESTANTS, type ContestantName } from './contestant.js';

export const MEASUREMENTS = [
  'throughput',
  'latency',
  'heavy',
  'spool',
  'startup',
  'bundle',
  'synth',
] as const;

export type Measurement = (typeof MEASUREMENTS)[number];

export interface Options {
  /** Whether the page is written: everything is measured, with all repetitions. */
  readonly isFull: boolean;
  readonly only: readonly ContestantName[];
  readonly measure: readonly Measurement[];
  /** Number of events in a run of the throughput. */
  readonly events: number;
  readonly repetitions: number;
  /** Number of fresh processes per start-up or synthesis. They are short, so there can be many. */
  readonly starts: number;
  readonly synths: number;
  /** Contestants whose log call is timed, and the number of repetitions. */
  readonly latencyOf: readonly ContestantName[];
  readonly latencyRepetitions: number;
  /** Seconds for which the log call is measured, after {@link warmUpSeconds} that do not count. */
  readonly latencySeconds: number;
  readonly warmUpSeconds: number;
}

export const HELP = `usage: npm run bench -- [--quick | --full] [options]

  --quick                under 90 seconds; fails if a logger of ours loses, duplicates or is refused anything
  --full                 about 20 minutes; writes docs/benchmarks.md
  --only <name,...>      of ${CONTESTANTS.join(', ')}
  --measure <name,...>   of ${MEASUREMENTS.join(', ')}
  --events <n>           events of each run
  --repetitions <n>      times that everything is measured
  --help                 this text

Without --full, or with --only or --measure, no page is written.`;

/**
 * Returns undefined if the user asked for help.
 *
 * @throws OptionsError for an unknown option or a wrong value
 */
export function parseOptions(args: readonly string[]): Options | undefined {
  const { values } = parsed(args);
  if (values.help) return undefined;
  if (values.quick && values.full)
    throw new OptionsError('--quick and --full exclude each other; choose one');
  const repetitions = whole('--repetitions', values.repetitions, 100);
  const events = whole('--events', values.events, 1_000_000);
  const isFull = values.full === true;
  const chosen = names('--only', values.only, CONTESTANTS);
  const isSlow = (name: string): boolean => !isFull && values.only === undefined && SLOW.includes(name);
  const isTimed = (name: string): boolean =>
    isFull || values.only !== undefined || QUICK_LATENCY.includes(name);
  return {
    isFull: isFull && values.only === undefined && values.measure === undefined,
    only: chosen.filter((name) => !isSlow(name)),
    latencyOf: chosen.filter((name) => !SENDERS.includes(name) && isTimed(name)),
    measure: names('--measure', values.measure, MEASUREMENTS),
    ...(isFull ? FULL : QUICK),
    ...(events ? { events } : {}),
    ...(repetitions
      ? { repetitions, latencyRepetitions: repetitions, starts: repetitions, synths: repetitions }
      : {}),
  };
}

export class OptionsError extends Error {
  override readonly name = 'OptionsError';
}

const QUICK = {
  events: 20_000,
  repetitions: 1,
  latencyRepetitions: 1,
  latencySeconds: 1,
  warmUpSeconds: 2,
  starts: 2,
  synths: 2,
};
const FULL = {
  events: 200_000,
  repetitions: 5,
  latencyRepetitions: 3,
  latencySeconds: 5,
  warmUpSeconds: 3,
  starts: 15,
  synths: 15,
};

/** Left out of a quick run, because they make one call per second or many small ones. */
const SLOW: readonly string[] = ['pino-cloudwatch-transport', 'winston-aws-cloudwatch'];

/** These send lines and so have no log call to time. */
const SENDERS: readonly string[] = ['bare-sdk', 'bare-sdk-gzip', 'bare-signed', 'bare-signed-gzip'];

/** Enough for a quick run. */
const QUICK_LATENCY: readonly string[] = ['null', 'pino-worker', 'fapilog', 'fapilog-worker'];

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        quick: { type: 'boolean' },
        full: { type: 'boolean' },
        only: { type: 'string' },
        measure: { type: 'string' },
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
