import type { AddressInfo } from 'node:net';
import { getLogger } from 'fapilog-cloudwatch';
import { makeApp } from './app.js';

/** ECS kills the container 30 seconds after SIGTERM: ten for open requests, ten for the lines that wait. */
const DEADLINE_MS = 10_000;

const logger = getLogger(); // malformed settings fail here; without any, lines go to stderr
const server = makeApp().listen(Number(process.env['PORT'] ?? 8080), (error) => {
  if (error) throw error;
  const { port } = server.address() as AddressInfo;
  logger.info('service started', { port });
  console.log(`listening on http://localhost:${port}`);
});

process.once('SIGTERM', stop);
process.once('SIGINT', stop);

function stop(signal: NodeJS.Signals): void {
  logger.info('service stopping', { signal });
  server.close(() => void deliver());
  setTimeout(() => server.closeAllConnections(), DEADLINE_MS).unref();
}

/** After the last request: what is logged later is not delivered. */
async function deliver(): Promise<void> {
  const { accepted, delivered } = await logger.close({ deadlineMs: DEADLINE_MS });
  console.log(`${delivered} of ${accepted} log events were delivered`);
}
