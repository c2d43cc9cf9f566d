import type { LogEvent } from '../batch/log-event.js';
import type { Report } from '../io/diagnostics.js';
import type { FinishedLine, LogRecord } from '../log-record.js';
import { EventEncoder } from './event-encoder.js';
import { serialize, type OversizeAction, type Serialized } from './events.js';
import { reasonOf } from './guard.js';

export interface IntakeParts {
  readonly oversizeAction: OversizeAction;
  readonly report: Report;
  /** Takes an event, whose bytes may change once this returns. */
  readonly enter: (event: LogEvent) => void;
  /** Takes note of a record that has no event. */
  readonly lose: (reason: 'tooLarge' | 'unserializable', timeMs: number) => void;
}

/** Makes log events of records: on the fast path into a buffer that is used again, else on the slow one. */
export class Intake {
  readonly #parts: IntakeParts;
  readonly #oversize: Record<OversizeAction, number> = { truncate: 0, split: 0, drop: 0 };
  #encoder: EventEncoder | undefined = new EventEncoder();

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  /** Counts the records over the service's size limit, by the action taken. */
  get oversize(): Readonly<Record<OversizeAction, number>> {
    return { ...this.#oversize };
  }

  take(record: LogRecord | FinishedLine): void {
    // Taken out while in use: a getter or a hook that logs would overwrite its buffer; that call takes the slow path.
    const encoder = this.#encoder;
    this.#encoder = undefined;
    try {
      const event = 'fields' in record ? encoder?.encode(record) : undefined;
      if (event) this.#parts.enter(event);
      else for (const each of this.eventsOf(record)) this.#parts.enter(each);
    } finally {
      this.#encoder = encoder;
    }
  }

  /** Makes the events of a record on the slow path: none if the record is lost, which is noted. */
  eventsOf(record: LogRecord | FinishedLine): readonly LogEvent[] {
    const { events, oversize } = this.#serialize(record);
    if (oversize) this.#noteOversize(oversize, record.timeMs);
    return events;
  }

  /** A line longer than the engine can hold is the only known cause of an error here. */
  #serialize(record: LogRecord | FinishedLine): Serialized {
    const { oversizeAction, report, lose } = this.#parts;
    try {
      return serialize(record, oversizeAction);
    } catch (error) {
      lose('unserializable', record.timeMs);
      report('unserializable', `a log record has no line: ${reasonOf(error)}`);
      return { events: [], oversize: undefined };
    }
  }

  #noteOversize(action: OversizeAction, timeMs: number): void {
    this.#oversize[action]++;
    this.#parts.report(`oversize.${action}`, `a log event was over the service's size limit: ${action}`);
    if (action === 'drop') this.#parts.lose('tooLarge', timeMs);
  }
}
