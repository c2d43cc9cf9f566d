import { CloudWatchLogRecordExporter, CloudWatchLogRecordProcessor } from 'fapilog-cloudwatch/otel';

/** As the SDK hands it over, which is not installed here. */
const record = {
  hrTime: [Math.floor(Date.now() / 1_000), 0],
  hrTimeObserved: [Math.floor(Date.now() / 1_000), 0],
  severityNumber: 9,
  body: 'order placed',
  attributes: { id: 0 },
  droppedAttributesCount: 0,
  resource: { attributes: { 'service.name': 'shop' } },
  instrumentationScope: { name: 'orders' },
};

const processor = new CloudWatchLogRecordProcessor();
processor.onEmit(record);
const exporter = new CloudWatchLogRecordExporter();
exporter.export([record], async ({ code }) => {
  await Promise.all([processor.shutdown(), exporter.shutdown()]);
  const { delivered } = processor.stats();
  console.log(JSON.stringify({ code, delivered }));
});
