/** What is bundled with its worker: it uses the package by its name, logs, and exits. */
import { getLogger, Settings } from 'fapilog-cloudwatch';

const settings = new Settings({
  core: { enrich: false },
  sinkConfig: {
    cloudwatch: {
      logGroupName: '/myapp/production',
      logStreamName: 'api-server',
      region: 'us-east-1',
      endpointUrl: process.env.SERVICE_URL,
    },
  },
});
const logger = getLogger({ settings, worker: true });
process.on('exit', () => console.log(JSON.stringify(logger.stats())));
for (let id = 0; id < 1_000; id++) logger.info('order placed', { id });
process.exit(3);
