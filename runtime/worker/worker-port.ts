import type { MessagePort, Worker } from 'node:worker_threads';
import type { CloudWatchValues } from '../../contract/sections.js';
import type { EncodedBatch } from '../batch/encoded-batch.js';
import type { Target } from '../batch/target.js';
import { systemClock, type Moment, type Timer } from '../io/clock.js';
import type { Report } from '../io/diagnostics.js';
import { markAsCaller } from '../io/flush-request.js';
import { requireLate } from '../io/late-modules.cjs';
import { afterLoopTime } from '../io/loop-timer.js';
import { quietly } from '../io/quietly.js';
import { monotonicMs } from '../io/real-timers.js';
import { proxyFlags } from '../send/environment-proxy.js';
import type { LogsPort, PutAnswer, PutBody } from '../send/port.js';
import { reasonOf } from '../serialize/guard.js';
import {
  callOn,
  errorOf,
  FLAGS,
  IS_DRAINED,
  IS_READY,
  LAST_TAKEN,
  type FromThread,
  type HandedBatch,
  type Operation,
  type ThreadData,
  type ToThread,
} from './messages.js';
import { threadEnvironment } from './thread-environment.js';
import { workerFile } from './worker-file.js';

export interface WorkerPortParts {
  readonly settings: CloudWatchValues;
  /** The file that the thread runs. @default - the one of the package, or one beside the bundle */
  readonly file: string | URL | undefined;
  /** Makes the calls once there is no thread. */
  readonly makeOwnPort: () => LogsPort;
  /** Called with the date of each answer of the service, in milliseconds since the epoch, and when its call was sent. */
  readonly onServiceDate: (dateMs: number, sent: Moment) => void;
  readonly report: Report;
}

/** A call that the thread has not answered. */
interface Call {
  readonly operation: Operation;
  readonly args: readonly unknown[];
  readonly signal: AbortSignal;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** How long a thread may take to start once it is needed, and to settle and report what is left at a deadline. */
const PATIENCE_MS = 1_000;

/** How long a thread may take until it makes a call that it was asked for: it may be loading the SDK. */
const HANG_MS = 5_000;

/** Stands among the numbers of calls for the start of the thread. */
const START = 0;

/** Within which the end of the process notices that it was asleep. */
const DOZE_MS = 100;

/**
 * Makes the calls to the service in a thread, so that the application's thread has nothing to do with HTTP, TLS and
 * signatures. Everything else stays where it is: a batch belongs to the queue until it is settled.
 *
 * A thread that cannot be started, that dies or that stops answering is not replaced, because what broke it would break
 * the next one: this thread makes the calls from then on, those first that were under way.
 */
export class WorkerPort implements LogsPort {
  readonly #parts: WorkerPortParts;
  readonly #flags = new Int32Array(new SharedArrayBuffer(FLAGS * Int32Array.BYTES_PER_ELEMENT));
  readonly #calls = new Map<number, Call>();
  /** What is expected of the thread within a time: that it takes a call, by its number, and that it starts. */
  readonly #expected = new Map<number, Timer>();
  #lastId = 0;
  #thread: { readonly worker: Worker; readonly port: MessagePort } | undefined;
  #isClosed = false;
  /** In this thread, once there is no other. */
  #ownPort: LogsPort | undefined;

  constructor(parts: WorkerPortParts) {
    this.#parts = parts;
    try {
      this.#thread = this.#start(workerFile(parts.file));
    } catch (error) {
      this.#goOnHere(`there is no worker thread: ${reasonOf(error)}`);
    }
  }

  #start(file: string): { readonly worker: Worker; readonly port: MessagePort } {
    const threads = requireLate('node:worker_threads');
    const { port1: port, port2 } = new threads.MessageChannel();
    const workerData: ThreadData = { settings: this.#parts.settings, port: port2, flags: this.#flags };
    const worker = new threads.Worker(file, {
      name: 'fapilog-cloudwatch',
      workerData,
      transferList: [port2],
      // Other flags of the process are for its own program: the thread would load what they preload a second time.
      execArgv: proxyFlags(),
      env: threadEnvironment(process.env),
    });
    markAsCaller(worker);
    let reason = 'it ended';
    worker.on('error', (error) => (reason = reasonOf(error)));
    worker.on('exit', () => this.#goOnHere(`the worker thread is gone: ${reason}`));
    port.on('message', (message: unknown) => this.#received(message));
    worker.unref();
    port.unref();
    return { worker, port };
  }

  putLogEvents(target: Target, body: PutBody, signal: AbortSignal): Promise<PutAnswer> {
    return this.#call('putLogEvents', [target, body], signal) as Promise<PutAnswer>;
  }

  async createLogStream(target: Target, signal: AbortSignal): Promise<void> {
    await this.#call('createLogStream', [target], signal);
  }

  async createLogGroup(target: Target, signal: AbortSignal): Promise<void> {
    await this.#call('createLogGroup', [target], signal);
  }

  async putRetentionPolicy(target: Target, retentionInDays: number, signal: AbortSignal): Promise<void> {
    await this.#call('putRetentionPolicy', [target, retentionInDays], signal);
  }

  #call(operation: Operation, args: readonly unknown[], signal: AbortSignal): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const call: Call = { operation, args, signal, resolve, reject };
      if (this.#thread) this.#post(this.#thread.port, call);
      else this.#callHere(call);
    });
  }

  #post(port: MessagePort, call: Call): void {
    const id = ++this.#lastId;
    this.#calls.set(id, call);
    const [oldestId = id] = this.#calls.keys();
    const { operation, args } = call;
    // A call in flight keeps the process alive, as its socket would in this thread.
    port.ref();
    post(port, { kind: 'call', id, operation, args: args.map(cloneable), oldestId });
    call.signal.addEventListener('abort', () => this.#abort(id), { once: true });
    if (!this.#isReady) this.#expect(START, () => this.#isReady, PATIENCE_MS, 'it has not started');
    this.#expect(id, () => Atomics.load(this.#flags, LAST_TAKEN) >= id, HANG_MS, 'it does not answer');
  }

  #abort(id: number): void {
    if (this.#thread && this.#calls.has(id)) post(this.#thread.port, { kind: 'abort', id });
  }

  /** Gives the thread up, unless the condition holds in time. */
  #expect(id: number, condition: () => boolean, withinMs: number, otherwise: string): void {
    if (this.#expected.has(id)) return;
    const timer = afterLoopTime(systemClock, withinMs, () => {
      this.#expected.delete(id);
      if (!condition()) this.#goOnHere(`the worker thread is given up: ${otherwise} within ${withinMs} ms`);
    });
    this.#expected.set(id, timer);
  }

  get #isReady(): boolean {
    return Atomics.load(this.#flags, IS_READY) === 1;
  }

  #received(message: unknown): void {
    if (!isFromThread(message) || (message.kind !== 'answer' && message.kind !== 'failure')) return;
    if (message.date) this.#parts.onServiceDate(message.date.dateMs, message.date.sent);
    const call = this.#calls.get(message.id);
    this.#calls.delete(message.id);
    this.#expected.get(message.id)?.cancel();
    this.#expected.delete(message.id);
    if (this.#calls.size === 0) this.#thread?.port.unref();
    if (message.kind === 'answer') call?.resolve(message.answer);
    else call?.reject(errorOf(message.error));
  }

  #callHere(call: Call): void {
    const port = (this.#ownPort ??= this.#parts.makeOwnPort());
    callOn(port, call, call.signal).then(call.resolve, call.reject);
  }

  #goOnHere(reason: string): void {
    if (this.#isClosed || this.#ownPort) return;
    this.#ownPort = this.#parts.makeOwnPort();
    this.#stop();
    this.#parts.report('worker', `${reason}; delivery goes on in the application's own thread`);
    for (const call of this.#calls.values()) this.#callHere(call);
    this.#calls.clear();
  }

  #stop(): void {
    for (const timer of this.#expected.values()) timer.cancel();
    this.#thread?.port.close();
    const { worker } = this.#thread ?? {};
    this.#thread = undefined;
    quietly(async () => worker?.terminate());
  }

  /** The call with this batch that is under way in the thread. */
  callOf(batch: EncodedBatch): number | undefined {
    for (const [id, { operation, args }] of this.#calls)
      if (operation === 'putLogEvents' && (args[1] as PutBody).batch === batch) return id;
    return undefined;
  }

  /**
   * Lets the thread settle these batches. Returns what stops this thread until that is done or the deadline and some
   * patience are over, and says what the thread has reported; nothing if there is none.
   */
  drain(batches: readonly HandedBatch[], deadlineMs: number): () => FromThread[] {
    const { port } = this.#thread ?? {};
    if (!port) return () => [];
    const startedMs = monotonicMs();
    post(port, { kind: 'drain', batches, untilMs: startedMs + deadlineMs });
    return () => {
      if (!this.#waitFor(IS_READY, startedMs + PATIENCE_MS)) return [];
      this.#waitFor(IS_DRAINED, startedMs + deadlineMs + PATIENCE_MS);
      return unread(port);
    };
  }

  /** A process that was asleep when the time was over gives the thread a moment to report what has come meanwhile. */
  #waitFor(flag: number, untilMs: number): boolean {
    for (let endsAtMs = untilMs; ;) {
      const dozeMs = Math.min(DOZE_MS, endsAtMs - monotonicMs());
      if (dozeMs <= 0) return Atomics.load(this.#flags, flag) === 1;
      const wakesAtMs = monotonicMs() + dozeMs;
      if (Atomics.wait(this.#flags, flag, 0, dozeMs) !== 'timed-out') return true;
      const nowMs = monotonicMs();
      if (endsAtMs === untilMs && nowMs > wakesAtMs + DOZE_MS)
        endsAtMs = Math.max(untilMs, nowMs + PATIENCE_MS);
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#stop();
    this.#ownPort?.close();
  }
}

/** A body without the batch that it was made of, in memory of its own: a clone has the whole buffer that a view is a part of. */
function cloneable(argument: unknown): unknown {
  const { bytes, encoding } = argument as Partial<PutBody>;
  return bytes ? { bytes: Uint8Array.from(bytes), encoding } : argument;
}

function unread(port: MessagePort): FromThread[] {
  const messages: FromThread[] = [];
  const { receiveMessageOnPort } = requireLate('node:worker_threads');
  for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port))
    if (isFromThread(next.message)) messages.push(next.message);
  return messages;
}

/** A file of the application may post whatever it likes: that must not end the process. */
function isFromThread(message: unknown): message is FromThread {
  return typeof message === 'object' && message !== null && 'kind' in message;
}

function post(port: MessagePort, message: ToThread): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  port.postMessage(message);
}
