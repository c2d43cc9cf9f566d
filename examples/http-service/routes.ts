import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'fapilog-cloudwatch';

/** Answers a request and logs it: one line, with request id, status and duration, and the error if there was one. */
export function handle(logger: Logger, request: IncomingMessage, response: ServerResponse): void {
  const startedAt = performance.now();
  const requestId = String(request.headers['x-request-id'] ?? randomUUID());
  const log = logger.child({ requestId, method: request.method, path: request.url });
  const answer = (status: number, body: object): number => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
    return status;
  };
  const durationMs = (): number => Math.round((performance.now() - startedAt) * 1_000) / 1_000;
  try {
    const status = answer(200, route(request.url ?? '/'));
    log.info('request served', { status, durationMs: durationMs() });
  } catch (error) {
    const status = answer(500, { message: 'internal error' });
    log.error('request failed', { status, durationMs: durationMs(), error });
  }
}

function route(path: string): object {
  switch (path) {
    case '/orders':
      return { orders: ['ord-1', 'ord-2'] };
    case '/orders/broken':
      return brokenOrder();
    default:
      return { ok: true };
  }
}

function brokenOrder(): never {
  throw new Error('the order has no lines', { cause: new RangeError('0 lines') });
}
