import type { CarriedBatch } from '../batch/encoded-batch.js';
import type { Target } from '../batch/target.js';
import type { CloudWatchValues } from '../../contract/sections.js';
import type { Moment } from '../io/clock.js';
import type { LogsPort } from '../send/port.js';
import type { RejectedRange } from '../send/rejections.js';
import { messageOf } from '../send/verdict.js';

/** What the thread is started with. */
export interface ThreadData {
  readonly settings: CloudWatchValues;
  /** The other end of the application's port. */
  readonly port: import('node:worker_threads').MessagePort;
  /** {@link FLAGS} numbers that both threads see without a message. */
  readonly flags: Int32Array;
}

/** 1 once the thread's program runs. */
export const IS_READY = 0;

/** 1 once a drain is over, or the thread is. */
export const IS_DRAINED = 1;

/** The last call that the thread has begun to make. */
export const LAST_TAKEN = 2;

export const FLAGS = 3;

export type Operation = Exclude<keyof LogsPort, 'close'>;

/** Makes a call by the name of its operation. */
export function callOn(
  port: LogsPort,
  { operation, args }: { readonly operation: Operation; readonly args: readonly unknown[] },
  signal: AbortSignal,
): Promise<unknown> {
  const call = port[operation].bind(port) as (...all: readonly unknown[]) => Promise<unknown>;
  return call(...args, signal);
}

/** A batch that the thread is to settle before the process ends. */
export interface HandedBatch extends CarriedBatch {
  /** The call with this batch that is under way in the thread. */
  readonly callId: number | undefined;
}

export type ToThread =
  | {
      readonly kind: 'call';
      readonly id: number;
      readonly operation: Operation;
      readonly args: readonly unknown[];
      /** The oldest call whose answer the application has not read. */
      readonly oldestId: number;
    }
  | { readonly kind: 'abort'; readonly id: number }
  | {
      readonly kind: 'drain';
      readonly batches: readonly HandedBatch[];
      /** When it has to be over, by the monotonic clock, which is the same in both threads. */
      readonly untilMs: number;
    };

/** What became of a batch, or of a part of it, in a drain. */
export type Outcome = {
  /** Its place among the batches that were handed over. */
  readonly index: number;
  /** @default - the whole batch */
  readonly part: CarriedBatch | undefined;
} & (
  | { readonly act: 'delivered'; readonly rejected: readonly RejectedRange[] }
  | { readonly act: 'refused' | 'givenUp'; readonly reason: string }
);

/** The date of an answer of the service, in milliseconds since the epoch, and when its call was sent. */
export interface ServiceDate {
  readonly dateMs: number;
  readonly sent: Moment;
}

export type FromThread =
  | {
      readonly kind: 'answer';
      readonly id: number;
      readonly answer: unknown;
      readonly date: ServiceDate | undefined;
    }
  | {
      readonly kind: 'failure';
      readonly id: number;
      readonly error: CarriedError;
      readonly date: ServiceDate | undefined;
    }
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  | {
      readonly kind: 'failedCall';
      readonly operation: string;
      readonly target: Target;
      readonly error: CarriedError;
      readonly reason: string | undefined;
    }
  /** The drain is over. */
  | { readonly kind: 'drained'; readonly calls: number };

/** The members by which a verdict tells errors apart, and the text for people: a clone of an error has no others. */
export interface CarriedError {
  readonly name: string;
  readonly message: string;
  readonly code?: unknown;
  readonly expectedSequenceToken?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number | undefined };
  readonly $response?: { readonly headers: Readonly<Record<string, string>> };
}

const RETRY_HEADERS = ['retry-after', 'x-amz-retry-after'];

export function carried(thrown: unknown): CarriedError {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const { name, message, code, expectedSequenceToken, $metadata, $response } = error as Error &
    Partial<CarriedError>;
  const headers = Object.entries($response?.headers ?? {}).filter(([key]) => RETRY_HEADERS.includes(key));
  return {
    name,
    message: message || messageOf(error),
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof expectedSequenceToken === 'string' ? { expectedSequenceToken } : {}),
    $metadata: { httpStatusCode: $metadata?.httpStatusCode },
    $response: { headers: Object.fromEntries(headers) },
  };
}

export function errorOf({ message, ...members }: CarriedError): Error {
  return Object.assign(new Error(message), members);
}
