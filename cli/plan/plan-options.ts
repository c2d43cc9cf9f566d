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
  readonly writers: number;
  readonly rate?: number;
  readonly bytes: number;
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

/** @throws Failure unless the options say either how often a writer logs, or how often a function is invoked */
export function questionOf(options: PlanOptions): Question {
  const { quota, others, streamQuota, pricePerGb } = options;
  const account = { putQuota: quota, otherCallsPerSecond: others, streamQuota, pricePerGb };
  return { load: loadOf(options), account };
}

function loadOf({ rate, invocations, events, ...options }: PlanOptions): Processes | Functions {
  const { writers, bytes, batchTimeoutSeconds, batchSize, arrivals } = options;
  if (invocations === undefined) {
    if (events !== undefined)
      throw new Failure('--events is what one invocation logs, and needs --invocations, those of a second.');
    if (rate === undefined)
      throw new Failure(
        'Give --rate, the log events a second of one writer; or, for Lambda, --invocations a second and the --events of one.',
      );
    return { kind: 'processes', writers, rate, bytes, batchTimeoutSeconds, batchSize, arrivals };
  }
  if (events === undefined)
    throw new Failure('--invocations needs --events, the log events of one invocation, such as --events 5.');
  return { kind: 'functions', writers, invocations, events, bytes, batchSize };
}

/** @throws InvalidArgumentError with what is allowed */
export function parseAmount(text: string): number {
  const amount = amountIn(text);
  if (amount > 0) return amount;
  throw new InvalidArgumentError(
    `Allowed: a number above 0, up to ${inDigits(MOST)}, such as 20 or 0.5, without separators.`,
  );
}

/** @throws InvalidArgumentError with what is allowed */
export function parseAmountOrNone(text: string): number {
  const amount = amountIn(text);
  if (amount >= 0) return amount;
  throw new InvalidArgumentError(`Allowed: a number from 0 to ${inDigits(MOST)}, without separators.`);
}

/** @throws InvalidArgumentError with what is allowed */
export function parseMessageBytes(text: string): number {
  const bytes = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (bytes >= 1 && bytes <= MAX_MESSAGE_BYTES) return bytes;
  throw new InvalidArgumentError(
    `Allowed: a whole number of bytes from 1 to ${inDigits(MAX_MESSAGE_BYTES)}, the most that a log event takes, without separators.`,
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
