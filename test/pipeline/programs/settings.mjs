/**
 * Where the programs of this folder send to, and how their sinks are set: the test says so in the environment. With
 * `TELL_ACCOUNT`, the account as it is when the process has ended goes to stdout.
 */
import { writeSync } from 'node:fs';
import { CloudWatchSink, getLogger } from '../../../dist/esm/runtime/index.js';

export function loggerTo(logStreamName, { tellsAccount = true } = {}) {
  const sink = new CloudWatchSink({
    logGroupName: '/myapp/production',
    logStreamName,
    region: 'us-east-1',
    endpointUrl: process.env.SERVICE_URL,
    batchTimeoutSeconds: 60,
  });
  if (tellsAccount) tellAccountOf(sink);
  return { sink, logger: getLogger({ sinks: [sink] }) };
}

export function logMany(logger, count, firstId = 0) {
  for (let id = firstId; id < firstId + count; id++) logger.info('order placed', { id });
}

/** Registered after the listeners of all who log at the end, so that it is called after them. */
export function tellAccountOf(sink) {
  if (!process.env.TELL_ACCOUNT) return;
  process.on('exit', () => writeSync(1, `${JSON.stringify({ account: sink.stats() })}\n`));
}
