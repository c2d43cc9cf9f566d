import { answerFlushes } from './flush-answers.js';
import { requireLate } from './late-modules.cjs';
import { quietly } from './quietly.js';
import { monotonicMs } from './real-timers.js';
import { SignalWatch } from './signal-watch.js';
import { STDERR, writeStderr } from './stderr.js';

/** What has to be done before the process ends. */
export interface ExitTask {
  /** The process is about to end. Called for all tasks before anything else: hands on to the other tasks what waits before them. */
  handOn?(): void;
  /** The event loop is empty; what is started here keeps the process alive. */
  beforeExit?(): void;
  /** Log events that wait. */
  waiting?(): number;
  /**
   * A signal came. Resolves once what waits is delivered, or when the task has waited long enough, which is `maxMs` at
   * most; `isEnd` says whether the process ends then, unless the application goes on.
   */
  drain?(isEnd: boolean, maxMs: number): Promise<unknown>;
  /**
   * Another thread is going to end this one: delivers what waits, and at the deadline diverts the rest. Resolves to the account of the
   * task.
   */
  flush?(deadlineMs: number): Promise<unknown>;
  /** The process ends now. Called for all tasks before `exit` is for any, to begin what goes on without this thread. */
  beginExit?(): void;
  /**
   * The process ends now; only synchronous work counts.
   *
   * @param sinceMs when the end began, by the monotonic clock: a task that waits counts its deadline from then, so
   * that deadlines do not add up
   */
  exit(sinceMs: number): void;
}

/** The part of a task in the end of the process. */
export interface ExitPart {
  /**
   * Something waits in this task from now on, so that signals that would end the process are caught first, for all tasks:
   * a process that a signal ends has no `exit`. May be called again and again.
   */
  readonly catchSignals: () => void;
  readonly leave: () => void;
}

/** The beginning of an end that has no time left: whoever would wait finds the deadline long past. */
export const NO_TIME = -Infinity;

/** The tasks of a process, and its listeners, which are there as long as they are needed. */
class ProcessEnd {
  readonly #tasks = new Set<ExitTask>();
  readonly #catching = new Set<ExitTask>();
  readonly #signals = new SignalWatch(process, {
    drain: (isEnd, maxMs) => this.#drain(isEnd, maxMs),
    announce: (maxMs) => this.#announce(maxMs),
    exit: () => {
      this.#handOn();
      this.#each((task) => task.exit(NO_TIME));
    },
  });
  #exitSinceMs: number | undefined;
  /** Ends the answers to other threads; in a worker thread only. */
  #endAnswers: (() => void) | undefined;

  join(task: ExitTask): ExitPart {
    if (this.#tasks.size === 0) {
      process.on('beforeExit', this.#beforeExit);
      // An exit listener of the application that calls process.exit() keeps those after it from being called.
      process.prependListener('exit', this.#exit);
      if (isWorkerThread()) quietly(() => this.#answer());
    }
    this.#tasks.add(task);
    return { catchSignals: () => this.#catchSignals(task), leave: () => this.#leave(task) };
  }

  #answer(): void {
    this.#endAnswers = answerFlushes((deadlineMs) => this.#flush(deadlineMs));
  }

  /** The accounts of those that have one. */
  async #flush(deadlineMs: number): Promise<unknown[]> {
    const flushes = await Promise.allSettled([...this.#tasks].map(async (task) => task.flush?.(deadlineMs)));
    return flushes.flatMap((flush) => (flush.status === 'fulfilled' && flush.value ? [flush.value] : []));
  }

  #catchSignals(task: ExitTask): void {
    if (this.#catching.has(task) || isWorkerThread() || !this.#tasks.has(task)) return;
    this.#catching.add(task);
    this.#signals.start();
  }

  #leave(task: ExitTask): void {
    if (!this.#tasks.delete(task)) return;
    if (this.#catching.delete(task) && this.#catching.size === 0) this.#signals.stop();
    if (this.#tasks.size > 0) return;
    process.off('beforeExit', this.#beforeExit);
    process.off('exit', this.#exit);
    this.#endAnswers?.();
    this.#endAnswers = undefined;
  }

  readonly #beforeExit = (): void => {
    this.#handOn();
    this.#each((task) => task.beforeExit?.());
  };
  readonly #exit = (): void => {
    const sinceMs = (this.#exitSinceMs ??= monotonicMs());
    this.#handOn();
    this.#each((task) => task.beginExit?.());
    this.#each((task) => task.exit(sinceMs));
  };

  #each(act: (task: ExitTask) => void): void {
    for (const task of this.#tasks) quietly(() => act(task));
  }

  #handOn(): void {
    this.#each((task) => task.handOn?.());
  }

  async #drain(isEnd: boolean, maxMs: number): Promise<void> {
    if (isEnd) this.#handOn();
    await Promise.allSettled([...this.#tasks].map(async (task) => task.drain?.(isEnd, maxMs)));
  }

  #announce(maxMs: number): void {
    let waiting = 0;
    this.#each((task) => (waiting += task.waiting?.() ?? 0));
    if (waiting === 0 || !requireLate('node:tty').isatty(STDERR)) return;
    const what = waiting === 1 ? '1 log event' : `${waiting} log events`;
    writeStderr(
      `fapilog-cloudwatch: delivering ${what} for up to ${maxMs / 1_000} s; interrupt again to end now\n`,
    );
  }
}

/** No signal reaches a worker thread, in which Node disables what is for the whole process. This loads no module at the first line. */
export function isWorkerThread(): boolean {
  return (process.chdir as { readonly disabled?: boolean }).disabled === true;
}

/** Shared by the ESM and the CommonJS copy of this package in one process: two handlers would wait for each other. */
const SHARED = Symbol.for('fapilog-cloudwatch.process-end');

interface Shared {
  [SHARED]?: ProcessEnd;
}

/** Registers a task until it leaves. All tasks of a process share its listeners. */
export function onProcessEnd(task: ExitTask): ExitPart {
  const shared = ((globalThis as Shared)[SHARED] ??= new ProcessEnd());
  return shared.join(task);
}
