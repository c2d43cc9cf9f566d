import { discoveredValues } from '../../../lines/discovered-fields.js';
import type { QueriedEvent } from '../../query/queried-event.js';
import { instantOf, type Value } from './value.js';

type Flat = Readonly<Record<string, string | number | boolean | null>>;

/** The fields of an event. Its message is parsed once, and only if a query asks for a field that is discovered in it. */
export class EventFields {
  readonly event: QueriedEvent;
  #flat: Flat | undefined;
  #discovered: ReadonlyMap<string, string | number | boolean> | undefined;

  constructor(event: QueriedEvent) {
    this.event = event;
  }

  get(name: string): Value {
    return name.startsWith('@') ? this.#generated(name) : this.#discoveredField(name);
  }

  /** Forgets what was parsed, so that a row that is kept is small. It is parsed again when it is asked for. */
  forget(): void {
    this.#flat = undefined;
    this.#discovered = undefined;
  }

  #generated(name: string): Value {
    const { event } = this;
    switch (name) {
      case '@timestamp':
        return instantOf(event.timestamp);
      case '@message':
        return event.message;
      case '@logStream':
        return event.logStream;
      case '@log':
        return event.log;
      case '@ingestionTime':
        return instantOf(event.ingestionTime);
      case '@ptr':
        return event.ptr;
      default:
        // The service puts another @ before the name of a discovered field that begins with one (documented).
        return name.startsWith('@@') ? this.#discoveredField(name.slice(1)) : undefined;
    }
  }

  #discoveredField(name: string): Value {
    if (this.#discovered === undefined && this.#flat === undefined) this.#discover();
    if (this.#discovered !== undefined) return this.#discovered.get(name);
    return Object.hasOwn(this.#flat!, name) ? (this.#flat![name] ?? undefined) : undefined;
  }

  #discover(): void {
    const found = discoveredValues(this.event.message);
    if (found instanceof Map) this.#discovered = found;
    else this.#flat = found as Flat;
  }
}
