import { parseArgs } from 'node:util';
import { scenarios } from './scenarios.js';

export interface FleetOptions {
  readonly names: readonly string[];
  /** Fewer writers, and quotas, by this factor. */
  readonly part: number;
  readonly seed: number;
  /** Whether the page is written. */
  readonly writes: boolean;
  /** A file for the results, as JSON. */
  readonly out: string | undefined;
  /** Runs one scenario in this process, and prints its result as JSON. */
  readonly child: 'restrained' | 'unrestrained' | undefined;
}

export class FleetOptionsError extends Error {}

export const HELP = `npm run fleet -- [options]

  --scenario <name>  runs this one only; may be repeated (${scenarios.map(({ name }) => name).join(', ')})
  --part <number>    so many times fewer writers, calls and quotas: 20 for a look of a minute or two
  --seed <number>    other random numbers
  --out <file>       writes the results to this file, as JSON
  --write            writes docs/scale/results.json, and the tables of docs/scale.md and its charts from it

Exit status: 0; 1 if a result does not meet what docs/scale.md promises; 2 for a wrong option.`;

/** @throws FleetOptionsError naming the option, its value and what is allowed. */
export function parseOptions(args: readonly string[]): FleetOptions | undefined {
  const { values } = parsed(args);
  if (values.help) return undefined;
  const names = values.scenario ?? scenarios.map(({ name }) => name);
  const known = scenarios.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new FleetOptionsError(
      `--scenario ${unknown}: there is no such scenario; there are ${known.join(', ')}`,
    );
  const part = numberOf('part', values.part ?? '1');
  if (values.out === '') throw new FleetOptionsError('--out: it is the name of a file');
  if (values.write && (values.scenario || part !== 1))
    throw new FleetOptionsError(
      '--write: the page has every scenario at its full size; leave out --scenario and --part',
    );
  const { child } = values;
  if (child !== undefined && child !== 'restrained' && child !== 'unrestrained')
    throw new FleetOptionsError(`--child ${child}: it is restrained or unrestrained`);
  const seed = numberOf('seed', values.seed ?? '1');
  return { names, part, seed, writes: values.write ?? false, out: values.out, child };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        scenario: { type: 'string', multiple: true },
        part: { type: 'string' },
        seed: { type: 'string' },
        out: { type: 'string' },
        write: { type: 'boolean' },
        child: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new FleetOptionsError(`${(error as Error).message}\n${HELP}`);
  }
}

function numberOf(name: string, value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new FleetOptionsError(`--${name} ${value}: it is a whole number, 1 or more`);
  return number;
}
