import type { BroadcastChannel } from 'node:worker_threads';
import { quietly } from './quietly.js';

/** The `BroadcastChannel` between the threads of a process; none of another process hears it. */
export const FLUSH_CHANNEL = 'fapilog-cloudwatch.flush';

/** Another one is of a version of this package that speaks otherwise, and not read. */
const VERSION = 1;

/** Asks threads to flush. */
export interface FlushAsk {
  readonly kind: 'ask';
  /** Of this ask alone: each thread hears the answers to all. */
  readonly id: string;
  /** The ids of the threads that are meant. */
  readonly threads: readonly number[];
  /** When the answer has to be there, by the monotonic clock, which is the same in all threads. */
  readonly untilMs: number;
}

/** What a thread says to an ask: at once that it has heard it, then what came of it. */
export type FlushAnswer = { readonly id: string; readonly thread: number } & (
  { readonly kind: 'heard' } | { readonly kind: 'flushed'; readonly accounts: readonly unknown[] }
);

/** The channel is open to the whole process: what somebody else posts there must do no harm. */
export function flushMessageIn(posted: unknown): FlushAsk | FlushAnswer | undefined {
  const { version, kind, id, thread, threads, untilMs, accounts } = Object(posted) as Record<string, unknown>;
  if (version !== VERSION || typeof id !== 'string') return undefined;
  if (kind === 'ask' && Array.isArray(threads) && Number.isFinite(untilMs))
    return { kind, id, threads: threads as number[], untilMs: untilMs as number };
  if (typeof thread !== 'number') return undefined;
  if (kind === 'heard') return { kind, id, thread };
  return kind === 'flushed' && Array.isArray(accounts) ? { kind, id, thread, accounts } : undefined;
}

/** Listens without keeping the thread alive. */
export function listen(
  channel: BroadcastChannel,
  onMessage: (message: FlushAsk | FlushAnswer) => unknown,
): void {
  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- the types of Node.js know no other way
  channel.onmessage = (event: unknown) =>
    quietly(() => {
      const message = flushMessageIn((event as MessageEvent).data);
      if (message) onMessage(message);
    });
  channel.unref();
}

export function postOn(channel: BroadcastChannel, message: FlushAsk | FlushAnswer): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  channel.postMessage({ version: VERSION, ...message });
}
