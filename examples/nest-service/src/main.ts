import { NestFactory } from '@nestjs/core';
import { getLogger } from 'fapilog-cloudwatch';
import { requestLogger } from 'fapilog-cloudwatch/http';
import { AppModule } from './app.module.js';
import { CloudWatchLogger } from './cloudwatch-logger.js';
import { RequestContext } from './request-context.js';

/** For the lines that wait; who runs the service kills it later than this after SIGTERM. */
const DEADLINE_MS = 10_000;

const app = await NestFactory.create(AppModule, { logger: new CloudWatchLogger() });
// Before everything else. Debug lines of a request are delivered only if it fails.
app.use(requestLogger({ ignore: ['/health'], bufferLevel: 'debug' }));
app.useGlobalInterceptors(new RequestContext());
await app.listen(Number(process.env['PORT'] ?? 8080));
console.log(`listening on ${(await app.getUrl()).replace('[::1]', 'localhost')}`);

process.once('SIGTERM', (signal) => void stop(signal));
process.once('SIGINT', (signal) => void stop(signal));

async function stop(signal: NodeJS.Signals): Promise<void> {
  getLogger().info('service stopping', { signal });
  await app.close(); // waits for open requests, and calls the hooks of Nest
  const { accepted, delivered } = await getLogger().close({ deadlineMs: DEADLINE_MS });
  console.log(`${delivered} of ${accepted} log events were delivered`);
}
