import { loggerTo, logMany } from './settings.mjs';

const logger = loggerTo('api-server');
logMany(logger, 500);
setInterval(() => undefined, 1_000);
process.once('SIGTERM', async () => {
  logMany(logger, 500, 500);
  await logger.close();
  process.exit(7);
});
process.stdout.write('ready\n');
