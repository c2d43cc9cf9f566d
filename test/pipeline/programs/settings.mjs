/** Where the programs of this folder send to: the test says so in the environment. */
import { CloudWatchSink, getLogger } from '../../../dist/esm/runtime/index.js';

export function loggerTo(logStreamName) {
  const sink = new CloudWatchSink({
    logGroupName: '/myapp/production',
    logStreamName,
    region: 'us-east-1',
    endpointUrl: process.env.SERVICE_URL,
    batchTimeoutSeconds: 60,
    env: {},
  });
  return { sink, logger: getLogger({ sinks: [sink] }) };
}

export function logMany(logger, count) {
  for (let id = 0; id < count; id++) logger.info('order placed', { id });
}
