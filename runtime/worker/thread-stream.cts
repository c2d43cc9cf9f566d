/** CommonJS, so that the library can be loaded when a worker is started, and not before, without waiting for it. */

/** What is used of the library. */
export interface WorkerStream {
  /** Says whether the way is clear; if not, `drain` tells when it is again. */
  write(data: Buffer): boolean;
  /** Returns once the worker has read everything, or throws. */
  flushSync(): void;
  end(): void;
  unref(): void;
  emit(event: 'message', message: unknown): boolean;
  on(event: 'drain' | 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: string, listener: (message: any) => void): unknown;
  readonly destroyed: boolean;
  readonly worker: { terminate(): Promise<number> };
}

/** The library's own way to be told of a worker file that is not its own: a global, by these names. */
const OVERRIDES = '__bundlerPathsOverrides';
const OWN_WORKER = 'thread-stream-worker';

interface Scope {
  [OVERRIDES]?: Readonly<Record<string, string>>;
}

/**
 * Starts a worker of this file, which holds the library's side of the worker as well: so it is one file in a bundle, too.
 *
 * @throws if the library cannot be loaded, as in a bundle of ES modules without `require`
 */
export function openWorkerStream(file: string, workerData: unknown, bufferSize: number): WorkerStream {
  const ThreadStream = require('thread-stream') as new (options: object) => WorkerStream;
  const scope = globalThis as Scope;
  const others = scope[OVERRIDES];
  scope[OVERRIDES] = { ...others, [OWN_WORKER]: file };
  try {
    // The flags of the process are for its own program: they would load what it preloads a second time.
    const workerOpts = {
      name: 'fapilog-cloudwatch',
      execArgv: [],
      env: { ...process.env, FAPILOG_CORE__WORKER: 'false' },
    };
    return new ThreadStream({ filename: file, workerData, bufferSize, workerOpts });
  } finally {
    if (others) scope[OVERRIDES] = others;
    else delete scope[OVERRIDES];
  }
}
