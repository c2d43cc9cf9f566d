import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { CloudWatchInput } from '../../contract/sections.js';
import type { Level } from '../../contract/levels.js';
import {
  startLocalCloudWatchLogs,
  type CallRecord,
  type LocalCloudWatchLogs,
  type LocalCloudWatchLogsOptions,
} from '../../local/index.js';
import type { RejectedLogEvent } from '../../runtime/ack/settler.js';
import type { Diagnostic } from '../../runtime/io/diagnostics.js';
import type { LogsPort } from '../../runtime/send/port.js';
import type { Logger } from '../../runtime/logger/logger.js';
import { getLogger } from '../../runtime/logger/get-logger.js';
import { Settings } from '../../runtime/settings/settings.js';
import type { DeliveryReport } from '../../runtime/delivery-report.js';
import { withEdges } from '../../runtime/edges.js';
import { CloudWatchSink } from '../../runtime/sink.js';
import { seeded } from '../../tools/soak/seeded.js';
import { FaultProxy } from './fault-proxy.js';
import { recogniseErrorsOfNode } from './realm.js';

recogniseErrorsOfNode();

export const TARGET = { logGroupName: '/myapp/production', logStreamName: 'api-server' };

/** A log line as it came back from the service. */
export interface StoredLine {
  readonly timestamp: number;
  readonly message: string;
  /** Number of the event; none for what the sink itself wrote into the stream. */
  readonly id: number | undefined;
  readonly droppedEvents: number | undefined;
}

/** A PutLogEvents call that the server read, with the numbers of its events. */
interface Attempt {
  readonly row: CallRecord;
  readonly ids: readonly number[];
}

export interface StageOptions {
  readonly sink?: CloudWatchInput;
  readonly server?: LocalCloudWatchLogsOptions;
  /** Whether a fault proxy stands between. */
  readonly proxied?: boolean;
  /** Whether log group and log stream are there from the start. Default: true. */
  readonly provisioned?: boolean;
  /** Called before the sink is made. */
  readonly prepare?: () => Promise<Prepared>;
  readonly port?: LogsPort;
  readonly onRejected?: (event: RejectedLogEvent) => void;
  readonly onDiagnostic?: (diagnostic: Diagnostic) => void;
}

/** What was there before the sink. */
export interface Prepared {
  readonly sink: CloudWatchInput & { readonly spoolDir: string };
  /** Events that others have logged, with the first numbers. */
  readonly logged: number;
}

/** What became of everything that was logged, as read back from where it went. */
export interface Findings {
  readonly report: DeliveryReport;
  readonly logged: number;
  readonly lines: readonly StoredLine[];
  /** Numbers of the rejected, the diverted events. */
  readonly rejected: readonly number[];
  readonly diverted: readonly number[];
  /** Events found in no place and not counted as dropped. */
  readonly lost: number;
  /** Lines that are there a second time. */
  readonly duplicates: number;
  /** Calls that stored what was stored already. */
  readonly repeatedCalls: number;
  /** Calls that stored something while the sink could not know. */
  readonly callsInDoubt: number;
  readonly mostPendingBytes: number;
  /** Stable names of what the sink said, each once. */
  readonly said: readonly string[];
}

const IN_DOUBT = new Set(['resetAfter', 'cutBody', 'noRequestId']);

/** A sink on a local server, all that it says and does, and a look at what arrived. */
export class DeliveryStage {
  readonly diagnostics: Diagnostic[] = [];
  readonly rejected: RejectedLogEvent[] = [];
  readonly stderr: string[] = [];
  readonly levels: Level[] = [];
  readonly service: LocalCloudWatchLogs;
  readonly proxy: FaultProxy | undefined;
  readonly client: CloudWatchLogs;
  readonly sink: CloudWatchSink;
  readonly logger: Logger;
  readonly #attempts: Attempt[] = [];
  readonly #archive: StoredLine[] = [];
  #mostPendingBytes = 0;

  private constructor(
    service: LocalCloudWatchLogs,
    proxy: FaultProxy | undefined,
    { sink, port, onRejected, onDiagnostic }: StageOptions,
  ) {
    this.service = service;
    this.proxy = proxy;
    this.client = new CloudWatchLogs({
      endpoint: service.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIDREADER', secretAccessKey: 'secret' },
    });
    this.sink = new CloudWatchSink(
      withEdges(
        {
          ...TARGET,
          region: 'us-east-1',
          endpointUrl: proxy?.endpoint ?? service.endpoint,
          batchSize: 50,
          batchTimeoutSeconds: 0.02,
          retryBaseDelay: 0.002,
          maxQueueBytes: 4_194_304,
          ...sink,
          env: {},
          onDiagnostic: (diagnostic) => {
            this.diagnostics.push(diagnostic);
            onDiagnostic?.(diagnostic);
          },
          onRejected: (event) => {
            this.rejected.push(event);
            onRejected?.(event);
          },
        },
        { random: seeded(7), writeStderr: (text) => this.stderr.push(text) > 0, ...(port ? { port } : {}) },
      ),
    );
    const settings = new Settings({ core: { logLevel: 'trace' } }, { env: {} });
    this.logger = getLogger({ settings, sinks: [this.sink] });
    this.#recordAttempts();
  }

  static async open(options: StageOptions = {}): Promise<DeliveryStage> {
    useDummyCredentials();
    const service = await startLocalCloudWatchLogs({ random: seeded(42), ...options.server });
    const proxy = options.proxied ? await FaultProxy.before(service.endpoint) : undefined;
    const prepared = await options.prepare?.();
    const stage = new DeliveryStage(service, proxy, {
      ...options,
      sink: { ...options.sink, ...prepared?.sink },
    });
    stage.levels.push(...Array<Level>(prepared?.logged ?? 0).fill('info'));
    if (options.provisioned ?? true) await stage.provision();
    return stage;
  }

  /** Puts faults on the server, behind the recorder. */
  inject(...faults: Parameters<LocalCloudWatchLogs['inject']>): void {
    this.service.inject(...faults);
  }

  clearFaults(): void {
    this.service.clearFaults();
    this.#recordAttempts();
  }

  async provision(): Promise<void> {
    const { logGroupName } = TARGET;
    await this.client.createLogGroup({ logGroupName });
    await this.client.createLogStream(TARGET);
  }

  /** Deletes the stream, or its group with it; what was in it still counts as having been stored. */
  async delete(what: 'stream' | 'group'): Promise<void> {
    this.#archive.push(...(await this.stored()));
    if (what === 'stream') await this.client.deleteLogStream(TARGET);
    else await this.client.deleteLogGroup({ logGroupName: TARGET.logGroupName });
  }

  /** Events logged so far. */
  get logged(): number {
    return this.levels.length;
  }

  log(level: Level = 'info', padding = ''): void {
    const id = this.levels.push(level) - 1;
    this.logger[level]('order placed', { id, ...(padding && { padding }) });
    this.sample();
  }

  /** Logs at a time of its own, past the logger. */
  logAt(timeMs: number): void {
    const id = this.levels.push('info') - 1;
    this.sink.write({ timeMs, level: 'info', message: 'order placed', fields: [{ id }] });
    this.sample();
  }

  /** Logs in bursts with a moment between, so that several milliseconds and batches are in play. */
  async logMany(count: number, burst = 50, pauseMs = 2): Promise<void> {
    for (let left = count; left > 0; left -= burst) {
      for (let each = 0; each < Math.min(left, burst); each++) this.log();
      await pause(pauseMs);
    }
  }

  sample(): void {
    this.#mostPendingBytes = Math.max(this.#mostPendingBytes, this.sink.stats().pendingBytes);
  }

  /** PutLogEvents calls that the server read. */
  get puts(): readonly CallRecord[] {
    return this.service.calls.filter(({ operation }) => operation === 'PutLogEvents');
  }

  /** Calls of one operation that the sink made. */
  callsOf(operation: string): readonly CallRecord[] {
    return this.service.calls.filter(
      (call) => call.operation === operation && call.accessKeyId !== 'AKIDREADER',
    );
  }

  /** Closes the sink and compares its account with what is found at the other ends. */
  async settle(deadlineMs = 20_000): Promise<Findings> {
    const report = await this.sink.close({ deadlineMs });
    return this.findings(report);
  }

  async findings(report: DeliveryReport = this.sink.stats()): Promise<Findings> {
    const lines = [...this.#archive, ...(await this.stored())];
    const ids = lines.flatMap(({ id }) => (id === undefined ? [] : [id]));
    const rejected = this.rejected.map(({ message }) => idOf(message));
    const diverted = this.divertedLines().map(({ message }) => idOf(message));
    const found = new Set([...ids, ...rejected, ...diverted]);
    return {
      report,
      logged: this.logged,
      lines,
      rejected,
      diverted,
      lost: this.logged - found.size - report.dropped.total,
      duplicates: ids.length - new Set(ids).size,
      repeatedCalls: this.#repeatedCalls(),
      callsInDoubt: (this.proxy?.inDoubt ?? 0) + this.#attempts.filter(isInDoubt).length,
      mostPendingBytes: this.#mostPendingBytes,
      said: [...new Set(this.diagnostics.map(({ code }) => code))].toSorted(),
    };
  }

  /** Everything in the stream, as a reader gets it: by millisecond, then by arrival. */
  async stored(): Promise<StoredLine[]> {
    const lines: StoredLine[] = [];
    for (let nextToken: string | undefined; ;) {
      const page = await this.client.getLogEvents({
        ...TARGET,
        startFromHead: true,
        ...(nextToken && { nextToken }),
      });
      lines.push(...(page.events ?? []).map(({ timestamp = 0, message = '' }) => lineOf(timestamp, message)));
      if (page.nextForwardToken === nextToken) return lines;
      nextToken = page.nextForwardToken;
    }
  }

  divertedLines(): { diverted: string; message: string; timestamp: number }[] {
    const texts = this.stderr.flatMap((text) => text.trimEnd().split('\n'));
    const jsonLines = texts.filter((text) => text.startsWith('{'));
    return jsonLines.map(
      (text) => JSON.parse(text) as { diverted: string; message: string; timestamp: number },
    );
  }

  async close(): Promise<void> {
    await this.proxy?.close();
    await this.service.close();
    await this.sink.close({ deadlineMs: 0 });
    this.client.destroy();
  }

  /** A call that repeats must be the same batch as one that was in doubt: the same events, all of them. */
  #repeatedCalls(): number {
    const storing = this.#attempts.filter(({ row }) => row.stored > 0);
    const batches = new Set<string>();
    let repeated = 0;
    for (const { ids } of storing) {
      const batch = ids.join();
      if (batches.has(batch)) repeated++;
      batches.add(batch);
    }
    return repeated;
  }

  /** A fault that never applies, but sees each call; the row of the call has just been opened. */
  #recordAttempts(): void {
    this.service.inject({
      kind: 'hang',
      when: ({ messages }) => {
        const row = this.service.calls.at(-1);
        if (row) this.#attempts.push({ row, ids: messages.map(idOf) });
        return false;
      },
    });
  }
}

function isInDoubt({ row }: Attempt): boolean {
  return row.stored > 0 && (row.status !== 200 || IN_DOUBT.has(row.fault ?? ''));
}

function lineOf(timestamp: number, message: string): StoredLine {
  const { id, droppedEvents } = JSON.parse(message) as { id?: number; droppedEvents?: number };
  return { timestamp, message, id, droppedEvents };
}

function idOf(message: string): number {
  return (JSON.parse(message) as { id?: number }).id ?? -1;
}

export function useDummyCredentials(accessKeyId = 'AKIDSINK'): void {
  process.env['AWS_ACCESS_KEY_ID'] = accessKeyId;
  process.env['AWS_SECRET_ACCESS_KEY'] = 'secret';
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
}

export function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}

/** Waits for something that happens on the other side of a connection. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(2);
}
