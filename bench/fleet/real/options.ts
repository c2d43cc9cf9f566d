import { parseArgs } from 'node:util';
import type { Plan } from './plan.js';

export interface RealOptions {
  readonly plan: Plan;
  /** Whether the processes spare the quotas: the runs to make. */
  readonly modes: readonly boolean[];
  /** Where the outcome is written as JSON. */
  readonly output: string | undefined;
  /** Whether no process runs, and the simulations beside those of {@link PAGE_DATA} are made once more. */
  readonly isAgain: boolean;
}

export class RealOptionsError extends Error {}

/** Where the page takes the outcome from. */
export const PAGE_DATA = 'docs/scale/real-check.json';

interface NumberOption {
  readonly fallback: number;
  readonly least: number;
  readonly most: number;
  readonly isWhole: boolean;
  readonly about: string;
}

const NUMBERS = {
  writers: whole(200, 1, 2_000, 'processes that log, of some 60 MB each'),
  seconds: whole(240, 5, 3_600, 'time in which they log'),
  'start-seconds': whole(30, 0, 3_600, 'span in which they begin to, at random'),
  rate: { fallback: 1, least: 0.01, most: 10_000, isWhole: false, about: 'events a second of a process' },
  bytes: whole(400, 40, 100_000, 'bytes of an event'),
  'limit-tps': whole(25, 1, 10_000, 'calls a second of each operation that the account has'),
  neighbour: {
    fallback: 5,
    least: 0,
    most: 1_000,
    isWhole: false,
    about: 'calls a second of another logger of the account',
  },
  seed: whole(1, 1, 2 ** 31, 'other random numbers'),
} satisfies Record<string, NumberOption>;

type NumberName = keyof typeof NUMBERS;

export const HELP = `npm run fleet:real -- [options]

Runs processes that log against the local server with a quota, with the restraint and without it, and prints what they did beside what
the simulator says. It takes ten minutes.

${Object.entries(NUMBERS)
  .map(([name, { about, fallback }]) => `  --${`${name} <n>`.padEnd(20)}${about} (${fallback})`)
  .join('\n')}
  --mode <mode>         restrained or unrestrained only
  --output <file>       writes the outcome as JSON
  --write               writes it to ${PAGE_DATA}, for docs/scale.md
  --again               runs no process, and simulates once more beside those in ${PAGE_DATA}: after the
                        simulator was changed`;

/** @throws RealOptionsError naming the option, its value and what is allowed. */
export function parseRealOptions(args: readonly string[]): RealOptions | undefined {
  const values = parsed(args);
  if (values.help) return undefined;
  if (values.again && Object.keys(values).length > 1)
    throw new RealOptionsError(`--again: everything else is in ${PAGE_DATA}; leave out the other options`);
  const of = (name: NumberName): number => numberOf(name, values[name]);
  const plan: Plan = {
    writers: of('writers'),
    seconds: of('seconds'),
    startSeconds: of('start-seconds'),
    eventsPerSecond: of('rate'),
    bytes: of('bytes'),
    limitTps: of('limit-tps'),
    neighbourCalls: of('neighbour'),
    seed: of('seed'),
  };
  if (plan.startSeconds > plan.seconds)
    throw new RealOptionsError(
      `--start-seconds ${plan.startSeconds}: it is ${plan.seconds} (--seconds) at most, for all of them to log`,
    );
  if (values.write && (values.mode !== undefined || values.output !== undefined))
    throw new RealOptionsError('--write: the page has both modes; leave out --mode and --output');
  return {
    plan,
    modes: modesOf(values.mode),
    output: values.write ? PAGE_DATA : values.output,
    isAgain: values.again ?? false,
  };
}

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        writers: text,
        seconds: text,
        'start-seconds': text,
        rate: text,
        bytes: text,
        'limit-tps': text,
        neighbour: text,
        seed: text,
        mode: text,
        output: text,
        write: flag,
        again: flag,
        help: flag,
      },
    }).values;
  } catch (error) {
    throw new RealOptionsError(`${(error as Error).message}\n${HELP}`);
  }
}

function whole(fallback: number, least: number, most: number, about: string): NumberOption {
  return { fallback, least, most, isWhole: true, about };
}

function numberOf(name: NumberName, value: string | undefined): number {
  const { fallback, least, most, isWhole } = NUMBERS[name];
  if (value === undefined) return fallback;
  const number = value.trim() === '' ? NaN : Number(value);
  const isAllowed = number >= least && number <= most && (!isWhole || Number.isInteger(number));
  if (!isAllowed)
    throw new RealOptionsError(
      `--${name} ${value}: it is a ${isWhole ? 'whole ' : ''}number from ${least} to ${most}`,
    );
  return number;
}

function modesOf(mode: string | undefined): readonly boolean[] {
  if (mode === undefined) return [true, false];
  if (mode !== 'restrained' && mode !== 'unrestrained')
    throw new RealOptionsError(`--mode ${mode}: it is restrained or unrestrained`);
  return [mode === 'restrained'];
}
