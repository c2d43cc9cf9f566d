/** Logs with the ESM and with the CommonJS copy of the package, each to a sink of its own. */
import { createRequire } from 'node:module';
import * as esm from '../../../dist/esm/runtime/index.js';
import { cloudwatchTo } from './settings.mjs';

const cjs = createRequire(import.meta.url)('../../../dist/cjs/runtime/index.js');

for (const [logStreamName, { getLogger, Settings }] of Object.entries({ first: esm, second: cjs })) {
  const cloudwatch = cloudwatchTo(logStreamName);
  const logger = getLogger({
    settings: new Settings({ sinkConfig: { cloudwatch } }),
    worker: process.env.IN_WORKER !== undefined,
  });
  for (let id = 0; id < 1_000; id++) logger.info('order placed', { id });
}
setInterval(() => undefined, 1_000);
console.log(`ready, listening: ${process.listenerCount('SIGTERM')}`);
