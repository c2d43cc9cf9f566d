import { constants } from 'node:os';

/** Signals by which a process is asked to end. */
export const END_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const satisfies NodeJS.Signals[];

/** The members of `process` that this needs. */
export type SignalledProcess = Pick<
  NodeJS.Process,
  'pid' | 'prependListener' | 'off' | 'listenerCount' | 'kill' | 'exit'
>;

export interface SignalTasks {
  /** Delivers what waits, within a deadline. Never rejects. */
  drain(isEnd: boolean): Promise<void>;
  /** Settles the rest, synchronously. */
  exit(): void;
}

/** A process that is alive so long after the signal was sent again does not die of it. */
const DEAF_MS = 200;

/**
 * Drains before a signal ends the process, then sends the same signal again without listening to it, so that the process
 * ends by what it would have ended by. A second signal means now.
 *
 * While somebody else listens to the signal too, the application decides whether the process ends: the tasks deliver, and
 * nothing else happens.
 */
export class SignalWatch {
  readonly #process: SignalledProcess;
  readonly #tasks: SignalTasks;
  #isListening = false;
  #isEnding = false;

  constructor(process: SignalledProcess, tasks: SignalTasks) {
    this.#process = process;
    this.#tasks = tasks;
  }

  start(): void {
    if (this.#isListening) return;
    this.#isListening = true;
    // First of all listeners: one that is only for once has left the list by the time the ones after it are called.
    for (const signal of END_SIGNALS) this.#process.prependListener(signal, this.#received);
  }

  stop(): void {
    this.#isListening = false;
    for (const signal of END_SIGNALS) this.#process.off(signal, this.#received);
  }

  readonly #received = (signal: NodeJS.Signals): void => {
    if (this.#isHandled(signal)) void this.#tasks.drain(false);
    else if (this.#isEnding) this.#end(signal);
    else void this.#drainAndEnd(signal);
  };

  async #drainAndEnd(signal: NodeJS.Signals): Promise<void> {
    this.#isEnding = true;
    await this.#tasks.drain(true);
    if (this.#isEnding) this.#end(signal);
  }

  #end(signal: NodeJS.Signals): void {
    this.#isEnding = false;
    this.#tasks.exit();
    this.stop();
    this.#process.kill(this.#process.pid, signal);
    setTimeout(() => this.#endDeaf(signal), DEAF_MS);
  }

  /**
   * The kernel spares the first process of a container (PID 1) the signals that it does not listen to.
   *
   * @see https://man7.org/linux/man-pages/man7/pid_namespaces.7.html
   */
  #endDeaf(signal: NodeJS.Signals): void {
    if (this.#process.listenerCount(signal) === 0) this.#process.exit(128 + constants.signals[signal]);
  }

  #isHandled(signal: NodeJS.Signals): boolean {
    return this.#process.listenerCount(signal) > 1 + politeListeners();
  }
}

/**
 * Listeners of the package signal-exit, which many command-line tools load: they do nothing as long as there are others,
 * and so must not be waited for.
 *
 * @see https://github.com/tapjs/signal-exit: version 4 counts on globalThis, version 3 on process
 */
function politeListeners(): number {
  const version4 = (globalThis as Record<symbol, unknown>)[Symbol.for('signal-exit emitter')];
  const version3 = (process as unknown as Record<string, unknown>)['__signal_exit_emitter__'];
  return countOf(version3) + countOf(version4);
}

function countOf(emitter: unknown): number {
  const { count } = (emitter ?? {}) as { readonly count?: unknown };
  return typeof count === 'number' ? count : 0;
}
