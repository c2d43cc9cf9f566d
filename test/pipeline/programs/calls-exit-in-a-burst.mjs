import { loggerTo } from './settings.mjs';

const logger = loggerTo('api-server');
for (let id = 0; id < 5_000; id++) {
  if (id === 1_000) process.exit(3);
  logger.info('order placed', { id });
}
