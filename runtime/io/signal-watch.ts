import { constants } from 'node:os';
import { monotonicMs, setTimeout } from './real-timers.js';

/** Signals by which a process is asked to end. Windows has SIGBREAK besides, for Ctrl+Break. */
export const END_SIGNALS: readonly NodeJS.Signals[] = [
  'SIGTERM',
  'SIGINT',
  'SIGHUP',
  ...(process.platform === 'win32' ? (['SIGBREAK'] as const) : []),
];

/** The members of `process` that this needs. */
export type SignalledProcess = Pick<
  NodeJS.Process,
  'pid' | 'on' | 'prependListener' | 'off' | 'listeners' | 'kill' | 'exit'
>;

export interface SignalTasks {
  /** Delivers what waits, within its own deadline and this one. Never rejects. */
  drain(isEnd: boolean, maxMs: number): Promise<void>;
  /** Says to somebody at a terminal what the end waits for, and for how long at most. */
  announce(maxMs: number): void;
  /** Settles the rest, synchronously and without waiting for anything. */
  exit(): void;
}

/** How long somebody who pressed Ctrl-C waits. */
const INTERRUPT_MS = 2_000;

/**
 * Within which the same signal counts once. Ctrl-C reaches a program and the parent that started it, and parents such as npm
 * pass it on to the program, which has it twice.
 */
const ECHO_MS = 100;

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
  /** Signals of which somebody stopped to listen a moment ago. */
  readonly #left = new Set<string | symbol>();
  readonly #monotonicMs: () => number;
  #isListening = false;
  /** The signal that the process is ending by, and when it came. */
  #ending: { readonly signal: NodeJS.Signals; readonly atMs: number } | undefined;

  constructor(process: SignalledProcess, tasks: SignalTasks, clock = monotonicMs) {
    this.#process = process;
    this.#tasks = tasks;
    this.#monotonicMs = clock;
  }

  start(): void {
    if (this.#isListening) return;
    // What a call left half done that ran out of stack.
    this.stop();
    // First of all listeners: one that is only for once has left the list by the time the ones after it are called.
    for (const signal of END_SIGNALS) this.#process.prependListener(signal, this.#received);
    this.#process.on('removeListener', this.#onLeft);
    this.#isListening = true;
  }

  stop(): void {
    this.#isListening = false;
    this.#process.off('removeListener', this.#onLeft);
    for (const signal of END_SIGNALS) this.#process.off(signal, this.#received);
  }

  /**
   * @param number none where the application itself emits the event, often without the name too, to call its own listeners:
   * no process dies of that
   */
  readonly #received = (signal?: NodeJS.Signals, number?: number): void => {
    const isDeadly = signal !== undefined && number !== undefined;
    if (!isDeadly || this.#isHandled(signal) || this.#left.has(signal))
      void this.#tasks.drain(false, Infinity);
    else if (!this.#ending) void this.#drainAndEnd(signal);
    else if (!this.#isEcho(signal)) this.#end(signal);
  };

  #isEcho(signal: NodeJS.Signals): boolean {
    return this.#ending?.signal === signal && this.#monotonicMs() - this.#ending.atMs < ECHO_MS;
  }

  /** A listener that is only for once, and was put before ours later, heard the signal before we did. */
  readonly #onLeft = (event: string | symbol): void => {
    if (!END_SIGNALS.includes(event as NodeJS.Signals)) return;
    this.#left.add(event);
    process.nextTick(() => this.#left.delete(event));
  };

  async #drainAndEnd(signal: NodeJS.Signals): Promise<void> {
    this.#ending = { signal, atMs: this.#monotonicMs() };
    const maxMs = signal === 'SIGINT' ? INTERRUPT_MS : Infinity;
    if (signal === 'SIGINT') this.#tasks.announce(maxMs);
    await this.#tasks.drain(true, maxMs);
    if (this.#ending) this.#end(signal);
  }

  #end(signal: NodeJS.Signals): void {
    this.#ending = undefined;
    // Somebody who began to listen meanwhile decides.
    if (!this.#isHandled(signal)) {
      this.#tasks.exit();
      this.stop();
    }
    this.#raise(signal);
  }

  /** Windows knows no way to send itself some of the signals. */
  #raise(signal: NodeJS.Signals): void {
    try {
      this.#process.kill(this.#process.pid, signal);
      setTimeout(() => this.#endDeaf(signal), DEAF_MS);
    } catch {
      this.#endDeaf(signal);
    }
  }

  /**
   * The kernel spares the first process of a container (PID 1) the signals that it does not listen to.
   *
   * @see https://man7.org/linux/man-pages/man7/pid_namespaces.7.html
   */
  #endDeaf(signal: NodeJS.Signals): void {
    if (this.#process.listeners(signal).length === 0) this.#process.exit(128 + constants.signals[signal]);
  }

  #isHandled(signal: NodeJS.Signals): boolean {
    const others = this.#process.listeners(signal).filter((listener) => listener !== this.#received);
    return others.length > politeListeners();
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
