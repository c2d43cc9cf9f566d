import { createServer } from 'node:http';
import { getLogger } from 'fapilog-cloudwatch';
import { handle } from './routes.js';

/** An HTTP service that knows nothing of its logs but the environment that the construct injects. */
const logger = getLogger().child({ service: 'http-service' });
const server = createServer((request, response) => handle(logger, request, response));

server.listen(Number(process.env['PORT'] ?? 0), '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  logger.info('service started', { port });
  console.log(JSON.stringify({ listening: `http://127.0.0.1:${port}` }));
});

process.once('SIGTERM', () => {
  logger.info('service stopping', { signal: 'SIGTERM' });
  server.closeIdleConnections();
  server.close(() => void finish());
});

async function finish(): Promise<void> {
  const report = await logger.close({ deadlineMs: 5_000 });
  console.log(JSON.stringify({ report }));
}
