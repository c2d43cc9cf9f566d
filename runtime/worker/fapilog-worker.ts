/**
 * What the worker thread runs. It is an entry point of the package, because a bundle needs it as a second file; an
 * application never imports it.
 */
import { workerData } from 'node:worker_threads';
import { Window } from '../batch/window.js';
import { systemClock, type Moment } from '../io/clock.js';
import { monotonicMs } from '../io/real-timers.js';
import { ServiceClock } from '../io/service-clock.js';
import { logsPort } from '../client.js';
import { useSdk } from '../sdk/given-sdk.js';
import type { LogsPort, PutAnswer } from '../send/port.js';
import { timedPort } from '../send/timed-port.js';
import {
  callOn,
  carried,
  IS_DRAINED,
  IS_READY,
  LAST_TAKEN,
  type FromThread,
  type ServiceDate,
  type ThreadData,
  type ToThread,
} from './messages.js';
import { ThreadDrain } from './thread-drain.js';

// A bundle of the thread brings the AWS SDK along: making calls is all that it is for.
useSdk(() => import('../sdk/sdk.js'));

type CallMessage = Extract<ToThread, { kind: 'call' }>;

/** Makes the calls that the application's thread asks for, and reports what came of them. */
class CallThread {
  readonly #data: ThreadData;
  readonly #port: LogsPort;
  readonly #aborts = new Map<number, AbortController>();
  /** What was answered to calls, as long as the application may not have read it. */
  readonly #answers = new Map<number, Promise<unknown>>();
  /** The application's thread has one of its own, which reports. */
  readonly #serviceClock = new ServiceClock(systemClock, { report: () => undefined });
  #date: ServiceDate | undefined;

  constructor(data: ThreadData) {
    const { settings, port } = data;
    this.#data = data;
    const timeoutMs = settings.requestTimeoutSeconds * 1_000;
    const onServiceDate = (dateMs: number, sent: Moment): void => {
      this.#date = { dateMs, sent };
      this.#serviceClock.observe(dateMs, sent);
    };
    const client = logsPort({ settings, onServiceDate, isEager: true });
    // A call that is aborted ends at once, whatever it waits for: the application's thread expects it.
    this.#port = timedPort(client, systemClock, timeoutMs);
    port.on('message', (message: ToThread) => this.#received(message));
    process.on('exit', () => this.#raise(IS_DRAINED));
    this.#raise(IS_READY);
  }

  #received(message: ToThread): void {
    if (message.kind === 'abort') this.#aborts.get(message.id)?.abort();
    else if (message.kind === 'call') void this.#answer(message);
    else this.#drain(message);
  }

  async #answer(message: CallMessage): Promise<void> {
    const { id, oldestId } = message;
    Atomics.store(this.#data.flags, LAST_TAKEN, id);
    for (const each of this.#answers.keys()) if (each < oldestId) this.#answers.delete(each);
    const answer = this.#make(message);
    this.#answers.set(id, answer);
    try {
      this.#post({ kind: 'answer', id, answer: await answer, date: this.#date });
    } catch (error) {
      this.#post({ kind: 'failure', id, error: carried(error), date: this.#date });
    }
    this.#aborts.delete(id);
    this.#date = undefined;
  }

  async #make(message: CallMessage): Promise<unknown> {
    const abort = new AbortController();
    this.#aborts.set(message.id, abort);
    return callOn(this.#port, message, abort.signal);
  }

  #drain({ batches, untilMs }: Extract<ToThread, { kind: 'drain' }>): void {
    const window = new Window(this.#data.settings.retentionInDays);
    const drain = new ThreadDrain({
      settings: this.#data.settings,
      port: this.#port,
      post: (message) => this.#post(message),
      answerOf: (callId) => this.#answers.get(callId) as Promise<PutAnswer> | undefined,
      excludes: (timestamp) => window.excludes(timestamp, this.#serviceClock.now()),
      onDone: () => this.#raise(IS_DRAINED),
    });
    drain.run(batches, Math.max(0, untilMs - monotonicMs()));
  }

  #post(message: FromThread): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    this.#data.port.postMessage(message);
  }

  #raise(flag: number): void {
    Atomics.store(this.#data.flags, flag, 1);
    Atomics.notify(this.#data.flags, flag);
  }
}

const data = workerData as Partial<ThreadData> | null;
if (data?.port && data.flags) startCallThread(data as ThreadData);

function startCallThread(threadData: ThreadData): CallThread {
  return new CallThread(threadData);
}
