/** Logs one line, and tells how many modules of the AWS SDK were loaded in each turn of the event loop until it is delivered. */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const loaded = () =>
  Object.keys(require.cache).filter((path) => /node_modules\/@(aws-sdk|smithy|aws)\//.test(path)).length;

const { CloudWatchSink, getLogger } = require('fapilog-cloudwatch');
const sink = new CloudWatchSink({
  logGroupName: '/myapp/production',
  logStreamName: 'api-server',
  region: 'us-east-1',
  endpointUrl: process.env.SERVICE_URL,
  client: 'sdk',
});
const logger = getLogger({ sinks: [sink] });
const perTurn = [];
let before = loaded();
const count = () => {
  const now = loaded();
  perTurn.push(now - before);
  before = now;
  turn = setImmediate(count);
};
let turn = setImmediate(count);
logger.info('order placed', { id: 0 });
const { delivered } = await logger.close();
clearImmediate(turn);
console.log(JSON.stringify({ delivered, perTurn: perTurn.filter((each) => each > 0) }));
