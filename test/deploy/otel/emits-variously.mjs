/** Emits records of all kinds with the SDK that is found from a folder, through a processor: `emits-variously.mjs <folder> <processor>`. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { CloudWatchLogRecordExporter, CloudWatchLogRecordProcessor } from 'fapilog-cloudwatch/otel';

const [, , folder, kind] = process.argv;
const require = createRequire(join(folder, 'package.json'));
const { ROOT_CONTEXT, trace } = require('@opentelemetry/api');
const { resourceFromAttributes } = require('@opentelemetry/resources');
const sdk = require('@opentelemetry/sdk-logs');
const { version } = JSON.parse(
  readFileSync(join(folder, 'node_modules/@opentelemetry/sdk-logs/package.json'), 'utf8'),
);

const options = {
  logGroupName: '/myapp/production',
  logStreamName: 'api-server',
  region: 'us-east-1',
  endpointUrl: process.env.SERVICE_URL,
};
const taker =
  kind === 'ours' ? new CloudWatchLogRecordProcessor(options) : new CloudWatchLogRecordExporter(options);
const processors = {
  ours: () => taker,
  batch: () => new sdk.BatchLogRecordProcessor({ exporter: taker }),
  simple: () => new sdk.SimpleLogRecordProcessor({ exporter: taker }),
};
const provider = new sdk.LoggerProvider({
  resource: resourceFromAttributes({ 'service.name': 'shop', 'host.name': 'h-1' }),
  processors: [processors[kind]()],
});
const logger = provider.getLogger('orders', '1.2.3');
const span = trace.wrapSpanContext({
  traceId: '5759e988bd862e3fe1be46a994272793',
  spanId: '53995c3f42cd8ad8',
  traceFlags: 1,
});
const error = new RangeError('no stock');
error.stack = 'RangeError: no stock\n    at shop';

const records = [
  ...Array.from({ length: 25 }, (_, severityNumber) => ({
    severityNumber,
    body: `severity ${severityNumber}`,
  })),
  { body: 'of a text', severityText: 'NOTICE' },
  { body: { message: 'a map', total: { eur: 3 } } },
  { body: ['a', 1] },
  { body: Buffer.from('bytes') },
  {
    body: 'attributes',
    attributes: { 'http.route': '/orders', deep: [{ a: null }], raw: Buffer.from('hi') },
  },
  { body: 'in a span', context: trace.setSpan(ROOT_CONTEXT, span) },
  { body: 'failed', severityNumber: 17, exception: error },
  { eventName: 'user.login', attributes: { id: 7 } },
];
const nowMs = Date.now();
for (const [index, record] of records.entries())
  logger.emit({ timestamp: nowMs + index, observedTimestamp: nowMs + index, ...record });

await provider.forceFlush();
const { delivered } = taker.stats();
await provider.shutdown();
console.log(JSON.stringify({ version, nowMs, delivered, account: taker.stats() }));
