import { getLogger } from 'fapilog-cloudwatch';
import { makeApp } from './app.js';

/** For the lines that wait; who runs the service kills it later than this after SIGTERM. */
const DEADLINE_MS = 10_000;

const logger = getLogger(); // malformed settings fail here; without any, lines go to stderr
const app = await makeApp();
const url = await app.listen({ port: Number(process.env['PORT'] ?? 8080), host: '0.0.0.0' });
console.log(`listening on ${url}`);

process.once('SIGTERM', (signal) => void stop(signal));
process.once('SIGINT', (signal) => void stop(signal));

async function stop(signal: NodeJS.Signals): Promise<void> {
  logger.info('service stopping', { signal });
  await app.close(); // waits for open requests
  const { accepted, delivered } = await logger.close({ deadlineMs: DEADLINE_MS });
  console.log(`${delivered} of ${accepted} log events were delivered`);
}
