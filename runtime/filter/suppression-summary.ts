import type { Timer } from '../io/clock.js';
import type { LogRecord } from '../log-record.js';
import type { FilterContext } from './filter.js';
import { suppressed, summaryRecord, together, type Suppression } from './suppression.js';

/** Nothing is held back, or a window runs at whose end one record tells of all that was. */
type State =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running';
      readonly suppression: Suppression;
      readonly sinceMs: number;
      readonly timer: Timer;
    };

const IDLE: State = { kind: 'idle' };

/** Tells of suppressed records, once in each window; the first one after a summary opens the next window. */
export class SuppressionSummary {
  readonly #filter: string;
  readonly #windowMs: number;
  readonly #context: FilterContext;
  #state: State = IDLE;

  constructor(filter: string, windowMs: number, context: FilterContext) {
    this.#filter = filter;
    this.#windowMs = windowMs;
    this.#context = context;
  }

  add(record: LogRecord): void {
    const state = this.#state;
    this.#state =
      state.kind === 'running'
        ? { ...state, suppression: together(state.suppression, suppressed(record)) }
        : this.#opened(suppressed(record));
  }

  /** For hosts whose timers stand still between records, as in a frozen Lambda function. */
  tellIfDue(): void {
    const state = this.#state;
    if (state.kind === 'running' && this.#context.clock.now() - state.sinceMs >= this.#windowMs) this.tell();
  }

  /** Tells of what is untold. */
  tell(): void {
    const state = this.#state;
    if (state.kind === 'idle') return;
    this.#state = IDLE;
    state.timer.cancel();
    this.#context.emit(summaryRecord(this.#filter, state.suppression, this.#context.clock.now()));
  }

  #opened(suppression: Suppression): State {
    const { clock } = this.#context;
    const timer = clock.after(this.#windowMs, () => this.tell(), false);
    return { kind: 'running', suppression, sinceMs: clock.now(), timer };
  }
}
