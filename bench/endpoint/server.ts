/**
 * A process that accepts every CloudWatch Logs call at once. It keeps the bodies as they come and judges them when the
 * contestant is done: the two processes share the cores, and the work of this one must not be measured. Prints its URL.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { judge, type PutBody, type Verdict } from './judge.js';

/** Answer of `GET /verdict?events=`. The next contestant starts from zero. */
export interface Judgement extends Verdict {
  /** Bytes of all bodies, as received and decompressed. */
  readonly wireBytes: number;
  readonly bodyBytes: number;
  /** Calls other than PutLogEvents. */
  readonly otherCalls: number;
}

interface Kept {
  readonly body: Buffer;
  readonly isGzip: boolean;
}

let kept: Kept[] = [];
let otherCalls = 0;
let streams: readonly { logStreamName: string; uploadSequenceToken: string }[] = [];

const server = createServer(async (request, response) => {
  const body = await bodyOf(request);
  if (request.method === 'GET') {
    const events = Number(new URL(request.url!, 'http://endpoint').searchParams.get('events'));
    response.end(JSON.stringify(judgement(events)));
    return;
  }
  response.setHeader('content-type', 'application/x-amz-json-1.1');
  response.setHeader('x-amzn-requestid', `request-${kept.length}`);
  response.end(JSON.stringify(answer(request, body)));
});
// Connections stay open: one that closed just when a peer reuses it would be measured as a retry.
server.keepAliveTimeout = 120_000;
server.listen(0, '127.0.0.1');
await once(server, 'listening');
console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);

function answer({ headers }: IncomingMessage, body: Buffer): object {
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
      bodies.map((body) => JSON.parse(body.toString()) as PutBody),
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

function bytesOf(buffers: readonly Buffer[]): number {
  return buffers.reduce((sum, { length }) => sum + length, 0);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
