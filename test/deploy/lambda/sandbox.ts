import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** How an invocation ended. */
export interface Ending {
  /** `exit`: the process ended in the middle, or before the first invocation. */
  readonly kind: 'response' | 'error' | 'initError' | 'timeout' | 'exit';
  /** What the runtime posted. */
  readonly body: unknown;
  readonly requestId: string;
  /** What {@link SandboxOptions.observe} saw while the process was stopped, right after it was. */
  readonly observed: unknown;
}

export interface SandboxOptions {
  /** The Node binary that runs the function. */
  readonly node: string;
  /** The folder of the bundled code. */
  readonly code: string;
  /** File and export, such as `index.handler`. */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Called at each freeze and each kill. */
  readonly observe: () => unknown;
}

interface Invocation {
  readonly requestId: string;
  readonly event: unknown;
  readonly deadlineMs: number;
  readonly end: (kind: Ending['kind'], body: unknown) => void;
}

/** How long a function has after SIGTERM, with an external extension. */
const SHUTDOWN_MS = 500;
const API = '/2018-06-01/runtime';

/**
 * Runs a function as Lambda does: one process, one invocation at a time, and between invocations the process is
 * stopped. It is stopped when its answer arrives, before it learns that it has: no time is left after the handler.
 */
export class Sandbox {
  readonly #options: SandboxOptions;
  readonly #api: Server;
  #process: ChildProcess | undefined;
  #invocation: Invocation | undefined;
  #waiting: ServerResponse | undefined;
  #stderr = '';
  #starts = 0;

  private constructor(options: SandboxOptions) {
    this.#options = options;
    this.#api = createServer((request, response) => void this.#serve(request, response));
  }

  static async open(options: SandboxOptions): Promise<Sandbox> {
    const sandbox = new Sandbox(options);
    await new Promise<void>((resolve) => sandbox.#api.listen(0, '127.0.0.1', resolve));
    return sandbox;
  }

  /** Processes so far: one for each cold start. */
  get starts(): number {
    return this.#starts;
  }

  /** What all processes wrote there. */
  get stderr(): string {
    return this.#stderr;
  }

  /** Starts a process if there is none, lets it go on if there is one. */
  invoke(event: unknown, timeoutMs = this.#options.timeoutMs): Promise<Ending> {
    return new Promise((resolve) => {
      const requestId = randomUUID();
      const timer = setTimeout(() => this.#end('timeout', undefined), timeoutMs);
      const end = (kind: Ending['kind'], body: unknown): void => {
        clearTimeout(timer);
        resolve({ kind, body, requestId, observed: this.#options.observe() });
      };
      this.#invocation = { requestId, event, deadlineMs: Date.now() + timeoutMs, end };
      this.#process ??= this.#start();
      this.#process.kill('SIGCONT');
      this.#handOver();
    });
  }

  /** Lets a process go on that is ending itself, and says with what code it did. */
  async thaw(): Promise<number | null> {
    const child = this.#process;
    if (child === undefined) throw new Error('there is no process to let go on');
    const ended = once(child, 'close') as Promise<[number | null]>;
    child.kill('SIGCONT');
    const [code] = await ended;
    return code;
  }

  /** Ends the environment as Lambda does one with extensions: SIGTERM, and SIGKILL if that was not enough. */
  async shutDown(): Promise<NodeJS.Signals | number | undefined> {
    const child = this.#process;
    if (child === undefined) return undefined;
    const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
    child.kill('SIGTERM');
    child.kill('SIGCONT');
    const timer = setTimeout(() => child.kill('SIGKILL'), SHUTDOWN_MS);
    const [code, signal] = await ended;
    clearTimeout(timer);
    return signal ?? code ?? undefined;
  }

  async close(): Promise<void> {
    this.#process?.kill('SIGKILL');
    this.#api.closeAllConnections();
    await new Promise((resolve) => this.#api.close(resolve));
  }

  #start(): ChildProcess {
    this.#starts++;
    const { node, code, handler, environment } = this.#options;
    const child = spawn(node, [join(__dirname, 'bootstrap.cjs')], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        ...environment,
        AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${(this.#api.address() as AddressInfo).port}`,
        AWS_LAMBDA_FUNCTION_NAME: 'function',
        AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
        LAMBDA_TASK_ROOT: code,
        _HANDLER: handler,
      },
    });
    child.stderr.on('data', (bytes) => (this.#stderr += String(bytes)));
    child.once('exit', () => {
      if (this.#process !== child) return;
      this.#process = undefined;
      this.#waiting = undefined;
      this.#end('exit', undefined);
    });
    return child;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.replace(API, '') ?? '';
    if (path === '/invocation/next') {
      this.#waiting = response;
      return this.#handOver();
    }
    const body = JSON.parse(await textOf(request)) as unknown;
    const kind = path === '/init/error' ? 'initError' : path.endsWith('/response') ? 'response' : 'error';
    this.#process?.kill('SIGSTOP');
    this.#end(kind, body);
    response.writeHead(202).end();
  }

  #handOver(): void {
    if (this.#invocation === undefined || this.#waiting === undefined) return;
    const { requestId, event, deadlineMs } = this.#invocation;
    this.#waiting.writeHead(200, {
      'Content-Type': 'application/json',
      'Lambda-Runtime-Aws-Request-Id': requestId,
      'Lambda-Runtime-Deadline-Ms': deadlineMs,
      'Lambda-Runtime-Invoked-Function-Arn': 'arn:aws:lambda:us-east-1:123456789012:function:function',
      'Lambda-Runtime-Trace-Id': 'Root=1-00000000-000000000000000000000000;Sampled=0',
    });
    this.#waiting.end(JSON.stringify(event));
    this.#waiting = undefined;
  }

  #end(kind: Ending['kind'], body: unknown): void {
    const invocation = this.#invocation;
    this.#invocation = undefined;
    if (kind === 'timeout') {
      this.#process?.kill('SIGKILL');
      this.#process = undefined;
      this.#waiting = undefined;
    }
    invocation?.end(kind, body);
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
