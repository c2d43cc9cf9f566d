import { quietly } from './quietly.js';
import { SignalWatch } from './signal-watch.js';

/** What has to be done before the process ends. */
export interface ExitTask {
  /**
   * Whether signals that would end the process are caught first, for all tasks: a process that a signal ends has no `exit`.
   *
   * @default false
   */
  readonly signals?: boolean | undefined;
  /** The event loop is empty; what is started here keeps the process alive. */
  beforeExit?(): void;
  /**
   * A signal came. Resolves once what waits is delivered, or when the task has waited long enough; `isEnd` says whether
   * the process ends then, unless the application goes on.
   */
  drain?(isEnd: boolean): Promise<unknown>;
  /** The process ends now. Called for all tasks before `exit` is for any, to begin what goes on without this thread. */
  beginExit?(): void;
  /** The process ends now; only synchronous work counts. */
  exit(): void;
}

/** The tasks of a process, and its listeners, which are there as long as they are needed. */
class ProcessEnd {
  readonly #tasks = new Set<ExitTask>();
  readonly #signals = new SignalWatch(process, {
    drain: (isEnd) => this.#drain(isEnd),
    exit: () => this.#exit(),
  });

  join(task: ExitTask): () => void {
    if (this.#tasks.size === 0) {
      process.on('beforeExit', this.#beforeExit);
      process.on('exit', this.#exit);
    }
    this.#tasks.add(task);
    if (task.signals) this.#signals.start();
    return () => this.#leave(task);
  }

  #leave(task: ExitTask): void {
    if (!this.#tasks.delete(task)) return;
    if (![...this.#tasks].some(({ signals }) => signals)) this.#signals.stop();
    if (this.#tasks.size > 0) return;
    process.off('beforeExit', this.#beforeExit);
    process.off('exit', this.#exit);
  }

  readonly #beforeExit = (): void => this.#each((task) => task.beforeExit?.());
  readonly #exit = (): void => {
    this.#each((task) => task.beginExit?.());
    this.#each((task) => task.exit());
  };

  #each(act: (task: ExitTask) => void): void {
    for (const task of this.#tasks) quietly(() => act(task));
  }

  async #drain(isEnd: boolean): Promise<void> {
    await Promise.allSettled([...this.#tasks].map(async (task) => task.drain?.(isEnd)));
  }
}

/** Shared by the ESM and the CommonJS copy of this package in one process: two handlers would wait for each other. */
const SHARED = Symbol.for('fapilog-cloudwatch.process-end');

interface Shared {
  [SHARED]?: ProcessEnd;
}

/** Registers a task until the returned function is called. All tasks of a process share its listeners. */
export function onProcessEnd(task: ExitTask): () => void {
  const shared = ((globalThis as Shared)[SHARED] ??= new ProcessEnd());
  return shared.join(task);
}
