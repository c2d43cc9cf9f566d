import type { InputLogEvent } from '../store/log-event.js';
import type { Input } from '../api/members.js';
import type { RejectedLogEventsInfo } from './rejections.js';
import type { Store } from '../store/store.js';

/** How a fault changes an otherwise ordinary PutLogEvents. */
export interface PutOverrides {
  /** Replaces the server's own check of the events' ages. */
  readonly rejections?: ((events: readonly InputLogEvent[]) => RejectedLogEventsInfo) | undefined;
  readonly demandsSequenceToken?: boolean | undefined;
}

/** What an operation gets besides its input. */
export interface OperationContext {
  readonly store: Store;
  readonly nowMs: number;
  readonly putOverrides: PutOverrides;
  /** Reports to the ledger how many events of a PutLogEvents were stored and rejected. */
  readonly tally: (stored: number, rejected: number) => void;
}

/** An operation is synchronous, so that a call in flight never sees another one half done. */
export type Operation = (input: Input, context: OperationContext) => object;
