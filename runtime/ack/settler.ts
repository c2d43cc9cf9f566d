import type { EncodedBatch } from '../batch/encoded-batch.js';
import type { Target } from '../batch/target.js';
import { momentOf, type Clock, type Moment } from '../io/clock.js';
import type { Diagnostics } from '../io/diagnostics.js';
import { isInExitCall } from '../io/exit-call.js';
import { keptByLambda } from '../io/lambda-logging.js';
import { quietly } from '../io/quietly.js';
import { guarded, reasonOf } from '../serialize/guard.js';
import type { Settlement } from '../send/sender.js';
import type { Ledger } from './ledger.js';
import type { RejectedRange } from '../send/rejections.js';

/** A log event that the service discarded or refused, and why. */
export interface RejectedLogEvent {
  /** A stable word, such as `tooOld` or `expired`. */
  readonly reason: string;
  /** Time of the event, in milliseconds since the epoch. */
  readonly timestamp: number;
  /** The line, as it was sent. */
  readonly message: string;
}

/** Is called with each event that the service rejects for good. What it throws is reported. */
export type RejectionHook = (event: RejectedLogEvent) => void;

export interface SettlerParts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly diagnostics: Diagnostics;
  /** Says whether it could. */
  readonly writeStderr: (text: string) => boolean;
  readonly onRejected: RejectionHook | undefined;
  /** Lets a batch rest on disk, and says whether it does. @default - there is no disk */
  readonly keep?: ((batch: EncodedBatch) => boolean) | undefined;
  readonly onDelivered?: ((target: Target) => void) | undefined;
}

/** What is reported of events with one outcome. */
interface Told {
  count: number;
  readonly target: Target;
  readonly act: string;
  readonly reason: string;
}

/** Events that time has overtaken: no later attempt would be taken. */
const HOPELESS = new Set(['tooOld', 'expired', 'tooNew']);

/** Enters each outcome into the ledger, and reports what was not delivered. */
export class Settler implements Settlement {
  readonly #parts: SettlerParts;
  #lastDelivery: Moment | undefined;
  /** What {@link Settler.inOneReport} gathers. */
  #told: Map<string, Told> | undefined;

  constructor(parts: SettlerParts) {
    this.#parts = parts;
  }

  get lastDelivery(): Moment | undefined {
    return this.#lastDelivery;
  }

  delivered(batch: EncodedBatch, rejected: readonly RejectedRange[]): void {
    this.#lastDelivery = momentOf(this.#parts.clock);
    const { ledger } = this.#parts;
    const discarded = rejected.reduce((sum, { start, end }) => sum + end - start, 0);
    // The whole batch is entered before a hook runs, which may look at the account.
    ledger.deliver(batch.count - discarded);
    for (const { reason, start, end } of rejected) ledger.reject(reason, end - start);
    for (const { reason, start, end } of rejected) {
      const part = batch.filter((_, index) => index >= start && index < end);
      this.#reportRejected(part, reason);
    }
    batch.backing?.release(batch.count);
    batch.body.done();
    this.#parts.onDelivered?.(batch.target);
  }

  refused(batch: EncodedBatch, reason: string): void {
    this.#parts.ledger.reject(reason, batch.count);
    this.#reportRejected(batch, reason);
    batch.backing?.release(batch.count);
  }

  #reportRejected(batch: EncodedBatch, reason: string): void {
    const { diagnostics, onRejected } = this.#parts;
    this.#report(`rejected.${reason}`, batch, 'rejected by', reason);
    if (!onRejected) return;
    const onThrown = (thrown: unknown): void =>
      diagnostics.report('hook', `onRejected threw: ${reasonOf(thrown)}`);
    for (const event of batch.decode()) quietly(() => onRejected({ reason, ...event }), onThrown);
  }

  /** Events that are not delivered go to disk if there is one, else to stderr; if even that is gone, they are lost. */
  givenUp(batch: EncodedBatch, reason: string): void {
    if (!HOPELESS.has(reason) && this.#parts.keep?.(batch)) {
      this.#report(`spooled.${reason}`, batch, 'spooled, for', reason);
    } else this.#divert(batch, reason);
  }

  #divert(batch: EncodedBatch, reason: string): void {
    const { ledger, clock } = this.#parts;
    if (this.#isWritten(diversionText(batch, reason, clock.now()))) {
      ledger.divert(reason, batch.count);
      this.#report(`diverted.${reason}`, batch, 'diverted to stderr, for', reason);
    } else {
      ledger.drop('stderrUnavailable', batch.count);
      this.#report('dropped.stderrUnavailable', batch, 'lost, for', reason);
    }
    batch.backing?.release(batch.count);
  }

  /** A program that put a function of its own in the place of stderr's may log in it. */
  #isWritten(text: string): boolean {
    const { ledger, writeStderr } = this.#parts;
    const wasMoving = ledger.isMoving;
    ledger.isMoving = true;
    try {
      return writeStderr(text);
    } finally {
      ledger.isMoving = wasMoving;
    }
  }

  /** Runs `act`, and reports what it settles in one line for each kind. */
  inOneReport(act: () => void): void {
    const told = new Map<string, Told>();
    this.#told = told;
    try {
      act();
    } finally {
      this.#told = undefined;
      for (const [code, each] of told) this.#tell(code, each);
    }
  }

  #report(code: string, { count, target }: EncodedBatch, act: string, reason: string): void {
    const told = this.#told?.get(code) ?? { count: 0, target, act, reason };
    told.count += count;
    if (this.#told) this.#told.set(code, told);
    else this.#tell(code, told);
  }

  #tell(code: string, { count, target, act, reason }: Told): void {
    const amount = count === 1 ? '1 log event was' : `${count} log events were`;
    const place = `log stream ${target.logStreamName} of log group ${target.logGroupName}`;
    const advice = code === 'diverted.exit' ? guarded(exitAdvice, '') : '';
    this.#parts.diagnostics.report(code, `${amount} ${act} ${place}: ${reason}${advice}`);
  }
}

function exitAdvice(): string {
  return isInExitCall() ? '; process.exit() leaves no time to deliver: await close() before it' : '';
}

/**
 * What stands for a batch on stderr, where a container's log driver still catches it: one JSON line an event, in the
 * service's own form and with where and why it was not delivered.
 */
function diversionText(batch: EncodedBatch, reason: string, nowMs: number): string {
  const { logGroupName, logStreamName } = batch.target;
  return batch
    .decode()
    .map((event) => JSON.stringify({ diverted: reason, logGroupName, logStreamName, ...event }))
    .map((line) => `${keptByLambda(line, nowMs)}\n`)
    .join('');
}
