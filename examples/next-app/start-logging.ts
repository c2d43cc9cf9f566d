import { getLogger } from 'fapilog-cloudwatch';

export function startLogging(): void {
  // After SIGTERM, Next.js ends the process by process.exit(): only a worker thread delivers then what waits.
  process.env['FAPILOG_CORE__WORKER'] ??= 'true';
  const logger = getLogger();
  logger.info('server starts'); // malformed settings fail here; without any, lines go to stderr
  process.once('SIGTERM', (signal) => logger.info('server stops', { signal }));
}
