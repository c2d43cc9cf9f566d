/** A logger whose sink runs in a worker thread; where it sends to, the test says in the environment. */
import { getLogger, Settings } from '../../../dist/esm/runtime/index.js';

export function workerLogger(sink = {}, worker = true) {
  const settings = new Settings(
    {
      core: { enrich: false },
      sinkConfig: {
        cloudwatch: {
          logGroupName: '/myapp/production',
          logStreamName: 'api-server',
          region: 'us-east-1',
          endpointUrl: process.env.SERVICE_URL,
          batchTimeoutSeconds: 60,
          ...sink,
        },
      },
    },
    { env: {} },
  );
  return getLogger({ settings, worker });
}

export function logMany(logger, count, from = 0) {
  for (let id = from; id < from + count; id++) logger.info('order placed', { id });
}

/** Says in the end what the account is, in the form that the test reads. */
export function tellAccountAtExit(logger) {
  process.on('exit', () => console.log(JSON.stringify(logger.stats())));
}
