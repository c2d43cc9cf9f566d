/** What the subjects of OpenTelemetry share. Each brings the SDK of its version, and the processor that the records go through. */
import { setTimeout as pause } from 'node:timers/promises';

const PER_RECORD_MS = 50;

export const levels = {
  trace: 'TRACE',
  debug: 'DEBUG',
  info: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
  fatal: 'FATAL',
};

/** What the SDK itself does not hand on. */
export const sdkLimits = {
  request: 'an attribute is text, a number, a list or a map: the SDK drops objects of classes',
  values: 'the SDK drops attributes that are Map, Date, BigInt, …',
  'name __proto__': 'the SDK loses an attribute of this name',
  'after close': 'the SDK hands nothing on after its shutdown',
  'error cause': 'the SDK makes three attributes of an error: type, message and stack',
  'error members': 'the SDK makes three attributes of an error: type, message and stack',
};

export function read({ message: line }) {
  const { timestamp, level, message, 'otel.scope.name': _, ...fields } = JSON.parse(line);
  return { timeMs: Date.parse(timestamp), level, message, fields };
}

/**
 * @param sdk the module of the SDK's version
 * @param stage what takes the records: its processor, and the part of it that has the account
 */
export function opened(sdk, { processor, ours }, { sibling } = {}) {
  const slow = sibling ? new SlowExporter() : undefined;
  const processors = [...(slow ? [new sdk.BatchLogRecordProcessor({ exporter: slow })] : []), processor];
  const provider = new sdk.LoggerProvider({ processors });
  const logger = provider.getLogger('subject');
  const emit = (level, record) => {
    const severity = { severityNumber: numberOf(level), severityText: levels[level] };
    try {
      logger.emit({ ...severity, ...record });
    } catch {
      // The SDK throws what the getter of an attribute throws.
      logger.emit({ ...severity, body: record.body });
    }
  };
  return {
    log: (level, message, attributes) => emit(level, { body: message, attributes }),
    logError: (message, exception) => emit('error', { body: message, exception }),
    logAt: (timeMs, level, message) =>
      emit(level, { body: message, timestamp: timeMs, observedTimestamp: timeMs }),
    flush: () => provider.forceFlush(),
    close: () => provider.shutdown(),
    stats: () => ours.stats(),
    siblingLines: () => slow.lines,
  };
}

function numberOf(level) {
  return Object.keys(levels).indexOf(level) * 4 + 1;
}

class SlowExporter {
  lines = 0;

  async export(records, answer) {
    for (const _ of records) {
      await pause(PER_RECORD_MS);
      this.lines++;
    }
    answer({ code: 0 });
  }

  async forceFlush() {}

  async shutdown() {}
}
