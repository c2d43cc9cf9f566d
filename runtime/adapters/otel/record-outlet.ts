import type { LoggerAccount } from '../../logger/pipeline.js';
import type { Outlet } from '../outlet/outlet.js';
import { Flushing } from './flushing.js';
import { GivenRecords } from './given-records.js';
import type { OtelLogRecord } from './log-record.js';
import type { OtelPlan } from './options.js';

/** Where records of OpenTelemetry go, whether a processor or an exporter hands them over. */
export class RecordOutlet {
  readonly #outlet: Outlet;
  readonly #records: GivenRecords;
  readonly #flushing: Flushing;
  readonly #endOptions: { readonly deadlineMs?: number };
  #ended: Promise<void> | undefined;

  constructor({ outlet, resources, flushDeadlineMs, isOwn }: OtelPlan) {
    this.#outlet = outlet;
    this.#records = new GivenRecords(resources);
    this.#flushing = new Flushing(outlet, flushDeadlineMs);
    this.#endOptions = isOwn ? {} : { deadlineMs: flushDeadlineMs };
  }

  /** Never throws. */
  write(record: OtelLogRecord, isDetached: boolean): void {
    try {
      this.#outlet.write(this.#records.of(record, isDetached));
    } catch (error) {
      this.#outlet.write(unreadable(error));
    }
  }

  flush(deadlineMs?: number): Promise<void> {
    return this.#flushing.flush(deadlineMs);
  }

  end(): Promise<void> {
    return (this.#ended ??= this.#outlet.end(this.#endOptions).then(() => undefined));
  }

  stats(): LoggerAccount {
    return this.#outlet.stats();
  }
}

/** Counts as dropped: it throws what was thrown, in the log call. */
function unreadable(error: unknown): Parameters<Outlet['write']>[0] {
  return {
    timeMs: Date.now(),
    level: 'info',
    content() {
      throw error;
    },
  };
}
