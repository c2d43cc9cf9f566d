import { parseArgs } from 'node:util';
import { CONTESTANTS, type ContestantName } from './contestant.js';

export const MEASUREMENTS = ['throughput', 'latency', 'startup', 'bundle', 'synth'] as const;

export type Measurement = (typeof MEASUREMENTS)[number];

export interface Options {
  /** Whether the page is written: everything was measured, and at length. */
  readonly isFull: boolean;
  readonly only: readonly ContestantName[];
  readonly measure: readonly Measurement[];
  /** Events of a run of the throughput. */
  readonly events: number;
  readonly repetitions: number;
  /** Fresh processes per start-up or synthesis: short, so that there can be more of them. */
  readonly starts: number;
  readonly synths: number;
  /** Seconds that the log call is measured for, after as many that are not counted as {@link warmUpSeconds}. */
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

/** Undefined if the help was asked for. @throws OptionsError for what is not an option or not a value of it. */
export function parseOptions(args: readonly string[]): Options | undefined {
  const { values } = parsed(args);
  if (values.help) return undefined;
  if (values.quick && values.full)
    throw new OptionsError('--quick and --full exclude each other; choose one');
  const repetitions = values.repetitions && whole('--repetitions', values.repetitions, 100);
  const events = values.events && whole('--events', values.events, 1_000_000);
  const size = values.full ? FULL : QUICK;
  return {
    isFull: Boolean(values.full) && values.only === undefined && values.measure === undefined,
    only: names('--only', values.only, CONTESTANTS),
    measure: names('--measure', values.measure, MEASUREMENTS),
    ...size,
    ...(events ? { events } : {}),
    ...(repetitions ? { repetitions, starts: repetitions, synths: repetitions } : {}),
  };
}

export class OptionsError extends Error {
  override readonly name = 'OptionsError';
}

const QUICK = { events: 20_000, repetitions: 1, starts: 2, synths: 2, latencySeconds: 1, warmUpSeconds: 1 };
const FULL = { events: 200_000, repetitions: 5, starts: 15, synths: 15, latencySeconds: 6, warmUpSeconds: 3 };

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

function whole(option: string, value: string, max: number): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1 && number <= max) return number;
  throw new OptionsError(`${option} is ${JSON.stringify(value)}; expected a whole number from 1 to ${max}`);
}
