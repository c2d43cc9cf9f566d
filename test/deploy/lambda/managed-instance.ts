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
export interface ConcurrentEnding {
  readonly kind: 'response' | 'error';
  readonly body: unknown;
  readonly requestId: string;
  readonly tookMs: number;
}

export interface ManagedInstanceOptions extends FunctionCode {
  /** Invocations that run at once, all threads together. */
  readonly maxConcurrency: number;
  readonly threads: number;
}

export interface ConcurrentInvocationOptions {
  readonly timeoutMs?: number | undefined;
  readonly traceHeader?: string | undefined;
  readonly tenantId?: string | undefined;
}

interface Invocation {
  readonly requestId: string;
  readonly event: unknown;
  readonly head: () => InvocationHead;
  readonly end: (kind: ConcurrentEnding['kind'], body: unknown) => void;
}

/**
 * Runs a function as Lambda does on Managed Instances: one process whose threads each ask for invocations and run
 * several at once. Nothing is ever stopped.
 */
export class ManagedInstance {
  readonly #options: ManagedInstanceOptions;
  readonly #api: Server;
  readonly #queue: Invocation[] = [];
  readonly #waiting: ServerResponse[] = [];
  readonly #underWay = new Map<string, Invocation>();
  #process: ChildProcess | undefined;
  #stdout = '';
  #stderr = '';

  private constructor(options: ManagedInstanceOptions) {
    this.#options = options;
    this.#api = createServer(
      { keepAliveTimeout: 0 },
      (request, response) => void this.#serve(request, response),
    );
  }

  static async open(options: ManagedInstanceOptions): Promise<ManagedInstance> {
    const instance = new ManagedInstance(options);
    await new Promise<void>((resolve) => instance.#api.listen(0, '127.0.0.1', resolve));
    instance.#start();
    return instance;
  }

  get stdout(): string {
    return this.#stdout;
  }

  get stderr(): string {
    return this.#stderr;
  }

  /** Runs it as soon as a thread asks for one and fewer are under way than may be. */
  invoke(event: unknown, options: ConcurrentInvocationOptions = {}): Promise<ConcurrentEnding> {
    const { timeoutMs = 60_000, traceHeader = newTraceHeader(), tenantId } = options;
    const requestId = randomUUID();
    return new Promise((resolve) => {
      let startMs = 0;
      const head = (): InvocationHead => {
        startMs = Date.now();
        return { requestId, traceHeader, tenantId, deadlineMs: startMs + timeoutMs };
      };
      const end = (kind: ConcurrentEnding['kind'], body: unknown): void =>
        resolve({ kind, body, requestId, tookMs: Date.now() - startMs });
      this.#queue.push({ requestId, event, head, end });
      this.#handOver();
    });
  }

  /** Ends the instance: SIGTERM, and SIGKILL after some seconds. */
  shutDown(): Promise<NodeJS.Signals | number | undefined> {
    return endRuntime(this.#process, 3_000);
  }

  async close(): Promise<void> {
    this.#process?.kill('SIGKILL');
    this.#api.closeAllConnections();
    await new Promise((resolve) => this.#api.close(resolve));
  }

  #start(): void {
    const { maxConcurrency, threads } = this.#options;
    const child = startRuntime(this.#options, this.#api, {
      AWS_LAMBDA_INITIALIZATION_TYPE: 'lambda-managed-instances',
      AWS_LAMBDA_MAX_CONCURRENCY: String(maxConcurrency),
      AWS_LAMBDA_NODEJS_WORKER_COUNT: String(threads),
    });
    child.stdout?.on('data', (bytes) => (this.#stdout += String(bytes)));
    child.stderr?.on('data', (bytes) => (this.#stderr += String(bytes)));
    child.once('close', () => (this.#process = undefined));
    this.#process = child;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.replace(API, '') ?? '';
    if (path === '/invocation/next') {
      this.#waiting.push(response);
      return this.#handOver();
    }
    const body = JSON.parse(await textOf(request)) as unknown;
    response.writeHead(202).end();
    const [, requestId = '', kind] = /^\/invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
    this.#underWay.get(requestId)?.end(kind as ConcurrentEnding['kind'], body);
    this.#underWay.delete(requestId);
    this.#handOver();
  }

  #handOver(): void {
    if (this.#underWay.size >= this.#options.maxConcurrency) return;
    if (this.#queue.length === 0 || this.#waiting.length === 0) return;
    const invocation = this.#queue.shift()!;
    const response = this.#waiting.shift()!;
    this.#underWay.set(invocation.requestId, invocation);
    response.writeHead(200, invocationHeaders(invocation.head()));
    response.end(JSON.stringify(invocation.event));
    this.#handOver();
  }
}
