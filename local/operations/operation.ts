import type { JsonMap } from '../api/json.js';
import { type MemberUse, readInput } from '../api/read-input.js';
import type { InputOf, MemberOf, OperationName } from '../api/shapes.js';
import type { Queries } from '../insights/queries.js';
import type { LiveTails } from '../live-tail/live-tails.js';
import type { InputLogEvent } from '../store/log-event.js';
import type { Store } from '../store/store.js';
import type { Entity } from './entity.js';
import type { RejectedLogEventsInfo, RejectionCounts } from './rejections.js';

/** How a fault changes an otherwise ordinary PutLogEvents. */
export interface PutOverrides {
  /** Replaces the server's own check of the events' ages. */
  readonly rejections?: ((events: readonly InputLogEvent[]) => RejectedLogEventsInfo) | undefined;
  readonly demandsSequenceToken?: boolean | undefined;
}

/** What an operation gets besides its input. */
export interface OperationContext {
  /** Log groups of the caller's account and Region. */
  readonly store: Store;
  readonly nowMs: number;
  readonly requestId: string;
  readonly liveTails: LiveTails;
  readonly queries: Queries;
  readonly putOverrides: PutOverrides;
  /** Reports to the ledger how many events of a PutLogEvents were stored, and how many rejected. */
  readonly tally: (stored: number, rejections: RejectionCounts) => void;
  /** Reports to the ledger the entity of a PutLogEvents, if it has a good one. */
  readonly relate: (entity: Entity | undefined) => void;
}

/** What documents say of an operation. */
interface Summary {
  /** What holds here as it does at the service. */
  readonly enforces: string;
  /** What is kept and given back, and has no other effect. */
  readonly storesOnly?: string | undefined;
  /** What is not known of the service, and assumed. */
  readonly assumes?: string | undefined;
}

/** An operation of the service. It is synchronous, so that a call in flight never sees another one half done. */
export interface Operation extends Summary, MemberUse {
  readonly name: OperationName;
  /**
   * Answers a call: with the members of its output, or with an EventStream.
   *
   * @throws ServiceError if it is refused
   */
  readonly answer: (body: JsonMap, context: OperationContext) => object;
}

interface Definition<Name extends OperationName> extends Summary, MemberUse<MemberOf<Name>> {
  /** Runs the call with its input read and checked by the API model. */
  readonly run: (input: InputOf<Name>, context: OperationContext) => object | void;
}

export function operation<Name extends OperationName>(
  name: Name,
  { run, ...rest }: Definition<Name>,
): Operation {
  const use: MemberUse = rest;
  return {
    name,
    ...rest,
    answer: (body, context) => run(readInput(name, body, use), context) ?? {},
  };
}
