import type { EncodedBatch } from '../batch/encoded-batch.js';
import type { Diagnostics } from '../io/diagnostics.js';
import { reasonOf } from '../serialize/guard.js';
import type { Settlement } from '../send/sender.js';
import type { Ledger } from './ledger.js';
import type { RejectedRange } from './rejections.js';

/** A log event that the service discarded or refused, and why. */
export interface RejectedLogEvent {
  readonly reason: string;
  readonly timestamp: number;
  readonly message: string;
}

export type RejectionHook = (event: RejectedLogEvent) => void;

export interface SettlerParts {
  readonly ledger: Ledger;
  readonly diagnostics: Diagnostics;
  /** Says whether it could. */
  readonly writeStderr: (text: string) => boolean;
  readonly onRejected: RejectionHook | undefined;
}

/** Enters each outcome into the ledger, and says out loud what was not delivered. */
export class Settler implements Settlement {
  readonly #parts: SettlerParts;

  constructor(parts: SettlerParts) {
    this.#parts = parts;
  }

  delivered(batch: EncodedBatch, rejected: readonly RejectedRange[]): void {
    const discarded = rejected.reduce((sum, { start, end }) => sum + end - start, 0);
    this.#parts.ledger.deliver(batch.count - discarded);
    for (const { reason, start, end } of rejected) {
      this.refused(
        batch.filter((_, index) => index >= start && index < end),
        reason,
      );
    }
  }

  refused(batch: EncodedBatch, reason: string): void {
    const { ledger, diagnostics, onRejected } = this.#parts;
    ledger.reject(reason, batch.count);
    diagnostics.report(`rejected.${reason}`, `${amount(batch)} rejected by ${place(batch)}: ${reason}`);
    if (onRejected) for (const event of batch.decode()) this.#tell(onRejected, { reason, ...event });
  }

  /** Events that are not delivered go to stderr; if even that is gone, they are lost, and counted as lost. */
  givenUp(batch: EncodedBatch, reason: string): void {
    const { ledger, diagnostics, writeStderr } = this.#parts;
    if (writeStderr(diversionText(batch, reason))) {
      ledger.divert(reason, batch.count);
      diagnostics.report(
        `diverted.${reason}`,
        `${amount(batch)} diverted to stderr, for ${place(batch)}: ${reason}`,
      );
    } else {
      ledger.drop('stderrUnavailable', batch.count);
      diagnostics.report(
        'dropped.stderrUnavailable',
        `${amount(batch)} lost, for ${place(batch)}: ${reason}`,
      );
    }
  }

  #tell(hook: RejectionHook, event: RejectedLogEvent): void {
    try {
      hook(event);
    } catch (error) {
      this.#parts.diagnostics.report('hook', `onRejected threw: ${reasonOf(error)}`);
    }
  }
}

/**
 * What stands for a batch on stderr, where a container's log driver still catches it: one JSON line an event, in the
 * service's own form and with where and why it was not delivered.
 */
function diversionText(batch: EncodedBatch, reason: string): string {
  return batch
    .decode()
    .map((event) => `${JSON.stringify({ diverted: reason, ...batch.target, ...event })}\n`)
    .join('');
}

function amount({ count }: EncodedBatch): string {
  return count === 1 ? '1 log event was' : `${count} log events were`;
}

function place({ target }: EncodedBatch): string {
  return `log stream ${target.logStreamName} of log group ${target.logGroupName}`;
}
