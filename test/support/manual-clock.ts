import type { Clock, Timer } from '../../runtime/io/clock.js';

interface Alarm {
  readonly dueMs: number;
  readonly delayMs: number;
  readonly holdsProcess: boolean;
  readonly ring: () => void;
}

/** Time that stands still until a test moves it. */
export class ManualClock implements Clock {
  /** Every delay that was asked for, in order. */
  readonly delays: number[] = [];
  readonly #alarms = new Set<Alarm>();
  #nowMs: number;
  #setByMs = 0;

  constructor(nowMs = 0) {
    this.#nowMs = nowMs;
  }

  now(): number {
    return this.#nowMs + this.#setByMs;
  }

  monotonic(): number {
    return this.#nowMs;
  }

  after(delayMs: number, ring: () => void, holdsProcess = false): Timer {
    const alarm = { dueMs: this.#nowMs + delayMs, delayMs, holdsProcess, ring };
    this.delays.push(delayMs);
    this.#alarms.add(alarm);
    return { cancel: () => void this.#alarms.delete(alarm) };
  }

  /** The delays that were asked for and are neither over nor cancelled. */
  get waiting(): number[] {
    return [...this.#alarms].map(({ delayMs }) => delayMs);
  }

  /** Whether one of them keeps the process alive. */
  get holdsProcess(): boolean {
    return [...this.#alarms].some((alarm) => alarm.holdsProcess);
  }

  /** Rings what falls due on the way, earliest first, each at its own time. */
  advance(byMs: number): void {
    const untilMs = this.#nowMs + byMs;
    for (let alarm = this.#next(untilMs); alarm; alarm = this.#next(untilMs)) {
      this.#alarms.delete(alarm);
      this.#nowMs = Math.max(this.#nowMs, alarm.dueMs);
      alarm.ring();
    }
    this.#nowMs = untilMs;
  }

  /** The time of day is set, forward or back; no time goes by. */
  set(byMs: number): void {
    this.#setByMs += byMs;
  }

  /** Time goes on and no timer rings, as in a process that is frozen. */
  elapse(byMs: number): void {
    this.#nowMs += byMs;
  }

  #next(untilMs: number): Alarm | undefined {
    const [first] = [...this.#alarms].toSorted((a, b) => a.dueMs - b.dueMs);
    return first && first.dueMs <= untilMs ? first : undefined;
  }
}

/** Lets everything run that waits for nothing but promises. */
export function promisesRun(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
