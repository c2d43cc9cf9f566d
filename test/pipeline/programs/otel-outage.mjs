/**
 * Emits log records of OpenTelemetry at a steady rate while the service is down, through the processor that the argument names, and
 * tells what became of them.
 */
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { BatchLogRecordProcessor, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { CloudWatchLogRecordExporter, CloudWatchLogRecordProcessor } from 'fapilog-cloudwatch/otel';

const [, , kind] = process.argv;
const { SERVICE_URL, OUTAGE_MS, EVENTS_PER_SECOND } = process.env;
const STEP_MS = 20;

const options = {
  logGroupName: '/myapp/production',
  logStreamName: 'api-server',
  region: 'us-east-1',
  endpointUrl: SERVICE_URL,
};
const failures = [];

const exporter = kind === 'ours' ? undefined : new CloudWatchLogRecordExporter(options);
const processors = {
  ours: () => new CloudWatchLogRecordProcessor(options),
  batch: () => new BatchLogRecordProcessor({ exporter: watched(exporter) }),
  simple: () => new SimpleLogRecordProcessor({ exporter: watched(exporter) }),
};
const processor = processors[kind]();
const provider = new LoggerProvider({ processors: [processor] });
const logger = provider.getLogger('outage');
let id = 0;

/** The exporter, with a look at its answers. */
function watched(inner) {
  return {
    export: (records, answer) =>
      inner.export(records, (result) => {
        if (result.code !== 0) failures.push(result.error.message);
        answer(result);
      }),
    forceFlush: () => inner.forceFlush(),
    shutdown: () => inner.shutdown(),
  };
}

/** Catches up with the time that has passed, however late the timer is. */
async function log(forMs) {
  const startedMs = Date.now();
  const firstId = id;
  for (let passedMs = 0; passedMs < forMs; passedMs = Date.now() - startedMs) {
    const due = firstId + Math.floor((passedMs * Number(EVENTS_PER_SECOND)) / 1_000);
    // A machine that stood still for a while must not make a burst that the queue of the SDK cannot take.
    for (let burst = 0; id < due && burst < 200; burst++)
      logger.emit({ body: 'order placed', attributes: { id: id++ } });
    await pause(STEP_MS);
  }
}

await log(500);
await provider.forceFlush();
process.send('down');
await once(process, 'message');
await log(Number(OUTAGE_MS));
process.send('up');
await once(process, 'message');
await log(500);
await provider.forceFlush();
const account = (exporter ?? processor).stats();
await provider.shutdown();
process.send({ logged: id, failures, atFlush: account, account: (exporter ?? processor).stats() }, () =>
  process.exit(0),
);
