import { targetKey, type Target } from '../batch/target.js';
import type { Clock } from '../io/clock.js';
import type { Diagnostics } from '../io/diagnostics.js';
import { NEEDS_REPAIR } from './verdict.js';

/** Takes note of calls that failed. */
export interface FailureListener {
  failed(operation: string, target: Target, error: unknown, reason?: string): void;
}

/** Reports failed calls. Where a person can repair the cause, it says what, where and how. */
export class FailureReport implements FailureListener {
  readonly #diagnostics: Diagnostics;
  readonly #target: Target;
  readonly #clock: Clock;
  #last: { readonly atMs: number; readonly message: string } | undefined;

  constructor(diagnostics: Diagnostics, target: Target, clock: Clock) {
    this.#diagnostics = diagnostics;
    this.#target = target;
    this.#clock = clock;
  }

  /** The last failure, for health. */
  get last(): { readonly atMs: number; readonly message: string } | undefined {
    return this.#last;
  }

  /** What another process left in the spool says nothing of this one's health, and has codes of its own. */
  failed(operation: string, target: Target, error: unknown, reason = nameOf(error)): void {
    const { logGroupName, logStreamName } = target;
    const place = `${logGroupName} (stream ${logStreamName})`;
    const cause = error instanceof Error ? `${reason}: ${error.message}` : reason;
    const isOwn = targetKey(target) === targetKey(this.#target);
    if (isOwn) this.#last = { atMs: this.#clock.now(), message: cause };
    const advice = adviceFor(operation, reason, logGroupName);
    this.#diagnostics.report(
      `${isOwn ? 'failed' : 'replay'}.${reason}`,
      `${operation} on ${place} failed, events wait${isOwn ? '' : ' in the spool'}: ${cause}${advice ? `; ${advice}` : ''}`,
    );
  }
}

function adviceFor(operation: string, reason: string, logGroupName: string): string | undefined {
  // The error itself says what to do.
  if (!NEEDS_REPAIR.has(reason) || reason === 'RegionMissing') return undefined;
  if (reason === 'LimitExceededException') return 'a quota of the account is used up';
  if (reason === 'AssumeRoleRefused') {
    return 'allow sts:AssumeRole on the role to this process, and let the trust policy of the role name it and its external ID';
  }
  if (!reason.startsWith('AccessDenied')) return 'check the credentials and the clock of this process';
  if (operation === 'CreateLogGroup' || operation === 'PutRetentionPolicy') {
    return `allow logs:${operation} on ${logGroupName}, or define the log group in the stack and set createLogGroup to false`;
  }
  return (
    `allow logs:${operation} on the streams of ${logGroupName}: ` +
    'CloudWatchLogging.bindTo(…) or grantWrite(role) in the stack does'
  );
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
