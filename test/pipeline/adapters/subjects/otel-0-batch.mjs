import * as sdk from '@opentelemetry/sdk-logs';
import { CloudWatchLogRecordExporter } from 'fapilog-cloudwatch/otel';
import { opened, sdkLimits } from './support/otel.mjs';

export { levels, read } from './support/otel.mjs';

export const title = "OpenTelemetry sdk-logs 0, the SDK's batch processor and our exporter";

export const limits = {
  ...sdkLimits,
  exit: "the SDK's batch processor keeps what was logged in the last second",
  signals: "the SDK's batch processor keeps what was logged in the last second",
};

export async function open(options, extras) {
  const exporter = new CloudWatchLogRecordExporter(options);
  const processor = new sdk.BatchLogRecordProcessor({ exporter });
  return opened(sdk, { processor, ours: exporter }, extras);
}
