import * as sdk from '@opentelemetry/sdk-logs';
import { CloudWatchLogRecordProcessor } from 'fapilog-cloudwatch/otel';
import { opened, sdkLimits } from './support/otel.mjs';

export { levels, read } from './support/otel.mjs';

export const title = 'OpenTelemetry sdk-logs 0, our processor';

export const limits = sdkLimits;

export async function open(options, extras) {
  const processor = new CloudWatchLogRecordProcessor(options);
  return opened(sdk, { processor, ours: processor }, extras);
}
