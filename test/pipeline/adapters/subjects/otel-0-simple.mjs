import * as sdk from '@opentelemetry/sdk-logs';
import { CloudWatchLogRecordExporter } from 'fapilog-cloudwatch/otel';
import { opened, sdkLimits } from './support/otel.mjs';

export { levels, read } from './support/otel.mjs';

export const title = "OpenTelemetry sdk-logs 0, the SDK's simple processor and our exporter";

export const limits = sdkLimits;

export async function open(options, extras) {
  const exporter = new CloudWatchLogRecordExporter(options);
  const processor = new sdk.SimpleLogRecordProcessor({ exporter });
  // The simple processor does not flush its exporter.
  const flush = () => exporter.forceFlush();
  return { ...opened(sdk, { processor, ours: exporter }, extras), flush };
}
