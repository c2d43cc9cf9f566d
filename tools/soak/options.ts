import { parseArgs } from 'node:util';

export interface SoakOptions {
  readonly minutes: number;
  readonly seed: number;
  readonly eventsPerSecond: number;
  /** Whether a thread makes the calls. */
  readonly isWorker: boolean;
}

export const HELP = `usage: npm run soak -- [options]

  --minutes <n>   how long events are logged. Default: 10
  --seed <n>      chooses the faults. Default: a random one, which is printed
  --rate <n>      events per second. Default: 1000
  --worker        a thread makes the calls
  --help          this text`;

/**
 * Returns undefined if the user asked for help.
 *
 * @throws TypeError for an unknown option or a value that is no positive number
 */
export function parseOptions(args: readonly string[]): SoakOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '10' },
      seed: { type: 'string', default: String(Date.now() % 100_000) },
      rate: { type: 'string', default: '1000' },
      worker: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  return {
    minutes: positive('--minutes', values.minutes),
    seed: positive('--seed', values.seed),
    eventsPerSecond: positive('--rate', values.rate),
    isWorker: values.worker,
  };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (value > 0 && value < Infinity) return value;
  throw new TypeError(`${name} must be a number above 0; got "${text}"`);
}
