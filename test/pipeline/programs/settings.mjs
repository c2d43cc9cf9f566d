/**
 * Where the programs of this folder send to, and how their sinks are set: the test says so in the environment, and there
 * too whether they run in a worker thread. With `TELL_ACCOUNT`, the account as it is when the process has ended goes to
 * stdout.
 */
import { writeSync } from 'node:fs';
import { getLogger, Settings } from '../../../dist/esm/runtime/index.js';

export function cloudwatchTo(logStreamName) {
  return {
    logGroupName: '/myapp/production',
    logStreamName,
    region: 'us-east-1',
    endpointUrl: process.env.SERVICE_URL,
    batchTimeoutSeconds: 60,
  };
}

export function loggerTo(logStreamName, { tellsAccount = true } = {}) {
  const cloudwatch = cloudwatchTo(logStreamName);
  const settings = new Settings({ sinkConfig: { cloudwatch } });
  // On a machine under load, a worker may need longer than an exit waits for it unless told.
  const exitDeadlineMs = settings.sinkConfig.cloudwatch.shutdownDeadlineSeconds * 1_000;
  const worker = process.env.IN_WORKER ? { exitDeadlineMs } : false;
  const logger = getLogger({ settings, worker });
  if (tellsAccount) tellAccountOf(logger);
  return logger;
}

export function logMany(logger, count, firstId = 0) {
  for (let id = firstId; id < firstId + count; id++) logger.info('order placed', { id });
}

/** Registered after the listeners of all who log at the end, so that it is called after them. */
export function tellAccountOf(logger) {
  if (!process.env.TELL_ACCOUNT) return;
  process.on('exit', () => writeSync(1, `${JSON.stringify({ account: logger.stats() })}\n`));
}
