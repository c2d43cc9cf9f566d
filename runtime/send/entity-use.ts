import type { EncodedBatch } from '../batch/encoded-batch.js';
import type { Target } from '../batch/target.js';
import type { Report } from '../io/diagnostics.js';
import type { Verdict } from './verdict.js';

const SWITCH = 'set FAPILOG_CLOUDWATCH__ENTITY=false (entity: false)';

/**
 * Says whether a call carries the entity of its batch. An entity that the service rejects costs nothing but a report. One for which an
 * endpoint refuses calls is not sent any more: the endpoint has refused a batch with it, taken the same batch without, and not taken it
 * since. That of another service, whose batches were left in the spool, stands for itself.
 */
export class EntityUse {
  readonly #report: Report;
  readonly #reported = new Set<string>();
  /** Refused, perhaps for their entity: the next call does without. */
  readonly #suspects = new WeakSet<EncodedBatch>();
  /** What came of each entity; nothing while that is open. */
  readonly #outcomes = new Map<string, 'taken' | 'refused'>();

  constructor(report: Report) {
    this.#report = report;
  }

  /** Whether the next call with this batch carries its entity. */
  isFor(batch: EncodedBatch): boolean {
    const { entityText } = batch.target;
    return (
      entityText !== undefined && this.#outcomes.get(entityText) !== 'refused' && !this.#suspects.has(batch)
    );
  }

  /** Learns from what came of a call. */
  judged(batch: EncodedBatch, hadEntity: boolean, verdict: Verdict): void {
    if (verdict.kind === 'bare') this.#suspects.add(batch);
    if (verdict.kind === 'divide' || verdict.kind === 'retry') this.#suspects.delete(batch);
    const { entityText } = batch.target;
    if (verdict.kind !== 'delivered' || entityText === undefined) return;
    if (hadEntity) this.#outcomes.set(entityText, 'taken');
    else if (this.#suspects.delete(batch)) this.#takenWithout(batch.target, entityText);
  }

  /** An entity that was taken before gets another trial: something else may have been wrong with the call. */
  #takenWithout({ logGroupName }: Target, entityText: string): void {
    if (this.#outcomes.delete(entityText)) return;
    this.#outcomes.set(entityText, 'refused');
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
