import type { LogEvent } from '../batch/log-event.js';
import type { LogRecord } from '../log-record.js';
import { EventEncoder } from './event-encoder.js';
import { serialize, type OversizeAction, type Serialized } from './events.js';

/** What all sinks of the process share. Fields, because where the stack is full, giving back must not need a call. */
export const shared: {
  /** Absent while it is in use: a getter or a hook that logs would overwrite its buffer. */
  encoder: EventEncoder | undefined;
  /** The record that a logger hands from sink to sink. */
  handed: HandedRecord | undefined;
} = { encoder: new EventEncoder(), handed: undefined };

/**
 * A record that several sinks take one after the other, and none of them changes. Its events are made once: the values of its fields
 * are read for the first sink.
 */
export class HandedRecord {
  readonly record: LogRecord;
  #event: LogEvent | undefined;
  #turn: number | undefined;
  readonly #serialized: Partial<Record<OversizeAction, Serialized>> = {};

  constructor(record: LogRecord) {
    this.record = record;
  }

  /** As {@link EventEncoder.encode}. A record that was encoded in between has overwritten the bytes: then they are made anew. */
  encode(encoder: EventEncoder): LogEvent | undefined {
    if (this.#turn === encoder.turn) return this.#event;
    this.#event = encoder.encode(this.record);
    this.#turn = encoder.turn;
    return this.#event;
  }

  /** As {@link serialize}. */
  serialize(action: OversizeAction): Serialized {
    return (this.#serialized[action] ??= serialize(this.record, action));
  }
}
