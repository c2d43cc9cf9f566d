import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { getLogger, withContext } from 'fapilog-cloudwatch';

/** Takes orders, and has the invoices written by the service in Python. Both log the same request id. */
const { PORT = '3000', INVOICES_URL = 'http://127.0.0.1:8080' } = process.env;

const logger = getLogger();

const server = createServer((request, response) => {
  const requestId = request.headers['x-request-id']?.toString() ?? randomUUID();
  void withContext({ requestId }, () => answer(request, response, requestId));
});

async function answer(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> {
  try {
    const order = await json(request);
    logger.info('order placed', { order });
    const invoice = await fetch(`${INVOICES_URL}/invoices`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-request-id': requestId },
      body: JSON.stringify(order),
    });
    if (!invoice.ok) throw new Error(`the invoices answered ${invoice.status}`);
    response.writeHead(201, { 'x-request-id': requestId }).end();
  } catch (error) {
    logger.error('order failed', { error });
    response.writeHead(500, { 'x-request-id': requestId }).end();
  }
}

server.listen(Number(PORT), () => {
  const { port } = server.address() as AddressInfo;
  logger.info('shop listens', { port });
});

for (const signal of ['SIGTERM', 'SIGINT'])
  process.once(signal, () => {
    server.close(() => void logger.close({ deadlineMs: 5_000 }));
    server.closeIdleConnections();
  });
