import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { networkInterfaces } from 'node:os';
import { pipeline } from 'node:stream';
import { DEFAULT_REGION } from './arns.js';
import { CallLedger, type CallRecord, type OpenRecord } from './calls.js';
import { applyFault, needsSuccess } from './faults/fault-effects.js';
import { type Fault, FaultScript } from './faults/faults.js';
import { Quotas } from './faults/quotas.js';
import { Queries } from './insights/queries.js';
import { LiveTails } from './live-tail/live-tails.js';
import type { PutOverrides } from './operations/operation.js';
import { operationNamed } from './operations/operation-table.js';
import type { Entity } from './operations/entity.js';
import type { RejectionCounts } from './operations/rejections.js';
import {
  type Answer,
  answerOf,
  type Call,
  readCall,
  refusal,
  type Reply,
  type StreamAnswer,
} from './protocol/call.js';
import { EVENT_STREAM_TYPE } from './protocol/event-stream.js';
import { checkHost } from './protocol/host.js';
import { ServiceError } from './service-error.js';
import { DataDirectory } from './store/directory/data-directory.js';
import { type FilterMatches, filterMatches } from './store/filter-matches.js';
import { Stores } from './store/stores.js';
import { NOT_A_CALL, plain, sendContent } from './viewer/content.js';
import { Viewer } from './viewer/viewer.js';

/** Options of {@link startLocalCloudWatchLogs}. */
export interface LocalCloudWatchLogsOptions {
  /** TCP port. Default: 0, any free port. */
  readonly port?: number | undefined;
  /**
   * Address to listen on. Default: `127.0.0.1`. Who reaches any other address can read and write all logs: the server has no
   * password.
   */
  readonly host?: string | undefined;
  /**
   * Clock for the ages of events, creation and ingestion times and the ledger, in milliseconds since 1970. Default:
   * Date.now.
   */
  readonly clock?: (() => number) | undefined;
  /**
   * Clock for signatures and the `Date` header, in milliseconds since 1970. Default: Date.now, whatever `clock`
   * returns, because signers use the real time.
   */
  readonly signatureClock?: (() => number) | undefined;
  /** Faults from the start on. Default: none. */
  readonly faults?: readonly Fault[] | undefined;
  /**
   * Calls a second of each operation, account and Region, beyond which calls are refused with `ThrottlingException`: true for the
   * quotas of the service, a number for the same limit on every operation. Default: false, no limit.
   */
  readonly limitTps?: boolean | number | undefined;
  /**
   * Most log events to hold, and 1 KiB of text for each on average, 64 MiB at least; those that arrived first leave for new ones. With it, `calls` has the last 10,000 rows only. Default: no
   * bound.
   */
  readonly maxEvents?: number | undefined;
  /**
   * Directory in which log groups and events outlive the server, made if it is not there. One server at a time has it. A call that
   * changes something is answered once it is written; what is answered outlives `kill -9`, but not a crash of the machine.
   * Default: none, everything is gone with the server.
   */
  readonly dataDirectory?: string | undefined;
  /** Called with a line for the user when events leave for want of room, or the data directory has trouble. Default: nobody. */
  readonly onNotice?: ((line: string) => void) | undefined;
  /**
   * Random numbers from 0 to below 1, for faults with a probability and for the events that a Live Tail session leaves out. Default:
   * Math.random.
   */
  readonly random?: (() => number) | undefined;
  /** Region in the lines that the page offers to paste. Calls may be for any Region. Default: `us-east-1`. */
  readonly region?: string | undefined;
  /** Whether `GET /` shows a page with what the server has: log events, calls, and switches for faults. Default: true. */
  readonly viewer?: boolean | undefined;
  /**
   * Names, without a port, by which programs reach the server besides those of the loopback: that of its container, for
   * example. Requests with any other `Host`, or with the `Origin` of another page, are refused, so that no web page can read
   * or write logs by DNS rebinding. Default: none.
   */
  readonly allowedHosts?: readonly string[] | undefined;
}

/** A running local server. */
export interface LocalCloudWatchLogs {
  /** URL of the server, `http://127.0.0.1:PORT`, or with the address that it listens on. */
  readonly endpoint: string;
  /**
   * A row for each call, in order of arrival; with `maxEvents`, for each of the last 10,000. The list changes, and so do rows in
   * flight until they settle.
   */
  readonly calls: readonly CallRecord[];
  /** How many events matched each metric and subscription filter, by log group and name. */
  readonly filters: readonly FilterMatches[];
  /** Adds faults after the present ones. */
  inject(...faults: Fault[]): void;
  /** Removes all faults, also those given at the start. */
  clearFaults(): void;
  /** Stops the server and closes hanging connections. A second call joins the first. */
  close(): Promise<void>;
}

/**
 * Starts a local CloudWatch Logs server, which refuses what the service refuses.
 *
 * @throws Error if the port cannot be opened, or the data directory not be used
 */
export async function startLocalCloudWatchLogs(
  options: LocalCloudWatchLogsOptions = {},
): Promise<LocalCloudWatchLogs> {
  const server = new LocalServer(options);
  try {
    await server.listen(options.port ?? 0, options.host ?? LOOPBACK);
  } catch (error) {
    await server.close();
    throw error;
  }
  return server;
}

const LOOPBACK = '127.0.0.1';
/** Addresses that stand for all of a machine, none of which can be called by them everywhere. */
const ANY_ADDRESS = ['0.0.0.0', '::'];
const KEEP_ALIVE_MS = 60_000;
/** Rows of the ledger where memory is bounded. */
const MAX_CALLS = 10_000;
/** How often events past their retention are removed; they are not returned before either. */
const EXPIRY_MS = 60_000;

class LocalServer implements LocalCloudWatchLogs {
  readonly #http: Server;
  readonly #stores: Stores;
  readonly #directory: DataDirectory | undefined;
  readonly #quotas: Quotas;
  readonly #expiry: NodeJS.Timeout;
  #expiredAtMs = 0;
  readonly #clock: () => number;
  readonly #signatureClock: () => number;
  readonly #ledger: CallLedger;
  readonly #script: FaultScript;
  readonly #liveTails: LiveTails;
  readonly #queries: Queries;
  readonly #delays = new Set<NodeJS.Timeout>();
  readonly #allowedHosts: readonly string[];
  readonly #hasViewer: boolean;
  readonly #region: string;
  #viewer: Viewer | undefined;
  #endpoint = '';
  #closed: Promise<void> | undefined;

  constructor(options: LocalCloudWatchLogsOptions) {
    this.#clock = options.clock ?? Date.now;
    this.#signatureClock = options.signatureClock ?? Date.now;
    const { random = Math.random } = options;
    this.#stores = new Stores(options);
    this.#ledger = new CallLedger(this.#clock, options.maxEvents === undefined ? undefined : MAX_CALLS);
    this.#quotas = new Quotas(options.limitTps ?? false, this.#clock);
    this.#script = new FaultScript(options.faults ?? [], random);
    this.#liveTails = new LiveTails(this.#stores, this.#clock, random);
    this.#queries = new Queries({ clock: this.#clock, onNotice: options.onNotice });
    this.#allowedHosts = [...(options.allowedHosts ?? []), ...hostsOf(options.host)];
    this.#hasViewer = options.viewer ?? true;
    this.#region = options.region ?? DEFAULT_REGION;
    this.#http = createServer((request, response) => void this.#serve(request, response));
    this.#http.keepAliveTimeout = KEEP_ALIVE_MS;
    const { dataDirectory, onNotice } = options;
    this.#directory =
      dataDirectory === undefined ? undefined : new DataDirectory(dataDirectory, this.#stores, onNotice);
    this.#expire();
    this.#expiry = setInterval(() => this.#expire(), EXPIRY_MS).unref();
  }

  get endpoint(): string {
    return this.#endpoint;
  }

  get calls(): readonly CallRecord[] {
    return this.#ledger.rows;
  }

  get filters(): readonly FilterMatches[] {
    return filterMatches(this.#stores);
  }

  inject(...faults: Fault[]): void {
    this.#script.add(faults);
  }

  clearFaults(): void {
    this.#script.clear();
  }

  listen(port: number, host: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#http.once('error', reject);
      this.#http.listen(port, host, () => {
        const address = this.#http.address();
        if (address !== null && typeof address === 'object')
          this.#endpoint = `http://${hostInUrl(host)}:${address.port}`;
        if (this.#hasViewer) this.#viewer = this.#makeViewer();
        resolve();
      });
    });
  }

  close(): Promise<void> {
    this.#closed ??= this.#stop();
    return this.#closed;
  }

  async #stop(): Promise<void> {
    for (const delay of this.#delays) clearTimeout(delay);
    clearInterval(this.#expiry);
    await Promise.all([this.#queries.close(), this.#closeHttp()]);
  }

  #closeHttp(): Promise<void> {
    return new Promise((resolve) => {
      this.#http.close(() => {
        this.#directory?.close();
        resolve();
      });
      this.#http.closeAllConnections();
    });
  }

  /** Handles its own errors, so that its promise never rejects. */
  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST' || request.url !== '/') return this.#serveOther(request, response);
    let call: Call;
    try {
      call = await readCall(request, this.#signatureClock, this.#allowedHosts);
    } catch {
      return; // The caller left in the middle of its request: there is no call to record or answer.
    }
    // The server was closed while it unzipped the call, and others may have its data directory by now.
    if (this.#closed !== undefined) return;
    const row = this.#ledger.open(call, randomUUID());
    const whenClosed = (): void => {
      if (!response.writableFinished) this.#ledger.lose(row);
    };
    response.once('close', whenClosed);
    if (response.closed) whenClosed();
    const reply = await this.#reply(call, row);
    if (reply.kind !== 'stream') return this.#send(reply, response, row);
    response.off('close', whenClosed);
    this.#stream(reply, response, row);
  }

  async #serveOther(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      checkHost(request.headers, this.#allowedHosts);
    } catch (error) {
      return sendContent(response, plain(`${(error as Error).message}\n`, 403));
    }
    if (this.#viewer === undefined) return sendContent(response, NOT_A_CALL);
    await this.#viewer.serve(request, response);
  }

  #makeViewer(): Viewer {
    return new Viewer({
      endpoint: this.#endpoint,
      region: this.#region,
      stores: this.#stores,
      ledger: this.#ledger,
      script: this.#script,
      clock: this.#clock,
    });
  }

  async #reply(call: Call, row: OpenRecord): Promise<Reply> {
    let fault: Fault | undefined;
    try {
      if (call.problem !== undefined) throw call.problem;
      this.#quotas.take(call);
      fault = this.#script.take(call);
      if (fault === undefined) return this.#run(call, row);
      row.fault = fault.kind;
      const run = (overrides?: PutOverrides): Answer | StreamAnswer => this.#run(call, row, overrides);
      return await applyFault(fault, call, { run, wait: (delayMs) => this.#wait(delayMs) });
    } catch (error) {
      if (fault !== undefined && needsSuccess(fault)) this.#takeBack(fault, row);
      return refusal(asServiceError(error));
    }
  }

  #takeBack(fault: Fault, row: OpenRecord): void {
    this.#script.giveBack(fault);
    delete row.fault;
  }

  #run(call: Call, row: OpenRecord, putOverrides: PutOverrides = {}): Answer | StreamAnswer {
    const operation = operationNamed(call.operation);
    this.#expire();
    const tally = (stored: number, rejections: RejectionCounts): void => {
      row.stored = stored;
      row.rejected = rejections.tooOld + rejections.expired + rejections.tooNew;
      if (row.rejected > 0) row.rejections = rejections;
    };
    const context = {
      store: this.#stores.at(call.caller),
      nowMs: this.#clock(),
      requestId: row.requestId,
      liveTails: this.#liveTails,
      queries: this.#queries,
      putOverrides,
      tally,
      relate: (entity: Entity | undefined) => void (entity && (row.entity = entity)),
    };
    return answerOf(operation.answer(call.input, context));
  }

  #send(reply: Exclude<Reply, StreamAnswer>, response: ServerResponse, row: OpenRecord): void {
    if (reply.kind === 'silence') return;
    if (reply.kind === 'reset') {
      this.#ledger.settle(row, 0);
      response.socket?.resetAndDestroy();
      return;
    }
    this.#ledger.settle(row, reply.status, reply);
    response.writeHead(reply.status, {
      'Content-Type': 'application/x-amz-json-1.1',
      'Content-Length': Buffer.byteLength(reply.body),
      ...this.#headers(reply, row),
      ...reply.headers,
    });
    response.end(reply.body);
  }

  /** The call is in flight until one side ends the stream, whichever it is. */
  #stream(answer: StreamAnswer, response: ServerResponse, row: OpenRecord): void {
    response.writeHead(200, { 'Content-Type': EVENT_STREAM_TYPE, ...this.#headers(answer, row) });
    pipeline(answer.stream.open(), response, () => this.#ledger.settle(row, 200));
  }

  #headers({ withoutRequestId }: Answer | StreamAnswer, row: OpenRecord): Record<string, string> {
    return {
      Date: new Date(this.#signatureClock()).toUTCString(),
      ...(withoutRequestId !== true && { 'x-amzn-RequestId': row.requestId }),
    };
  }

  /** Now and then, by the clock of the server, which a test may set. */
  #expire(): void {
    const nowMs = this.#clock();
    if (Math.abs(nowMs - this.#expiredAtMs) < EXPIRY_MS) return;
    this.#expiredAtMs = nowMs;
    this.#stores.expire(nowMs);
  }

  /**
   * Waits, unless the server closes meanwhile. Then the promise stays pending, and the connection of the call is
   * closed.
   */
  #wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const delay = setTimeout(() => {
        this.#delays.delete(delay);
        resolve();
      }, delayMs);
      this.#delays.add(delay);
    });
  }
}

/** By what a server is called that listens on this address: an address cannot be pointed elsewhere, as a name can. */
function hostsOf(host = LOOPBACK): string[] {
  if (!ANY_ADDRESS.includes(host)) return [host.includes(':') ? `[${host}]` : host];
  const addresses = Object.values(networkInterfaces()).flatMap((each = []) => each);
  return addresses.map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address));
}

function hostInUrl(host: string): string {
  if (ANY_ADDRESS.includes(host)) return LOOPBACK;
  return host.includes(':') ? `[${host}]` : host;
}

/** Answers a defect of this server, or of a test's `when`, instead of throwing it. */
function asServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  return new ServiceError('InternalFailure', `The local server failed: ${String(error)}`, { status: 500 });
}
