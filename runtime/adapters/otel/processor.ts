import type { LoggerAccount } from '../../logger/pipeline.js';
import type { OtelLogRecord } from './log-record.js';
import { planOf, type CloudWatchLogRecordProcessorOptions } from './options.js';
import { RecordOutlet } from './record-outlet.js';

/**
 * Delivers log records of OpenTelemetry to CloudWatch Logs as they are emitted: a `LogRecordProcessor` of `@opentelemetry/sdk-logs`.
 * It batches and retries itself, so that no exporter and no other queue is needed; fields of `withContext` are in the lines.
 *
 * ```ts
 * const provider = new LoggerProvider({ processors: [new CloudWatchLogRecordProcessor({ logGroupName: '/myapp/production' })] });
 * ```
 *
 * @throws SettingsError naming every option and setting that is malformed or missing.
 */
export class CloudWatchLogRecordProcessor {
  readonly #outlet: RecordOutlet;

  constructor(options: CloudWatchLogRecordProcessorOptions = {}) {
    this.#outlet = new RecordOutlet(planOf('new CloudWatchLogRecordProcessor', options));
  }

  /** Takes a record at once, as the processors before this one have left it. Never throws. */
  onEmit(record: OtelLogRecord): void {
    this.#outlet.write(record, false);
  }

  /**
   * Resolves once everything emitted so far is settled, or after `flushDeadlineMs`; or after `timeoutMillis` if that is less. Never
   * rejects.
   */
  forceFlush(options: { readonly timeoutMillis?: number | undefined } = {}): Promise<void> {
    return this.#outlet.flush(options.timeoutMillis);
  }

  /**
   * Delivers what waits, and diverts to stderr, or spools, what is left after `shutdownDeadlineSeconds` of the sink. A logger that was
   * given as an option is only flushed, for `flushDeadlineMs`. Never rejects; every call returns the same promise.
   */
  shutdown(): Promise<void> {
    return this.#outlet.end();
  }

  /** The account of all records so far that were emitted; with the option `logger`, of all its records. */
  stats(): LoggerAccount {
    return this.#outlet.stats();
  }
}
