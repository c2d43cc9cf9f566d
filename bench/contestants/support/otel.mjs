import { SeverityNumber } from '@opentelemetry/api-logs';

/** Logs by OpenTelemetry’s API, with a provider that sends. */
export function throughOpenTelemetry(provider) {
  const logger = provider.getLogger('bench');
  return {
    log: ({ level, message, fields }) =>
      logger.emit({
        severityNumber: SeverityNumber[level.toUpperCase()],
        severityText: level.toUpperCase(),
        body: message,
        attributes: fields,
      }),
    close: () => provider.shutdown(),
  };
}
