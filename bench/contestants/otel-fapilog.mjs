import { LoggerProvider } from '@opentelemetry/sdk-logs';
import { CloudWatchLogRecordProcessor } from '../../dist/esm/runtime/adapters/otel.js';
import { throughOpenTelemetry } from './support/otel.mjs';

export default {
  configuration:
    'OpenTelemetry’s `LoggerProvider` with `CloudWatchLogRecordProcessor` of fapilog-cloudwatch/otel. Ended with `shutdown()`',
  start({ endpoint, region, logGroupName, logStreamName }) {
    const processor = new CloudWatchLogRecordProcessor({
      logGroupName,
      logStreamName,
      region,
      endpointUrl: endpoint,
    });
    return throughOpenTelemetry(new LoggerProvider({ processors: [processor] }));
  },
};
