import type { QueriedEvent } from '../../query/queried-event.js';
import { EventFields } from './event-fields.js';
import { type Value, weightOf } from './value.js';

/** Estimated bytes of a row without its values. */
const ROW_BYTES = 250;

/** A row on its way through the commands: an event with what commands extracted, or a group of `stats`. */
export class Row {
  readonly #event: EventFields | undefined;
  #values: Map<string, Value> | undefined;
  /** Values by which the last `sort` orders, then those of the one before. */
  sortKeys: readonly Value[] = [];

  constructor(event?: QueriedEvent) {
    this.#event = event && new EventFields(event);
  }

  /** A column that a command made has precedence before a field of the event. */
  get(name: string): Value {
    const values = this.#values;
    return values?.has(name) ? values.get(name) : this.#event?.get(name);
  }

  set(name: string, value: Value): void {
    this.#values ??= new Map();
    this.#values.set(name, value);
  }

  /** A field of the event, whatever a command has made of its name. */
  original(name: '@ptr' | '@timestamp'): Value {
    return this.#event?.get(name);
  }

  /** A row that changes by itself. Without sort keys. */
  copy(): Row {
    const copy = new Row(this.#event?.event);
    copy.#values = this.#values && new Map(this.#values);
    return copy;
  }

  /** Makes the row as small as can be, and says its size. */
  settle(): number {
    this.#event?.forget();
    let bytes = ROW_BYTES;
    for (const value of this.#values?.values() ?? []) bytes += weightOf(value);
    for (const value of this.sortKeys) bytes += weightOf(value);
    return bytes;
  }
}
