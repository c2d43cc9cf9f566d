import { compareEvents, type InputLogEvent, type StoredLogEvent } from './log-event.js';

/** State of a log stream at a legacy endpoint. The events of the last call are kept to recognize a repetition. */
export interface Sequence {
  readonly expectedToken: string;
  readonly previousToken: string | undefined;
  readonly lastCall: readonly InputLogEvent[];
}

export class LogStream {
  readonly name: string;
  readonly creationTime: number;
  lastIngestionTime: number | undefined;
  sequence: Sequence | undefined;
  #events: StoredLogEvent[] = [];
  #sorted = true;

  constructor(name: string, creationTime: number) {
    this.name = name;
    this.creationTime = creationTime;
  }

  append(events: readonly StoredLogEvent[]): void {
    for (const event of events) {
      this.#sorted &&= inOrder(this.#events.at(-1), event);
      this.#events.push(event);
      this.lastIngestionTime = event.ingestionTime;
    }
  }

  /** Events ordered by timestamp, then by arrival. */
  get events(): readonly StoredLogEvent[] {
    if (!this.#sorted) this.#events = this.#events.toSorted(compareEvents);
    this.#sorted = true;
    return this.#events;
  }
}

function inOrder(last: StoredLogEvent | undefined, next: StoredLogEvent): boolean {
  return last === undefined || compareEvents(last, next) < 0;
}
