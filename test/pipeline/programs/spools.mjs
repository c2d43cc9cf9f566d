// Logs without end into a spool, and prints the number of each event once its log call has returned.
import { writeSync } from 'node:fs';
import { CloudWatchSink, getLogger } from '../../../dist/esm/runtime/index.js';

const sink = new CloudWatchSink({
  logGroupName: '/myapp/production',
  logStreamName: process.env.STREAM,
  region: 'us-east-1',
  endpointUrl: process.env.SERVICE_URL,
  batchSize: 20,
  batchTimeoutSeconds: 0.02,
  spoolDir: process.env.SPOOL_DIR,
  spoolMode: 'always',
  env: {},
});
const padding = 'x'.repeat(Number(process.env.PADDING));
const logger = getLogger({ sinks: [sink] });

let id = Number(process.env.FIRST_ID);
setInterval(() => {
  for (let each = 0; each < 10; each++) {
    logger.info('order placed', { id, padding });
    writeSync(1, `${id++}\n`);
  }
}, 1);
