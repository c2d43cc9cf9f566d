/** Logs by winston, then ends as WINSTON_END says. */
import { setTimeout as pause } from 'node:timers/promises';
import winston from 'winston';
import { CloudWatchTransport } from 'fapilog-cloudwatch/winston';

const ending = process.env['WINSTON_END'];
const transport = new CloudWatchTransport({
  logGroupName: '/myapp/production',
  logStreamName: 'api-server',
  region: 'us-east-1',
  endpointUrl: process.env['SERVICE_URL'],
  batchTimeoutSeconds: 60,
  handleExceptions: ending !== 'throws into exceptionHandlers',
  handleRejections: true,
});
const isHandler = ending === 'throws into exceptionHandlers';
const logger = winston.createLogger({
  levels: ending === 'throws with other levels' ? { fault: 0, note: 1 } : winston.config.npm.levels,
  level: ending === 'throws with other levels' ? 'note' : 'info',
  exitOnError: ending !== 'throws and goes on',
  ...(isHandler ? { exceptionHandlers: [transport] } : { transports: [transport] }),
});
if (!isHandler) logger.log(ending === 'throws with other levels' ? 'note' : 'info', 'first');

const endings = {
  'ends by itself': () => undefined,
  'ends its logger': () => logger.end(),
  'closes its logger': () => logger.close(),
  'calls process.exit': () => process.exit(3),
  'calls process.exit after the end': () => logger.on('finish', () => process.exit(3)).end(),
  throws,
  'throws with other levels': throws,
  'throws into exceptionHandlers': throws,
  rejects: () => void Promise.reject(new Error('boom')),
  async 'throws and goes on'() {
    throws();
    await pause(500);
    logger.info('still here');
    logger.end();
  },
};

function throws() {
  setImmediate(() => {
    throw new Error('boom');
  });
}

await endings[ending]();
