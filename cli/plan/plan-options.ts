import { InvalidArgumentError } from 'commander';
import type { Arrivals } from '../../contract/fleet.js';
import type { Kind } from '../../contract/kinds.js';
import { MAX_MESSAGE_BYTES } from '../../contract/limits.js';
import { cloudWatchSettings } from '../../contract/settings/cloudwatch.js';
import { Failure } from '../failure.js';
import { inDigits } from '../terminal/counted.js';
import type { Functions, Processes, Question } from './question.js';

/** The options of `plan`, as given. */
export interface PlanOptions {
  readonly writers?: number;
  readonly rate?: number;
  readonly bytes?: number;
  readonly batchTimeoutSeconds: number;
  readonly batchSize: number;
  readonly arrivals: Arrivals;
  readonly invocations?: number;
  readonly events?: number;
  readonly quota: number;
  readonly others: number;
  readonly streamQuota: number;
  readonly pricePerGb: number;
  readonly json?: boolean;
}

/** More is a slip of the hand, and has digits that no line is wide enough for. */
const MOST = 1_000_000_000;

const EXAMPLE = 'npx fapilog-cloudwatch plan --writers 3000 --rate 20 --bytes 400';
const LAMBDA_EXAMPLE = 'npx fapilog-cloudwatch plan --writers 900 --invocations 6000 --events 5 --bytes 400';

/** Options that say nothing of functions, by their names here, and why. */
const ONLY_OF_PROCESSES: readonly (readonly [name: keyof PlanOptions, option: string, why: string])[] = [
  [
    'rate',
    '--rate',
    'the calls of a function are those of its invocations, however often an environment logs',
  ],
  [
    'batchTimeoutSeconds',
    '--batch-timeout-seconds',
    'a function delivers as each invocation ends, and waits for no linger',
  ],
  ['arrivals', '--arrivals', 'a function delivers as each invocation ends, however its events come'],
];

/**
 * @param given the names of the options that somebody gave, and that are no defaults
 * @throws Failure unless the options say all, and either how often a writer logs, or how often a function is invoked
 */
export function questionOf(options: PlanOptions, given: ReadonlySet<string>): Question {
  const { quota, others, streamQuota, pricePerGb } = options;
  const account = { putQuota: quota, otherCallsPerSecond: others, streamQuota, pricePerGb };
  return { load: loadOf(options, given), account };
}

function loadOf(options: PlanOptions, given: ReadonlySet<string>): Processes | Functions {
  const { writers, bytes, rate, invocations, events, batchSize, batchTimeoutSeconds, arrivals } = options;
  if (invocations !== undefined) {
    refuseOptionsOfProcesses(given);
    if (writers === undefined || bytes === undefined || events === undefined)
      throw new Failure(missing(options, ['writers', 'events', 'bytes'], LAMBDA_EXAMPLE));
    return { kind: 'functions', writers, invocations, events, bytes, batchSize };
  }
  if (events !== undefined)
    throw new Failure(
      `--events is what one invocation logs, and needs --invocations, those of a second. For example: ${LAMBDA_EXAMPLE}`,
    );
  if (writers === undefined || bytes === undefined || rate === undefined)
    throw new Failure(missing(options, ['writers', 'rate', 'bytes'], EXAMPLE));
  return { kind: 'processes', writers, rate, bytes, batchTimeoutSeconds, batchSize, arrivals };
}

function refuseOptionsOfProcesses(given: ReadonlySet<string>): void {
  const [row] = ONLY_OF_PROCESSES.filter(([name]) => given.has(name));
  if (!row) return;
  const [, option, why] = row;
  throw new Failure(
    `${option} cannot be used with --invocations: ${why}. Leave out ${option}, or for processes --invocations.`,
  );
}

/** What each needed option says. */
const NEEDED: Readonly<Record<'writers' | 'rate' | 'bytes' | 'events', string>> = {
  writers: '--writers (processes or environments)',
  rate: '--rate (log events a second of one writer; or, for Lambda, --invocations a second and the --events of one)',
  bytes: '--bytes (of a message)',
  events: '--events (log events of one invocation)',
};

function missing(options: PlanOptions, needed: readonly (keyof typeof NEEDED)[], example: string): string {
  const names = needed.filter((name) => options[name] === undefined).map((name) => NEEDED[name]);
  return `missing: ${names.join(', ')}. For example: ${example}`;
}

/** @throws InvalidArgumentError with what is allowed */
export function parseWriters(text: string): number {
  const writers = amountIn(text);
  if (writers >= 1 && Number.isInteger(writers) && !text.includes('.')) return writers;
  throw new InvalidArgumentError(
    `Allowed: a whole number from 1 to ${inDigits(MOST)}, such as 3000; digits only.`,
  );
}

/** @throws InvalidArgumentError with what is allowed */
export function parseAmount(text: string): number {
  const amount = amountIn(text);
  if (amount > 0) return amount;
  throw new InvalidArgumentError(
    `Allowed: a number above 0, up to ${inDigits(MOST)}, such as 20 or 0.5; digits and a point only.`,
  );
}

/** @throws InvalidArgumentError with what is allowed */
export function parseAmountOrNone(text: string): number {
  const amount = amountIn(text);
  if (amount >= 0) return amount;
  throw new InvalidArgumentError(
    `Allowed: a number from 0 to ${inDigits(MOST)}, such as 20 or 0.5; digits and a point only.`,
  );
}

/** @throws InvalidArgumentError with what is allowed */
export function parseMessageBytes(text: string): number {
  const bytes = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (bytes >= 1 && bytes <= MAX_MESSAGE_BYTES) return bytes;
  throw new InvalidArgumentError(
    `Allowed: a whole number of bytes from 1 to ${inDigits(MAX_MESSAGE_BYTES)}, the most that a log event takes; digits only.`,
  );
}

export function parseBatchTimeout(text: string): number {
  return settingIn(text, cloudWatchSettings.batchTimeoutSeconds.kind);
}

export function parseBatchSize(text: string): number {
  return settingIn(text, cloudWatchSettings.batchSize.kind);
}

/** Takes and refuses what the setting of this kind does. */
function settingIn(text: string, kind: Kind<number, number | string> | Kind<number>): number {
  const value = kind.read(text);
  if (value === undefined) throw new InvalidArgumentError(`Allowed: ${kind.allowed}.`);
  return value;
}

function amountIn(text: string): number {
  const amount = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  return amount <= MOST ? amount : Number.NaN;
}
