import { targetKey, type Target } from '../batch/target.js';
import { momentOf, type Clock, type Moment } from '../io/clock.js';
import type { Diagnostics } from '../io/diagnostics.js';
import { adviceFor, type Surroundings } from './advice.js';
import { describeError, messageOf, traits } from './verdict.js';

/** Takes note of calls that failed. */
export interface FailureListener {
  failed(operation: string, target: Target, error: unknown, reason?: string): void;
}

/** There was no call yet: no one to make or to sign it, or no place to send it to. */
const BEFORE_THE_CALL = /^(Credentials|AssumeRole|Region|Sdk)/;

/** A call that failed, and when. */
export interface CallFailure extends Moment {
  readonly message: string;
}

/** Reports failed calls. Where a person can repair the cause, it says what, where and how. */
export class FailureReport implements FailureListener {
  readonly #diagnostics: Diagnostics;
  readonly #target: Target;
  readonly #clock: Clock;
  readonly #surroundings: () => Surroundings;
  #last: CallFailure | undefined;

  constructor(
    diagnostics: Diagnostics,
    target: Target,
    clock: Clock,
    surroundings: () => Surroundings = () => ({ env: process.env, skewMs: 0 }),
  ) {
    this.#diagnostics = diagnostics;
    this.#target = target;
    this.#clock = clock;
    this.#surroundings = surroundings;
  }

  /** The last failure, for health. */
  get last(): CallFailure | undefined {
    return this.#last;
  }

  /** What another process left in the spool says nothing of this one's health, and has codes of its own. */
  failed(operation: string, target: Target, error: unknown, reason = nameOf(error)): void {
    const message = error instanceof Error ? messageOf(error) : '';
    const cause = describeError(reason, message);
    const isOwn = targetKey(target) === targetKey(this.#target);
    if (isOwn) this.#last = { ...momentOf(this.#clock), message: cause };
    const { status } = traits(error);
    const advice = adviceFor({
      operation,
      target,
      reason,
      message,
      status,
      surroundings: this.#surroundings(),
    });
    const outcome = BEFORE_THE_CALL.test(reason) ? 'could not be sent' : 'failed';
    this.#diagnostics.report(
      `${isOwn ? 'failed' : 'replay'}.${reason}`,
      `${operation} on ${target.logGroupName} (stream ${target.logStreamName}) ${outcome}, ` +
        `events wait${isOwn ? '' : ' in the spool'}: ${cause}${advice ? `; ${advice}` : ''}`,
    );
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? traits(error).reason : 'unknown';
}
