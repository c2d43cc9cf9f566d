import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { Sent } from './page.js';

const SECOND_MS = 1_000;
export const SAMPLE_GROUPS = ['/shop/production', '/shop/worker'] as const;
const STREAMS = ['api-1', 'api-2'];

/** What a shop of three services may have logged in the last 40 minutes, always the same. */
export async function logSample(client: CloudWatchLogs, nowMs: number): Promise<void> {
  for (const logGroupName of SAMPLE_GROUPS) {
    await client.createLogGroup({ logGroupName });
    for (const [index, logStreamName] of STREAMS.entries()) {
      await client.createLogStream({ logGroupName, logStreamName });
      const seed = index + (logGroupName === SAMPLE_GROUPS[0] ? 0 : 10);
      await client.putLogEvents({ logGroupName, logStreamName, logEvents: [...sampleEvents(nowMs, seed)] });
    }
  }
}

function* sampleEvents(nowMs: number, seed: number): Generator<Sent> {
  const random = randomFrom(seed + 1);
  const startMs = nowMs - 2_400 * SECOND_MS;
  for (
    let offset = seed;
    offset < 2_398;
    offset += 1 + random() * (offset > 1_500 && offset < 1_750 ? 2 : 14)
  ) {
    const timestamp = Math.floor(startMs + offset * SECOND_MS);
    const isBad = offset > 1_560 && offset < 1_700;
    yield { timestamp, message: lineOf(timestamp, random, isBad) };
  }
}

function lineOf(timestamp: number, random: () => number, isBad: boolean): string {
  const requestId = `r-${Math.floor(random() * 40)}`;
  const head = (level: string, message: string): object => ({
    timestamp: new Date(timestamp).toISOString(),
    level,
    message,
    service: random() < 0.6 ? 'checkout' : 'catalogue',
    requestId,
  });
  const kind = random();
  if (kind < (isBad ? 0.45 : 0.02)) return JSON.stringify({ ...head('error', 'payment failed'), ...failure });
  if (kind < 0.06)
    return JSON.stringify({ ...head('warn', 'slow query'), ms: 900 + Math.floor(random() * 900) });
  if (kind < 0.1)
    return `\u001b[32minfo\u001b[0m: worker \u001b[1mready\u001b[0m in ${Math.floor(random() * 90)} ms`;
  if (kind < 0.3)
    return JSON.stringify({ ...head('debug', 'cache hit'), key: `product:${Math.floor(random() * 900)}` });
  const ms = Math.floor(4 + random() * 180);
  const path = ['/orders', '/products', '/basket', '/checkout'][Math.floor(random() * 4)];
  return JSON.stringify({
    ...head('info', `GET ${path} 200`),
    status: 200,
    ms,
    user: { id: `u-${Math.floor(random() * 99)}` },
  });
}

const failure = {
  orderId: 'o-2041',
  error: {
    type: 'PaymentError',
    message: 'card was declined',
    stack: [
      'PaymentError: card was declined',
      '    at charge (/app/src/payment.ts:41:11)',
      '    at async checkout (/app/src/checkout.ts:88:5)',
      '    at async /app/node_modules/fastify/lib/handler.js:120:7',
    ].join('\n'),
    cause: {
      type: 'TimeoutError',
      message: 'no answer within 2000 ms',
      stack:
        'TimeoutError: no answer within 2000 ms\n    at Socket.onTimeout (/app/src/bank-client.ts:17:23)',
    },
  },
};

/** Small, and the same everywhere (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
