import type { BroadcastChannel, MessagePort, Worker } from 'node:worker_threads';
import {
  FLUSH_CHANNEL,
  flushMessageIn,
  listen,
  postOn,
  type FlushAnswer,
  type FlushAsk,
} from './flush-messages.js';
import { requireLate } from './late-modules.cjs';
import { monotonicMs, setTimeout } from './real-timers.js';

/**
 * What came of the request to one thread: `flushed`, it flushed and says its accounts; `busy`, it did not in time, because its event loop
 * does not run, as during a long computation or `Atomics.wait`; `noSink`, its event loop runs and nobody answered; `ended`.
 */
export type FlushState = 'flushed' | 'busy' | 'noSink' | 'ended';

export interface FlushedThread {
  readonly worker: Worker;
  readonly state: FlushState;
  /** Of the thread's sinks, as it posted them. */
  readonly accounts?: readonly unknown[] | undefined;
}

/** Between two looks for what was answered. */
const LOOK_MS = 5;

/** A loop that was idle for so long has read every message: nobody in its thread listens. */
const IDLE_MS = 500;

/** Threads end their flush by so much before the deadline, for the answer to be read by then; less where the deadline is short. */
const ANSWER_MS = 200;
const ANSWER_SHARE = 0.25;

/** A thread that makes calls for a sink of another thread, and has none itself. */
const MAKES_CALLS = Symbol.for('fapilog-cloudwatch.makes-calls');

export function markAsCaller(worker: Worker): void {
  Object.defineProperty(worker, MAKES_CALLS, { value: true });
}

type Utilization = ReturnType<Worker['performance']['eventLoopUtilization']>;

interface Asked {
  readonly worker: Worker;
  readonly thread: number;
  readonly before: Utilization;
  state: FlushState | 'heard' | undefined;
  accounts?: readonly unknown[];
}

/** Asks threads to flush, and looks for their answers, with or without the event loop of this thread. */
class FlushRequest {
  readonly #id = requireLate('node:crypto').randomUUID();
  readonly #channel: BroadcastChannel;
  readonly #asked: readonly Asked[];
  readonly #untilMs: number;

  constructor(workers: readonly Worker[], deadlineMs: number) {
    this.#channel = new (requireLate('node:worker_threads').BroadcastChannel)(FLUSH_CHANNEL);
    // Where the event loop runs, it takes messages from the channel before anybody can look for them.
    listen(this.#channel, (message) => this.#received(message));
    this.#untilMs = monotonicMs() + deadlineMs;
    this.#asked = workers.map(asked);
    const threads = this.#asked.map(({ thread }) => thread);
    const untilMs = this.#untilMs - Math.min(ANSWER_MS, deadlineMs * ANSWER_SHARE);
    postOn(this.#channel, { kind: 'ask', id: this.#id, threads, untilMs });
  }

  /** Whether there is nothing more to wait for. */
  get isOver(): boolean {
    this.#read();
    for (const each of this.#asked) look(each);
    return this.#asked.every(({ state }) => state && state !== 'heard') || monotonicMs() >= this.#untilMs;
  }

  close(): FlushedThread[] {
    this.#channel.close();
    return this.#asked.map(({ worker, state, accounts }) => ({
      worker,
      state: state === undefined || state === 'heard' ? 'busy' : state,
      accounts,
    }));
  }

  #read(): void {
    const { receiveMessageOnPort } = requireLate('node:worker_threads');
    const channel = this.#channel as unknown as MessagePort;
    for (let next = receiveMessageOnPort(channel); next; next = receiveMessageOnPort(channel))
      this.#received(flushMessageIn(next.message));
  }

  #received(message: FlushAsk | FlushAnswer | undefined): void {
    if (!message || message.kind === 'ask' || message.id !== this.#id) return;
    const each = this.#asked.find(({ thread }) => thread === message.thread);
    if (!each || each.state === 'flushed') return;
    each.state = message.kind;
    if (message.kind === 'flushed') each.accounts = message.accounts;
  }
}

function asked(worker: Worker): Asked {
  const { threadId: thread } = worker;
  const before = worker.performance.eventLoopUtilization();
  const hasNone = thread > 0 && MAKES_CALLS in worker;
  return { worker, thread, before, state: hasNone ? 'noSink' : undefined };
}

/** Says of a thread that has not answered why it will not. */
function look(each: Asked): void {
  const { worker, before, state } = each;
  if (worker.threadId < 0 && state !== 'flushed') each.state = 'ended';
  else if (state === undefined && idleSince(worker, before) >= IDLE_MS) each.state = 'noSink';
}

function idleSince({ performance }: Worker, before: Utilization): number {
  return performance.eventLoopUtilization().idle - before.idle;
}

/** Asks threads to flush by a deadline, and waits for their answers. */
export async function flushThreads(workers: readonly Worker[], deadlineMs: number): Promise<FlushedThread[]> {
  if (workers.length === 0) return [];
  const request = new FlushRequest(workers, deadlineMs);
  while (!request.isOver) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  return request.close();
}

/** The same while this thread stands still. */
export function flushThreadsSync(workers: readonly Worker[], deadlineMs: number): FlushedThread[] {
  if (workers.length === 0) return [];
  const request = new FlushRequest(workers, deadlineMs);
  const never = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  while (!request.isOver) Atomics.wait(never, 0, 0, LOOK_MS);
  return request.close();
}
