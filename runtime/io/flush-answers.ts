import type { Worker } from 'node:worker_threads';
import { FLUSH_CHANNEL, listen, postOn, type FlushAsk } from './flush-messages.js';
import { flushThreads } from './flush-request.js';
import { requireLate } from './late-modules.cjs';
import { hear } from './quietly.js';
import { monotonicMs } from './real-timers.js';

/** Flushes what there is in this thread; resolves to the accounts. */
export type FlushThread = (deadlineMs: number) => Promise<unknown[]>;

/**
 * Listens in a worker thread for a thread that is going to end it and asks it to flush first. It keeps no thread alive. A thread
 * flushes with itself those that it has started since then: they end with it.
 *
 * @returns what ends it
 */
export function answerFlushes(flush: FlushThread): () => void {
  const { BroadcastChannel, threadId } = requireLate('node:worker_threads');
  const channel = new BroadcastChannel(FLUSH_CHANNEL);
  const workers = new Set<Worker>();
  const started = (worker: Worker): void => {
    workers.add(worker);
    worker.once('exit', () => workers.delete(worker));
  };
  const answer = async ({ id, untilMs }: FlushAsk): Promise<void> => {
    postOn(channel, { kind: 'heard', id, thread: threadId });
    const deadlineMs = Math.max(0, untilMs - monotonicMs());
    const flushing = [flush(deadlineMs), flushThreads([...workers], deadlineMs).then(accountsOf)];
    const accounts = (await Promise.all(flushing)).flat();
    postOn(channel, { kind: 'flushed', id, thread: threadId, accounts });
  };
  listen(channel, (message) => {
    if (message.kind === 'ask' && message.threads.includes(threadId)) hear(answer(message));
  });
  process.on('worker', started);
  return () => {
    channel.close();
    process.off('worker', started);
  };
}

function accountsOf(flushed: readonly { readonly accounts?: readonly unknown[] | undefined }[]): unknown[] {
  return flushed.flatMap(({ accounts = [] }) => accounts);
}
