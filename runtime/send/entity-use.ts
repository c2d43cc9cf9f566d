import type { EncodedBatch } from '../batch/encoded-batch.js';
import type { Target } from '../batch/target.js';
import type { Report } from '../io/diagnostics.js';
import type { Verdict } from './verdict.js';

const SWITCH = 'set FAPILOG_CLOUDWATCH__ENTITY=false (entity: false)';

/**
 * Says whether a call carries the entity of its batch. An entity that the service rejects costs nothing but a report. An
 * endpoint that refuses calls for their entity gets none from then on: it has refused the same batch with the entity, taken
 * it without, and never taken one with.
 */
export class EntityUse {
  readonly #report: Report;
  readonly #reported = new Set<string>();
  /** Refused, perhaps for their entity: the next call does without. */
  readonly #suspects = new WeakSet<EncodedBatch>();
  #isTaken: boolean | undefined;

  constructor(report: Report) {
    this.#report = report;
  }

  /** Whether the next call with this batch carries its entity. */
  isFor(batch: EncodedBatch): boolean {
    return batch.target.entityText !== undefined && this.#isTaken !== false && !this.#suspects.has(batch);
  }

  /** Whether no call has shown yet that the endpoint knows entities. */
  get isUntried(): boolean {
    return this.#isTaken === undefined;
  }

  /** Learns from what came of a call. */
  judged(batch: EncodedBatch, hadEntity: boolean, verdict: Verdict): void {
    if (verdict.kind === 'bare') this.#suspects.add(batch);
    if (verdict.kind === 'divide' || verdict.kind === 'retry') this.#suspects.delete(batch);
    if (verdict.kind !== 'delivered') return;
    if (hadEntity) this.#isTaken = true;
    else if (this.#suspects.delete(batch) && this.isUntried) this.#refused(batch.target);
  }

  #refused({ logGroupName }: Target): void {
    this.#isTaken = false;
    const what = `the endpoint refuses calls to ${logGroupName} that name the service (entity), and takes them without`;
    this.#report('entity.refused', `${what}; none names it from now on: ${SWITCH}`);
  }

  /** The service has taken a call, and not its entity. Each reason is reported once. */
  rejected({ logGroupName, entityText }: Target, errorType: unknown): void {
    if (typeof errorType !== 'string' || this.#reported.has(errorType)) return;
    this.#reported.add(errorType);
    const advice =
      errorType === 'UnsupportedLogGroupType'
        ? `this class of log group takes none: ${SWITCH}`
        : `check service and env, or ${SWITCH}`;
    const what = `events are stored in ${logGroupName}, but relate to no service, because it does not take the entity`;
    this.#report(`entity.${errorType}`, `${what} ${entityText}: ${errorType}; ${advice}`);
  }
}
