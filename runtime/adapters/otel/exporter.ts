import type { LoggerAccount } from '../../logger/pipeline.js';
import { Answers, answerWith, type Answer } from './answers.js';
import type { OtelLogRecord } from './log-record.js';
import { exporterPlanOf, type CloudWatchLogRecordExporterOptions } from './options.js';
import { RecordOutlet } from './record-outlet.js';

/**
 * Exports log records of OpenTelemetry to CloudWatch Logs: a `LogRecordExporter` for the processors of `@opentelemetry/sdk-logs`.
 * Prefer {@link CloudWatchLogRecordProcessor} where nothing needs an exporter: it has no queue that drops records before they come
 * here.
 *
 * ```ts
 * const provider = new LoggerProvider({ processors: [new BatchLogRecordProcessor({ exporter: new CloudWatchLogRecordExporter() })] });
 * ```
 *
 * @throws SettingsError naming every option and setting that is malformed or missing.
 */
export class CloudWatchLogRecordExporter {
  readonly #outlet: RecordOutlet;
  readonly #answers: Answers;
  #isShutDown = false;

  constructor(options: CloudWatchLogRecordExporterOptions = {}) {
    const plan = exporterPlanOf('new CloudWatchLogRecordExporter', options);
    this.#outlet = new RecordOutlet(plan);
    this.#answers = new Answers(plan.outlet, plan.exportDeadlineMs);
  }

  /**
   * Takes records at once. Answers once they are settled, or after `exportDeadlineMs`: with success if they are delivered, in the
   * spool or still kept; with failure if some were rejected, diverted to stderr or dropped, and after {@link shutdown}. Never throws.
   */
  export(records: readonly OtelLogRecord[], resultCallback: Answer): void {
    const before = this.#outlet.stats();
    for (const record of records) this.#outlet.write(record, true);
    if (!this.#isShutDown) return this.#answers.give({ before, answer: resultCallback });
    const error = new Error('log records came after the exporter was shut down');
    answerWith(resultCallback, { code: 1, error });
  }

  /** Resolves once everything exported so far is settled, or after `flushDeadlineMs`. Never rejects. */
  forceFlush(): Promise<void> {
    return this.#outlet.flush();
  }

  /**
   * Delivers what waits, and diverts to stderr, or spools, what is left after `shutdownDeadlineSeconds` of the sink. A logger that was
   * given as an option is only flushed, for `flushDeadlineMs`. Never rejects; every call returns the same promise.
   */
  shutdown(): Promise<void> {
    this.#isShutDown = true;
    return this.#outlet.end();
  }

  /** The account of all records so far that were exported; with the option `logger`, of all its records. */
  stats(): LoggerAccount {
    return this.#outlet.stats();
  }
}
