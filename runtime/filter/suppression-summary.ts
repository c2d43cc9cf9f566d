import type { Timer } from '../io/clock.js';
import type { LogRecord } from '../log-record.js';
import type { FilterContext } from './filter.js';
import { Suppression } from './suppression.js';

/** Records that were held back; the timer emits their summary. */
interface Window {
  readonly suppression: Suppression;
  readonly sinceMs: number;
  readonly timer: Timer;
}

/** Emits one summary of suppressed records a window. The first record that is suppressed after a summary opens the next window. */
export class SuppressionSummary {
  readonly #filter: string;
  readonly #windowMs: number;
  readonly #context: FilterContext;
  #window: Window | undefined;

  constructor(filter: string, windowMs: number, context: FilterContext) {
    this.#filter = filter;
    this.#windowMs = windowMs;
    this.#context = context;
  }

  add(record: LogRecord): void {
    this.#window ??= this.#opened();
    this.#window.suppression.add(record);
  }

  /** Called with each record, because timers stand still while a Lambda function is frozen. */
  emitIfDue(): void {
    if (this.#window && this.#context.clock.monotonic() - this.#window.sinceMs >= this.#windowMs) this.emit();
  }

  /** Emits a summary now, if records were suppressed since the last one. */
  emit(): void {
    const window = this.#window;
    if (!window) return;
    this.#window = undefined;
    window.timer.cancel();
    this.#context.emit(window.suppression.summary(this.#filter, this.#context.clock.now()));
  }

  #opened(): Window {
    const { clock } = this.#context;
    const timer = clock.after(this.#windowMs, () => this.emit(), false);
    return { suppression: new Suppression(), sinceMs: clock.monotonic(), timer };
  }
}
