import { quietly } from './quietly.js';

/** What has to be done before the process ends. */
export interface ExitTask {
  /** The event loop is empty; what is started here keeps the process alive. */
  beforeExit(): void;
  /** The process ends now; only synchronous work counts. */
  exit(): void;
}

const tasks = new Set<ExitTask>();

const runBeforeExit = (): void => tasks.forEach((task) => quietly(() => task.beforeExit()));
const runExit = (): void => tasks.forEach((task) => quietly(() => task.exit()));

/** Registers a task until the returned function is called. All tasks share one listener of the process. */
export function onProcessEnd(task: ExitTask): () => void {
  if (tasks.size === 0) {
    process.on('beforeExit', runBeforeExit);
    process.on('exit', runExit);
  }
  tasks.add(task);
  return () => {
    tasks.delete(task);
    if (tasks.size > 0) return;
    process.off('beforeExit', runBeforeExit);
    process.off('exit', runExit);
  };
}
