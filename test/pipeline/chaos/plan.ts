import type { CloudWatchInput } from '../../../contract/sections.js';
import type { Fault } from '../../../local/index.js';
import type { ProxyMode } from '../../support/fault-proxy.js';
import { seeded } from '../../../tools/soak/seeded.js';

/** Where the log calls of a burst come from, or what is in their fields. */
const BURSTS = ['plain', 'plain', 'plain', 'large', 'hostile', 'getterLogs', 'fullStack'] as const;

/** What a program does next. */
export type Step =
  | { readonly do: 'burst'; readonly of: (typeof BURSTS)[number]; readonly count: number }
  | { readonly do: 'pause' | 'stall' | 'stepClock'; readonly ms: number }
  | { readonly do: 'flush' | 'ready' };

/** By which a program ends; at SIGKILL, its steps begin again until the signal comes. */
const ENDINGS = [
  'close',
  'nothingLeft',
  'exit',
  'exitInBurst',
  'exception',
  'rejection',
  'SIGTERM',
  'SIGINT',
  'SIGKILL',
] as const;

/** What the hooks of the sink do with a report. */
const HOOKS = ['none', 'log', 'throw'] as const;

/** What one program is, does and ends by. */
export interface Life {
  readonly number: number;
  readonly isWorker: boolean;
  readonly hook: (typeof HOOKS)[number];
  readonly steps: readonly Step[];
  readonly ending: (typeof ENDINGS)[number];
  /** From its beginning to the signal, at SIGKILL. */
  readonly killAfterMs: number;
}

/** What happens between the programs and the service, from its time on. */
export interface Weather {
  readonly afterMs: number;
  readonly faults: readonly Fault[];
  /** What the network does to the next exchanges. */
  readonly exchanges: readonly ProxyMode[];
  /** How long connections are refused. */
  readonly refusesMs: number;
}

/** One run, as its seed has it. */
export interface Plan {
  readonly seed: number;
  readonly sink: CloudWatchInput;
  readonly hasSpool: boolean;
  readonly lives: readonly Life[];
  /** Programs that are alive at the same time. */
  readonly lanes: number;
  /** Begins again when it is over, until the last program has ended. */
  readonly weather: readonly Weather[];
}

const MINUTE_MS = 60_000;
const MIB = 1_048_576;
const REQUEST_TIMEOUT_SECONDS = 1;
const STALLS_MS = [20, 50, 300, 1_500 * REQUEST_TIMEOUT_SECONDS];

/** Numbers and choices that follow from a seed. */
class Dice {
  readonly random: () => number;

  constructor(seed: number) {
    this.random = seeded(seed);
  }

  int(min: number, max: number): number {
    return min + Math.floor(this.random() * (max - min + 1));
  }

  of<T>(choices: readonly T[]): T {
    return choices[this.int(0, choices.length - 1)]!;
  }

  isHit(probability: number): boolean {
    return this.random() < probability;
  }

  list<T>(min: number, max: number, make: (index: number) => T): T[] {
    return Array.from({ length: this.int(min, max) }, (_, index) => make(index));
  }
}

/** Everything that is left to chance in a run, but for the time that things take. */
export function planOf(seed: number): Plan {
  const dice = new Dice(seed);
  const spoolMode = dice.of([undefined, 'overflow', 'always'] as const);
  return {
    seed,
    hasSpool: spoolMode !== undefined,
    sink: { ...sinkOf(dice), ...(spoolMode && { spoolMode }) },
    lives: dice.list(2, 3, (index) => lifeOf(dice, index + 1)),
    lanes: dice.int(1, 2),
    weather: dice.list(6, 12, () => weatherOf(dice)),
  };
}

function sinkOf(dice: Dice): CloudWatchInput {
  return {
    batchSize: dice.of([4, 20, 100, 10_000]),
    batchTimeoutSeconds: dice.of([0.005, 0.05, 0.5]),
    retryBaseDelay: dice.of([0.002, 0.05]),
    requestTimeoutSeconds: REQUEST_TIMEOUT_SECONDS,
    shutdownDeadlineSeconds: dice.of([0.5, 3]),
    maxQueueBytes: MIB * dice.of([1, 4]),
    maxQueueEvents: dice.of([20, 200, 250_000]),
    overflowPolicy: dice.of(['shed', 'drop_oldest', 'drop_newest']),
    oversizeAction: dice.of(['truncate', 'drop']),
    ordered: dice.isHit(0.3),
    gzip: dice.isHit(0.5),
    circuitBreakerEnabled: dice.isHit(0.5),
    circuitBreakerThreshold: dice.of([2, 5]),
    installSignalHandlers: true,
    ...(dice.isHit(0.2) && { maxRetries: dice.int(0, 3) }),
    ...(dice.isHit(0.2) && { maxBatchAgeSeconds: 1 }),
  };
}

function lifeOf(dice: Dice, number: number): Life {
  const ending = dice.of(ENDINGS);
  // Who waits for `ready()` keeps the process alive, and in an outage that is long.
  const waits = ending === 'nothingLeft' ? (['flush'] as const) : (['flush', 'ready'] as const);
  return {
    number,
    isWorker: dice.isHit(0.3),
    hook: dice.of(HOOKS),
    steps: dice.list(20, 50, () => stepOf(dice, waits)),
    ending,
    killAfterMs: dice.int(50, 3_000),
  };
}

function stepOf(dice: Dice, waits: readonly ('flush' | 'ready')[]): Step {
  const chance = dice.random();
  if (chance < 0.6) return { do: 'burst', of: dice.of(BURSTS), count: dice.of([1, 10, 50, 200]) };
  if (chance < 0.83) return { do: 'pause', ms: dice.int(0, 150) };
  if (chance < 0.88) return { do: 'stall', ms: dice.of(STALLS_MS) };
  if (chance < 0.94) return { do: 'stepClock', ms: dice.of([-40, -3, -0.5, 0.2, 3, 40]) * MINUTE_MS };
  return { do: dice.of(waits) };
}

function weatherOf(dice: Dice): Weather {
  const kind = dice.of(['server', 'server', 'network', 'network', 'refusal', 'fair', 'fair', 'fair']);
  return {
    afterMs: dice.int(100, 500),
    faults: kind === 'server' ? dice.list(1, 3, () => faultOf(dice)) : [],
    exchanges: kind === 'network' ? dice.list(1, 4, () => exchangeOf(dice)) : [],
    refusesMs: kind === 'refusal' ? dice.int(50, 500) : 0,
  };
}

function faultOf(dice: Dice): Fault {
  const times = dice.int(1, 4);
  const operation = dice.of(['PutLogEvents', '*']);
  return dice.of<Fault>([
    { kind: 'throttle', times, operation },
    { kind: 'throttle', times, operation, retryAfterSeconds: 1 },
    { kind: 'unavailable', times, operation },
    { kind: 'internal', times, operation },
    { kind: 'hang', operation },
    { kind: 'delay', delayMs: 200, times, operation },
    { kind: 'resetBefore', times, operation },
    { kind: 'resetAfter', times },
    { kind: 'cutBody', times },
    { kind: 'noRequestId', times },
    { kind: 'noRequestId', times, stored: true },
    { kind: 'error', status: 400, errorName: 'SerializationException', message: 'malformed', times },
    { kind: 'missing', times },
    { kind: 'expiredCredentials', times, operation },
    { kind: 'accessDenied', times },
    { kind: 'rejectAll', reason: dice.of(['tooOld', 'expired', 'tooNew']) },
    { kind: 'tooLarge', times },
    { kind: 'refuseGzip', times },
  ]);
}

function exchangeOf(dice: Dice): ProxyMode {
  return dice.of<ProxyMode>([
    { kind: 'delay', requestMs: 20, answerMs: 100 },
    { kind: 'resetBefore' },
    { kind: 'resetAfter' },
    { kind: 'halfHead' },
    { kind: 'halfBody' },
    { kind: 'silence' },
  ]);
}
