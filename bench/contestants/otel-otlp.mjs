import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { throughOpenTelemetry } from './support/otel.mjs';

export default {
  configuration:
    'OpenTelemetry’s `LoggerProvider` with `BatchLogRecordProcessor` and `OTLPLogExporter` (HTTP, JSON), both with their defaults: 512 records a call, one call at a time, 2,048 records waiting. Ended with `shutdown()`. Offers no back-pressure',
  start({ endpoint }) {
    const exporter = new OTLPLogExporter({ url: `${endpoint}/v1/logs` });
    const processor = new BatchLogRecordProcessor({ exporter });
    return throughOpenTelemetry(new LoggerProvider({ processors: [processor] }));
  },
};
