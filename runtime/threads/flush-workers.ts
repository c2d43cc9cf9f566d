import type { Worker } from 'node:worker_threads';
import { SettingsError } from '../../contract/problems.js';
import { checkAccount, totalAccount, type Account } from '../ack/ledger.js';
import { flushThreads, flushThreadsSync, type FlushedThread, type FlushState } from '../io/flush-request.js';
import { requireLate } from '../io/late-modules.cjs';
import { guarded } from '../serialize/guard.js';

/** Options of `flushWorkers` and `flushWorkersSync`. */
export interface FlushWorkersOptions {
  /**
   * How long to wait for the threads, in milliseconds. Shortly before, each of them puts what it has not delivered into its spool, else
   * on stderr.
   *
   * @default 10,000
   */
  readonly deadlineMs?: number | undefined;
}

/** What came of the request to flush in one worker thread. */
export interface WorkerFlush {
  /** The thread, as it was given. */
  readonly worker: Worker;
  /**
   * - `flushed`: nothing that was logged before is still waiting there; `account` says where it is.
   * - `busy`: the thread has not answered in time. Its event loop does not run, as during a long computation, or in `Atomics.wait`, where
   *   an idle Piscina thread waits by default. What it has logged is lost if it is ended now.
   * - `noSink`: its event loop runs, and nobody answers: there is no sink of this package, or it is closed.
   * - `ended`: the thread was gone before it could answer.
   */
  readonly state: FlushState;
  /** Over all sinks of the thread, and of threads that it has started. `undefined` if it is not `flushed`. */
  readonly account: Account | undefined;
}

/**
 * Lets the sinks in worker threads deliver what waits, before the threads are ended from outside: by `worker.terminate()`,
 * `process.exit()` in the main thread, or a pool. Node.js runs no exit handler in a thread that is ended so. The threads go on
 * afterwards; what they log from then on is not waited for.
 *
 * ```ts
 * await flushWorkers(pool.threads, { deadlineMs: 5_000 });
 * await pool.destroy();
 * ```
 *
 * @returns what came of it for each thread, in their order; a thread that is given twice stands there once
 * @throws TypeError if it is given something that is no worker thread, SettingsError if an option is malformed or unknown.
 */
export async function flushWorkers(
  workers: Iterable<Worker> | Worker,
  options: FlushWorkersOptions = {},
): Promise<WorkerFlush[]> {
  return (await flushThreads(workersIn(workers), deadlineIn(options))).map(resultOf);
}

/**
 * As {@link flushWorkers}, while the calling thread stands still: for listeners of `exit`, when `process.exit()` was called or an exception
 * ends the process.
 *
 * ```ts
 * process.on('exit', () => flushWorkersSync(workers, { deadlineMs: 2_000 }));
 * ```
 *
 * @returns what came of it for each thread, in their order
 * @throws TypeError, SettingsError as {@link flushWorkers}.
 */
export function flushWorkersSync(
  workers: Iterable<Worker> | Worker,
  options: FlushWorkersOptions = {},
): WorkerFlush[] {
  return flushThreadsSync(workersIn(workers), deadlineIn(options)).map(resultOf);
}

const DEADLINE_MS = 10_000;

function deadlineIn(options: FlushWorkersOptions): number {
  if (typeof options !== 'object' || options === null)
    throw refusal('options', options, 'options such as { deadlineMs: 5000 }');
  const { deadlineMs = DEADLINE_MS, ...others } = options;
  for (const [name, value] of Object.entries(others))
    throw refusal(`options.${name}`, value, 'no such option; there is deadlineMs');
  if (Number.isFinite(deadlineMs) && deadlineMs >= 0) return deadlineMs;
  throw refusal('options.deadlineMs', deadlineMs, 'a number of milliseconds, 0 or more');
}

function refusal(where: string, value: unknown, allowed: string): SettingsError {
  return new SettingsError([{ where: `flushWorkers: ${where}`, value, allowed }]);
}

function workersIn(workers: Iterable<Worker> | Worker): Worker[] {
  const { Worker: WorkerThread } = requireLate('node:worker_threads');
  const given = isIterable(workers) ? [...new Set(workers)] : [workers];
  for (const each of given) {
    if (each instanceof WorkerThread) continue;
    const hint = isPool(each) ? '; give it the threads of the pool' : '';
    throw new TypeError(
      `flushWorkers takes a worker thread or a list of them; it was given ${described(each)}${hint}`,
    );
  }
  return given;
}

function isIterable<Item>(value: Iterable<Item> | Item): value is Iterable<Item> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

function isPool(value: unknown): boolean {
  return guarded(() => Array.isArray((value as { readonly threads?: unknown }).threads), false);
}

function described(value: unknown): string {
  return guarded(
    () => (Object(value) === value ? (value as object).constructor.name : String(value)),
    'an object',
  );
}

/** What a thread posts as an account may be another thing. */
function resultOf({ worker, state, accounts = [] }: FlushedThread): WorkerFlush {
  const own = accounts.filter(isAccount);
  return { worker, state, account: state === 'flushed' ? totalAccount(own) : undefined };
}

function isAccount(value: unknown): value is Account {
  return guarded(() => {
    checkAccount(value as Account);
    return true;
  }, false);
}
