import type { Clock, Timer } from '../io/clock.js';

export interface CircuitBreakerOptions {
  readonly enabled: boolean;
  /** Calls that must fail in a row. */
  readonly threshold: number;
  /** The longest pause. */
  readonly maxPauseMs: number;
  /** The part of a pause that is always waited; the rest is random. */
  readonly leastPauseShare: number;
  /** From 0 to 1. */
  readonly random: () => number;
}

/** How long the first pause takes; each one after a probe that failed takes twice as long. */
const FIRST_PAUSE_MS = 1_000;

type State =
  | { readonly kind: 'closed'; readonly failures: number }
  | { readonly kind: 'open'; readonly pauses: number; readonly timer: Timer }
  | { readonly kind: 'halfOpen'; readonly pauses: number }
  | { readonly kind: 'probing'; readonly pauses: number };

/**
 * Pauses the calls to one stream while all of them fail: closed → open → half open, where one probe is let through.
 * It never ends in a state from which no call leads out, and it drops nothing: what may not be sent waits.
 */
export class CircuitBreaker {
  readonly #options: CircuitBreakerOptions;
  readonly #clock: Clock;
  readonly #onHalfOpen: () => void;
  #state: State = { kind: 'closed', failures: 0 };
  #maxPauseMs: number;

  constructor(options: CircuitBreakerOptions, clock: Clock, onHalfOpen: () => void) {
    this.#options = options;
    this.#maxPauseMs = options.maxPauseMs;
    this.#clock = clock;
    this.#onHalfOpen = onHalfOpen;
  }

  get state(): 'closed' | 'open' | 'halfOpen' {
    return this.#state.kind === 'probing' ? 'halfOpen' : this.#state.kind;
  }

  /** Whether a call may be made now. */
  get admits(): boolean {
    return this.#state.kind === 'closed' || this.#state.kind === 'halfOpen';
  }

  /** A call is made. In the half-open state it is the probe, and no second one follows before it is settled. */
  started(): void {
    if (this.#state.kind === 'halfOpen') this.#state = { kind: 'probing', pauses: this.#state.pauses };
  }

  /** The service answered, whatever it said. Says whether that ended a pause. */
  answered(): boolean {
    const wasClosed = this.#state.kind === 'closed';
    if (this.#state.kind === 'open') this.#state.timer.cancel();
    this.#state = { kind: 'closed', failures: 0 };
    return !wasClosed;
  }

  /** The outcome of a call says nothing of this stream: if it was the probe, the next call is. */
  undecided(): void {
    if (this.#state.kind === 'probing') this.#state = { kind: 'halfOpen', pauses: this.#state.pauses };
  }

  /** A call failed. One that was made before the pause began says nothing new. */
  failed(): void {
    if (!this.#options.enabled) return;
    if (this.#state.kind === 'probing') this.#open(this.#state.pauses);
    if (this.#state.kind !== 'closed') return;
    const failures = this.#state.failures + 1;
    if (failures >= this.#options.threshold) this.#open(0);
    else this.#state = { kind: 'closed', failures };
  }

  /** Ends the pause now, for a probe, and keeps later ones short: somebody waits for the end. */
  hurry(): void {
    this.#maxPauseMs = FIRST_PAUSE_MS;
    if (this.#state.kind !== 'open') return;
    this.#state.timer.cancel();
    this.#halfOpen(this.#state.pauses);
  }

  #open(pauses: number): void {
    const { leastPauseShare: least, random } = this.#options;
    const pauseMs =
      Math.min(this.#maxPauseMs, FIRST_PAUSE_MS * 2 ** pauses) * (least + (1 - least) * random());
    const timer = this.#clock.after(pauseMs, () => this.#halfOpen(pauses + 1));
    this.#state = { kind: 'open', pauses: pauses + 1, timer };
  }

  #halfOpen(pauses: number): void {
    this.#state = { kind: 'halfOpen', pauses };
    this.#onHalfOpen();
  }
}
