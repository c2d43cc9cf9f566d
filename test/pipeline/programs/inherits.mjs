// Logs one event, beside a spool that others have left full, and has nothing more to do.
import { CloudWatchSink, getLogger } from '../../../dist/esm/runtime/index.js';

const sink = new CloudWatchSink({
  logGroupName: '/myapp/production',
  logStreamName: 'heir',
  region: 'us-east-1',
  endpointUrl: process.env.SERVICE_URL,
  spoolDir: process.env.SPOOL_DIR,
  shutdownDeadlineSeconds: 1,
  env: {},
});
getLogger({ sinks: [sink] }).info('order placed');
process.on('exit', () => console.log(JSON.stringify(sink.stats())));
