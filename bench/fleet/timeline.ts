import type { Clock, Timer } from '../../runtime/io/clock.js';

interface Entry {
  ring: (() => void) | undefined;
}

/** The time of day at which each simulation begins. */
const EPOCH_MS = Date.UTC(2026, 0, 15, 12);

/** Simulated time, in whole milliseconds. It goes on only when everything that was due is done. */
export class Timeline implements Clock {
  readonly #entries = new Map<number, Entry[]>();
  readonly #times = new Heap();
  #nowMs = 0;

  now(): number {
    return EPOCH_MS + this.#nowMs;
  }

  monotonic(): number {
    return this.#nowMs;
  }

  after(delayMs: number, ring: () => void): Timer {
    const dueMs = Math.ceil(this.#nowMs + Math.max(0, delayMs));
    const entry: Entry = { ring };
    const others = this.#entries.get(dueMs);
    if (others) others.push(entry);
    else {
      this.#entries.set(dueMs, [entry]);
      this.#times.push(dueMs);
    }
    return { cancel: () => void (entry.ring = undefined) };
  }

  /** Rings everything that is due up to then. `afterStep` is called after each millisecond in which something was due. */
  async run(untilMs: number, afterStep: () => void): Promise<void> {
    for (let dueMs = this.#times.least; dueMs <= untilMs; dueMs = this.#times.least) {
      this.#nowMs = dueMs;
      const entries = this.#entries.get(dueMs)!;
      for (let done = 0; done < entries.length;) {
        while (done < entries.length) entries[done++]!.ring?.();
        await promisesRun();
      }
      this.#times.pop();
      this.#entries.delete(dueMs);
      afterStep();
    }
    this.#nowMs = untilMs;
  }
}

/** Lets everything run that waits for nothing but promises. */
function promisesRun(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Numbers, of which the least is at hand. */
class Heap {
  readonly #values: number[] = [];

  get least(): number {
    return this.#values[0] ?? Infinity;
  }

  push(value: number): void {
    const values = this.#values;
    let index = values.length;
    values.push(value);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (values[parent]! <= value) break;
      values[index] = values[parent]!;
      index = parent;
    }
    values[index] = value;
  }

  pop(): void {
    const values = this.#values;
    const value = values.pop();
    if (value === undefined || values.length === 0) return;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= values.length) break;
      if (child + 1 < values.length && values[child + 1]! < values[child]!) child++;
      if (values[child]! >= value) break;
      values[index] = values[child]!;
      index = child;
    }
    values[index] = value;
  }
}
