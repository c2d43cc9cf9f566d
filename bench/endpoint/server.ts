/**
 * A process that accepts every CloudWatch Logs call, and logs by OTLP as JSON. It keeps the bodies as they come and judges them when the
 * contestant is done: the two processes share the cores, and the work of this one must not be measured. Prints where it
 * listens, as JSON: {@link Addresses}.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { selfSigned } from './certificate.js';
import { judge, type PutBody, type Verdict } from './judge.js';
import { putBodyOf, type OtlpBody } from './otlp.js';

/** Answer of `GET /verdict?events=`. The next contestant starts from zero. */
export interface Judgement extends Verdict {
  /** Bytes of all bodies, as received and decompressed. */
  readonly wireBytes: number;
  readonly bodyBytes: number;
  /** Calls other than PutLogEvents. */
  readonly otherCalls: number;
}

export interface Addresses {
  /** Answers at once. */
  readonly url: string;
  /** Answers at once, over TLS. */
  readonly tlsUrl: string;
  /** Answers {@link LATE_MS} after the last byte of the call. */
  readonly lateUrl: string;
  /** The certificate behind `tlsUrl`, to be trusted. */
  readonly certificate: string;
}

/** About the time that the service takes. */
const LATE_MS = 25;

/** Where OTLP has logs. */
const OTLP_LOGS = '/v1/logs';

interface Kept {
  readonly body: Buffer;
  readonly isGzip: boolean;
}

let kept: Kept[] = [];
let otherCalls = 0;
let streams: readonly { logStreamName: string; uploadSequenceToken: string }[] = [];

const tls = selfSigned();
const addresses: Addresses = {
  url: await listening(createServer(respond), 'http'),
  tlsUrl: await listening(createTlsServer(tls, respond), 'https'),
  lateUrl: await listening(
    createServer((request, response) => respond(request, response, LATE_MS)),
    'http',
  ),
  certificate: tls.cert,
};
console.log(JSON.stringify(addresses));

async function listening(server: Server, protocol: string): Promise<string> {
  // Connections stay open: one that closed just when a peer reuses it would be measured as a retry.
  server.keepAliveTimeout = 120_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `${protocol}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function respond(request: IncomingMessage, response: ServerResponse, lateMs = 0): Promise<void> {
  const body = await bodyOf(request);
  if (request.method === 'GET') {
    const events = Number(new URL(request.url!, 'http://endpoint').searchParams.get('events'));
    response.end(JSON.stringify(judgement(events)));
    return;
  }
  if (lateMs > 0) await sleep(lateMs);
  response.setHeader('content-type', 'application/x-amz-json-1.1');
  response.setHeader('x-amzn-requestid', `request-${kept.length}`);
  response.end(JSON.stringify(answer(request, body)));
}

function answer({ headers, url }: IncomingMessage, body: Buffer): object {
  if (url === OTLP_LOGS) {
    kept.push({ body, isGzip: headers['content-encoding'] === 'gzip' });
    return {};
  }
  const operation = String(headers['x-amz-target']).split('.').at(-1);
  if (operation === 'PutLogEvents') {
    kept.push({ body, isGzip: headers['content-encoding'] === 'gzip' });
    // The service no longer requires sequence tokens. A token in the answer spares peers that still need one a call.
    return { nextSequenceToken: String(kept.length) };
  }
  otherCalls++;
  if (operation === 'CreateLogStream') {
    const { logStreamName } = JSON.parse(body.toString()) as { logStreamName: string };
    streams = [...streams, { logStreamName, uploadSequenceToken: '0' }];
  }
  if (operation === 'DescribeLogStreams') return { logStreams: streams };
  if (operation === 'DescribeLogGroups') return { logGroups: [] };
  return {};
}

function judgement(events: number): Judgement {
  const bodies = kept.map(({ body, isGzip }) => (isGzip ? gunzipSync(body) : body));
  const found = {
    ...judge(
      bodies.map((body) => judged(JSON.parse(body.toString()) as PutBody | OtlpBody)),
      events,
    ),
    wireBytes: bytesOf(kept.map(({ body }) => body)),
    bodyBytes: bytesOf(bodies),
    otherCalls,
  };
  kept = [];
  streams = [];
  otherCalls = 0;
  return found;
}

function judged(body: PutBody | OtlpBody): PutBody {
  return 'resourceLogs' in body ? putBodyOf(body) : body;
}

function bytesOf(buffers: readonly Buffer[]): number {
  return buffers.reduce((sum, { length }) => sum + length, 0);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
