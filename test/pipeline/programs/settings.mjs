/**
 * Where the programs of this folder send to, and how their sinks are set: the test says so in the environment, and there
 * too whether they run in a worker thread. With `TELL_ACCOUNT`, the account as it is when the process has ended goes to
 * stdout. With `SUBJECT`, they log through an adapter for another logger: one of test/pipeline/adapters/subjects, by its name.
 */
import { writeSync } from 'node:fs';
import { getLogger, Settings } from '../../../dist/esm/runtime/index.js';
import { adaptedLogger } from './adapted-logger.mjs';

export function cloudwatchTo(logStreamName) {
  return {
    logGroupName: '/myapp/production',
    logStreamName,
    region: 'us-east-1',
    endpointUrl: process.env.SERVICE_URL,
    batchTimeoutSeconds: 60,
  };
}

const adapted = await adaptedLogger(process.env.SUBJECT, cloudwatchTo(process.env.STREAM_NAME));

export function loggerTo(logStreamName, { tellsAccount = true } = {}) {
  const logger = adapted ?? ownLoggerTo(logStreamName);
  if (tellsAccount) tellAccountOf(logger);
  return logger;
}

function ownLoggerTo(logStreamName) {
  const cloudwatch = cloudwatchTo(logStreamName);
  const settings = new Settings({ sinkConfig: { cloudwatch } });
  // On a machine under load, a worker may need longer than an exit waits for it unless told.
  const exitDeadlineMs = settings.sinkConfig.cloudwatch.shutdownDeadlineSeconds * 1_000;
  const worker = process.env.IN_WORKER ? { exitDeadlineMs } : false;
  return getLogger({ settings, worker });
}

export function logMany(logger, count, firstId = 0) {
  for (let id = firstId; id < firstId + count; id++) logger.info('order placed', { id });
}

/** Registered after the listeners of all who log at the end, so that it is called after them. */
export function tellAccountOf(logger) {
  if (!process.env.TELL_ACCOUNT || !logger.stats) return;
  process.on('exit', () => writeSync(1, `${JSON.stringify({ account: logger.stats() })}\n`));
}
