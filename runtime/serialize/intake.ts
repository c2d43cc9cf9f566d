import type { LogEvent } from '../batch/log-event.js';
import type { Report } from '../io/diagnostics.js';
import type { FinishedLine, LogRecord } from '../log-record.js';
import type { EventEncoder } from './event-encoder.js';
import { serialize, type OversizeAction, type Serialized } from './events.js';
import { reasonOf } from './guard.js';
import { shared, type HandedRecord } from './shared-encoder.js';

export interface IntakeParts {
  readonly oversizeAction: OversizeAction;
  readonly report: Report;
  /** Accepts an event, whose bytes may change once this returns, and enters it. If this throws, the event is not accepted. */
  readonly enter: (event: LogEvent) => void;
  /** The book in which records are accepted that do not come to be entered. */
  readonly ledger: { accepted: number; isTorn: boolean };
  /** Drops an event that is accepted. */
  readonly drop: (reason: 'tooLarge' | 'unserializable', timeMs: number) => void;
}

/** The events of a record, or why it has none. */
type Taken = Partial<Serialized> & Pick<Serialized, 'events'> & { readonly reason?: string };

/**
 * Makes log events of records: on the fast path into a buffer that is used again, else on the slow one. Those of a record that a
 * logger hands to several sinks are made once.
 */
export class Intake {
  readonly #parts: IntakeParts;
  readonly #oversize: Record<OversizeAction, number> = { truncate: 0, split: 0, drop: 0 };

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  /** Counts the records over the service's size limit, by the action taken. */
  get oversize(): Readonly<Record<OversizeAction, number>> {
    return { ...this.#oversize };
  }

  /** Accepts each event of the record, or the record itself if it has none, whatever is thrown meanwhile. */
  take(record: LogRecord | FinishedLine): void {
    const { ledger } = this.#parts;
    // A getter or a hook that logs finds no encoder, and takes the slow path.
    const { encoder } = shared;
    shared.encoder = undefined;
    // What is still to be accepted.
    let left = 1;
    try {
      const event = 'fields' in record && encoder ? encoded(record, encoder) : undefined;
      if (event) return this.#parts.enter(event);
      const serialized = this.#serialize(record);
      left = serialized.events.length;
      if (left === 0) {
        ledger.accepted++;
        this.#lose(serialized, record.timeMs);
        return;
      }
      this.#noteOversize(serialized.oversize);
      for (const each of serialized.events) {
        this.#parts.enter(each);
        left--;
      }
    } catch {
      // No call is made here: the stack may be full. What is accepted and in no place is counted as dropped later.
      ledger.accepted += left;
      ledger.isTorn = true;
    } finally {
      shared.encoder = encoder;
    }
  }

  /** A line longer than the engine can hold is the only known cause of an error here, besides a full stack. */
  #serialize(record: LogRecord | FinishedLine): Taken {
    try {
      const { oversizeAction } = this.#parts;
      return handed(record)?.serialize(oversizeAction) ?? serialize(record, oversizeAction);
    } catch (thrown) {
      return { events: [], reason: reasonOf(thrown) };
    }
  }

  #lose({ oversize, reason }: Taken, timeMs: number): void {
    this.#parts.drop(oversize ? 'tooLarge' : 'unserializable', timeMs);
    this.#noteOversize(oversize);
    if (!oversize) this.#parts.report('unserializable', `a log record has no line: ${reason}`);
  }

  #noteOversize(action: OversizeAction | undefined): void {
    if (!action) return;
    this.#oversize[action]++;
    this.#parts.report(`oversize.${action}`, `a log event was over the service's size limit: ${action}`);
  }
}

function encoded(record: LogRecord, encoder: EventEncoder): LogEvent | undefined {
  const known = handed(record);
  return known ? known.encode(encoder) : encoder.encode(record);
}

/** The record with what was made of it for other sinks, if it is handed to several. */
function handed(record: LogRecord | FinishedLine): HandedRecord | undefined {
  return shared.handed?.record === record ? shared.handed : undefined;
}
