import type { Timer } from '../io/clock.js';
import type { LogRecord } from '../log-record.js';
import type { FilterContext } from './filter.js';
import { suppressed, summaryRecord, mergeSuppressions, type Suppression } from './suppression.js';

/** `running`: records were held back, and a summary of them is due at the end of the window. */
type State =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running';
      readonly suppression: Suppression;
      readonly sinceMs: number;
      readonly timer: Timer;
    };

const IDLE: State = { kind: 'idle' };

/** Emits one summary of suppressed records a window. The first record that is suppressed after a summary opens the next window. */
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
        ? { ...state, suppression: mergeSuppressions(state.suppression, suppressed(record)) }
        : this.#opened(suppressed(record));
  }

  /** Called with each record, because timers stand still while a Lambda function is frozen. */
  emitIfDue(): void {
    const state = this.#state;
    if (state.kind === 'running' && this.#context.clock.now() - state.sinceMs >= this.#windowMs) this.emit();
  }

  /** Emits a summary now, if records were suppressed since the last one. */
  emit(): void {
    const state = this.#state;
    if (state.kind === 'idle') return;
    this.#state = IDLE;
    state.timer.cancel();
    this.#context.emit(summaryRecord(this.#filter, state.suppression, this.#context.clock.now()));
  }

  #opened(suppression: Suppression): State {
    const { clock } = this.#context;
    const timer = clock.after(this.#windowMs, () => this.emit(), false);
    return { kind: 'running', suppression, sinceMs: clock.now(), timer };
  }
}
