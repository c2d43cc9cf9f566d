import type { LogEvent } from '../batch/log-event.js';
import type { Report } from '../io/diagnostics.js';
import type { FinishedLine, LogRecord } from '../log-record.js';
import { EventEncoder } from './event-encoder.js';
import { serialize, type OversizeAction, type Serialized } from './events.js';
import { reasonOf } from './guard.js';

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

  /** Accepts each event of the record, or the record itself if it has none, whatever is thrown meanwhile. */
  take(record: LogRecord | FinishedLine): void {
    const { ledger } = this.#parts;
    // Taken out while in use: a getter or a hook that logs would overwrite its buffer; that call takes the slow path.
    const encoder = this.#encoder;
    this.#encoder = undefined;
    // What is still to be accepted.
    let left = 1;
    try {
      const event = 'fields' in record ? encoder?.encode(record) : undefined;
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
      this.#encoder = encoder;
    }
  }

  /** A line longer than the engine can hold is the only known cause of an error here, besides a full stack. */
  #serialize(record: LogRecord | FinishedLine): Taken {
    try {
      return serialize(record, this.#parts.oversizeAction);
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
