import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import {
  type LocalCloudWatchLogs,
  type LocalCloudWatchLogsOptions,
  startLocalCloudWatchLogs,
} from '../../local/index.js';

export const GROUP = '/myapp/production';
export const STREAM = 'api-server';
export const TARGET = { logGroupName: GROUP, logStreamName: STREAM };

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** Where the clock of a test stands: 2026-01-15T12:00:00Z. */
export const NOW_MS = 1_768_478_400_000;

/** What an error of the official client says that the service decided. */
export interface Refused {
  readonly name: string;
  readonly message: string;
  readonly status: number;
}

export interface Raw {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

export interface RawOptions {
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
}

/** A server, the official client for it, and calls that the client would not send. */
export class Stage {
  readonly service: LocalCloudWatchLogs;
  readonly client: CloudWatchLogs;

  constructor(service: LocalCloudWatchLogs, region: string) {
    this.service = service;
    this.client = new CloudWatchLogs({
      endpoint: service.endpoint,
      region,
      maxAttempts: 1,
      // StartLiveTail would put `stream-` before the address, and the client asks no variable about it.
      disableHostPrefix: true,
      credentials: { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'secret' },
    });
  }

  async put(timestamps: readonly number[], message = 'line'): Promise<Record<string, unknown>> {
    const logEvents = timestamps.map((timestamp) => ({ timestamp, message }));
    return (await this.raw('PutLogEvents', { ...TARGET, logEvents })).body;
  }

  raw(operation: string, input: unknown, options: RawOptions = {}): Promise<Raw> {
    return this.rawBytes(operation, JSON.stringify(input), options);
  }

  async rawBytes(
    operation: string,
    body: string | Buffer,
    { headers, signal }: RawOptions = {},
  ): Promise<Raw> {
    const response = await fetch(this.service.endpoint, {
      method: 'POST',
      headers: definedOf({ ...rawHeaders(operation), ...headers }),
      body: typeof body === 'string' ? body : new Uint8Array(body),
      ...(signal !== undefined && { signal }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parse(text) };
  }
}

const opened: Stage[] = [];

/** An empty server. */
export async function startEmpty(
  options: LocalCloudWatchLogsOptions = {},
  region = 'us-east-1',
): Promise<Stage> {
  const stage = new Stage(await startLocalCloudWatchLogs({ clock: () => NOW_MS, ...options }), region);
  opened.push(stage);
  return stage;
}

/** A server with one group and one stream. */
export async function start(options: LocalCloudWatchLogsOptions = {}): Promise<Stage> {
  const stage = await startEmpty(options);
  await stage.client.createLogGroup({ logGroupName: GROUP });
  await stage.client.createLogStream(TARGET);
  return stage;
}

/** For `afterEach`. */
export async function stopAll(): Promise<void> {
  const stages = opened.splice(0);
  for (const { client } of stages) client.destroy();
  await Promise.all(stages.map(({ service }) => service.close()));
}

export async function refused(call: Promise<unknown>): Promise<Refused> {
  const error = await call.then(
    () => new Error('The call was not refused.'),
    (reason: Error & { $metadata?: { httpStatusCode?: number } }) => reason,
  );
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return { name: error.name, message: error.message, status: $metadata?.httpStatusCode ?? 0 };
}

/** A header set to `undefined` is left out. */
function definedOf(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const defined: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) defined[name] = value;
  return defined;
}

export function rawHeaders(operation: string): Record<string, string> {
  const date = basicDate(Date.now());
  return {
    'Content-Type': 'application/x-amz-json-1.1',
    'X-Amz-Target': `Logs_20140328.${operation}`,
    'X-Amz-Date': date,
    Authorization: authorization(`AKIDRAW/${date.slice(0, 8)}/us-east-1/logs/aws4_request`),
  };
}

export function authorization(credential: string): string {
  const signature = '0'.repeat(64);
  return `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;x-amz-date, Signature=${signature}`;
}

export function basicDate(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** Waits for something that happens on the other side of a connection. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}
