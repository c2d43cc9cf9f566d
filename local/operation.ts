import type { InputLogEvent } from './log-event.js';
import type { Input } from './members.js';
import type { RejectedLogEventsInfo } from './rejections.js';
import type { Store } from './store.js';

/** How a fault bends an otherwise ordinary PutLogEvents. */
export interface PutOverrides {
  /** Takes the place of the server's own judgement of the events' ages. */
  readonly rejections?: ((events: readonly InputLogEvent[]) => RejectedLogEventsInfo) | undefined;
  readonly demandsSequenceToken?: boolean | undefined;
}

/** What an operation may know of the call besides its input. */
export interface OperationContext {
  readonly store: Store;
  readonly nowMs: number;
  readonly region: string;
  readonly putOverrides: PutOverrides;
  /** What became of the events of a PutLogEvents, for the ledger. */
  readonly tally: (stored: number, rejected: number) => void;
}

/** Synchronous on purpose: calls in flight at the same time cannot see each other half done. */
export type Operation = (input: Input, context: OperationContext) => object;
