import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  API,
  endRuntime,
  type FunctionCode,
  invocationHeaders,
  type InvocationHead,
  newTraceHeader,
  startRuntime,
  textOf,
} from './runtime-process.js';

/** How an invocation ended. */
export interface Ending {
  /** `exit`: the process ended in the middle, or before the first invocation. */
  readonly kind: 'response' | 'streamed' | 'error' | 'initError' | 'timeout' | 'exit';
  /** What the runtime posted; of a process that ended, its exit code. */
  readonly body: unknown;
  readonly requestId: string;
  /** What {@link SandboxOptions.observe} saw while the process was stopped, right after it was. */
  readonly observed: unknown;
  /** Milliseconds from the request to the answer, a cold start included. */
  readonly tookMs: number;
}

/** The body of a streamed response. */
export interface Streamed {
  readonly text: string;
  /** The error that the trailers tell of. */
  readonly error?: unknown;
}

export interface SandboxOptions extends FunctionCode {
  readonly timeoutMs: number;
  /** Called at each freeze and each kill. */
  readonly observe: () => unknown;
}

/** What may be said of an invocation. */
export interface InvocationOptions {
  readonly timeoutMs?: number | undefined;
  readonly traceHeader?: string | undefined;
  readonly tenantId?: string | undefined;
}

interface Invocation extends InvocationHead {
  readonly event: unknown;
  readonly end: (kind: Ending['kind'], body: unknown) => void;
}

interface Answer {
  readonly kind: Ending['kind'];
  readonly body: unknown;
}

/** How long a function has after SIGTERM, with an external extension. */
const SHUTDOWN_MS = 500;

/**
 * Runs a function as Lambda does: one process, one invocation at a time, and between invocations the process is
 * stopped.
 *
 * - It is stopped when its answer arrives, before it learns that it has: no time is left after the handler.
 * - Where the response is streamed, the answer's end does not end the invocation. Lambda ends the Invoke phase when the
 *   runtime asks for the next one, and so does this.
 *   https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-invoke
 * - One that fails to initialize goes on until it exits.
 */
export class Sandbox {
  readonly #options: SandboxOptions;
  readonly #api: Server;
  #process: ChildProcess | undefined;
  #invocation: Invocation | undefined;
  #waiting: ServerResponse | undefined;
  /** Told once the process asks for the next invocation, or ends. */
  #answer: Answer | undefined;
  #stdout = '';
  #stderr = '';
  #starts = 0;

  private constructor(options: SandboxOptions) {
    this.#options = options;
    this.#api = createServer(
      { keepAliveTimeout: 0 },
      (request, response) => void this.#serve(request, response),
    );
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

  /** What all processes wrote there, and the runtime client, which has the console write there. */
  get stdout(): string {
    return this.#stdout;
  }

  get stderr(): string {
    return this.#stderr;
  }

  /** Starts a process if there is none, lets it go on if there is one. */
  invoke(event: unknown, options: InvocationOptions = {}): Promise<Ending> {
    const { timeoutMs = this.#options.timeoutMs, traceHeader = newTraceHeader(), tenantId } = options;
    return new Promise((resolve) => {
      const requestId = randomUUID();
      const startMs = Date.now();
      const timer = setTimeout(() => this.#end('timeout', undefined), timeoutMs);
      const end = (kind: Ending['kind'], body: unknown): void => {
        clearTimeout(timer);
        const tookMs = Date.now() - startMs;
        resolve({ kind, body, requestId, observed: this.#options.observe(), tookMs });
      };
      this.#invocation = { requestId, traceHeader, tenantId, event, deadlineMs: startMs + timeoutMs, end };
      this.#process ??= this.#start();
      this.#process.kill('SIGCONT');
      this.#handOver();
    });
  }

  /** Ends the environment as Lambda does one with extensions: SIGTERM, and SIGKILL if that was not enough. */
  shutDown(): Promise<NodeJS.Signals | number | undefined> {
    return endRuntime(this.#process, SHUTDOWN_MS);
  }

  async close(): Promise<void> {
    this.#process?.kill('SIGKILL');
    this.#api.closeAllConnections();
    await new Promise((resolve) => this.#api.close(resolve));
  }

  #start(): ChildProcess {
    this.#starts++;
    const child = startRuntime(this.#options, this.#api);
    child.stdout?.on('data', (bytes) => (this.#stdout += String(bytes)));
    child.stderr?.on('data', (bytes) => (this.#stderr += String(bytes)));
    child.once('close', (code) => {
      if (this.#process !== child) return;
      this.#process = undefined;
      this.#waiting = undefined;
      const { kind, body } = this.#answer ?? { kind: 'exit', body: code };
      this.#end(kind, body);
    });
    return child;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.replace(API, '') ?? '';
    if (path === '/invocation/next') return this.#next(response);
    const answer = await answerOf(path, request);
    if (answer.kind === 'streamed' || answer.kind === 'initError') this.#answer = answer;
    else this.#freeze(answer);
    response.writeHead(202).end();
  }

  #next(response: ServerResponse): void {
    this.#waiting = response;
    if (this.#answer) this.#freeze(this.#answer);
    else this.#handOver();
  }

  #freeze({ kind, body }: Answer): void {
    this.#process?.kill('SIGSTOP');
    this.#end(kind, body);
  }

  #handOver(): void {
    if (this.#invocation === undefined || this.#waiting === undefined) return;
    this.#waiting.writeHead(200, invocationHeaders(this.#invocation));
    this.#waiting.end(JSON.stringify(this.#invocation.event));
    this.#waiting = undefined;
  }

  #end(kind: Ending['kind'], body: unknown): void {
    const invocation = this.#invocation;
    this.#invocation = undefined;
    this.#answer = undefined;
    if (kind === 'timeout') {
      this.#process?.kill('SIGKILL');
      this.#process = undefined;
      this.#waiting = undefined;
    }
    invocation?.end(kind, body);
  }
}

async function answerOf(path: string, request: IncomingMessage): Promise<Answer> {
  const text = await textOf(request);
  if (request.headers['lambda-runtime-function-response-mode'] === 'streaming')
    return { kind: 'streamed', body: { text, ...errorOf(request) } };
  const kind = path === '/init/error' ? 'initError' : path.endsWith('/response') ? 'response' : 'error';
  return { kind, body: JSON.parse(text) as unknown };
}

function errorOf({ trailers }: IncomingMessage): Pick<Streamed, 'error'> {
  const body = trailers['lambda-runtime-function-error-body'];
  return body === undefined
    ? {}
    : { error: JSON.parse(Buffer.from(body, 'base64').toString('utf8')) as unknown };
}
