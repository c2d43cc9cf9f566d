import type { EncodedBatch } from '../batch/encoded-batch.js';
import type { Diagnostics } from '../io/diagnostics.js';
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

/** Enters each outcome into the ledger, and says out loud what was not delivered. */
export class Settler implements Settlement {
  readonly #ledger: Ledger;
  readonly #diagnostics: Diagnostics;
  readonly #writeStderr: (text: string) => boolean;
  readonly #onRejected: RejectionHook | undefined;

  constructor(parts: {
    readonly ledger: Ledger;
    readonly diagnostics: Diagnostics;
    readonly writeStderr: (text: string) => boolean;
    readonly onRejected: RejectionHook | undefined;
  }) {
    this.#ledger = parts.ledger;
    this.#diagnostics = parts.diagnostics;
    this.#writeStderr = parts.writeStderr;
    this.#onRejected = parts.onRejected;
  }

  delivered(batch: EncodedBatch, rejected: readonly RejectedRange[]): void {
    let discarded = 0;
    for (const { reason, start, end } of rejected) {
      discarded += end - start;
      this.#reject(
        batch.filter((_, index) => index >= start && index < end),
        reason,
      );
    }
    this.#ledger.deliver(batch.count - discarded);
  }

  refused(batch: EncodedBatch, reason: string): void {
    this.#reject(batch, reason);
  }

  /** Events that are not delivered go to stderr; if even that is gone, they are lost, and counted as lost. */
  givenUp(batch: EncodedBatch, reason: string): void {
    const events = `${batch.count} log event${batch.count === 1 ? '' : 's'}`;
    if (this.#writeStderr(diversionText(batch, reason))) {
      this.#ledger.divert(reason, batch.count);
      this.#diagnostics.report(`diverted.${reason}`, `${events} went to stderr instead of ${place(batch)}`);
    } else {
      this.#ledger.drop('stderrUnavailable', batch.count);
      this.#diagnostics.report('dropped.stderrUnavailable', `${events} for ${place(batch)} are lost`);
    }
  }

  failed(reason: string, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#diagnostics.report(
      `send.${reason}`,
      `delivery failed and will be tried again: ${reason}: ${message}`,
    );
  }

  #reject(batch: EncodedBatch, reason: string): void {
    this.#ledger.reject(reason, batch.count);
    this.#diagnostics.report(
      `rejected.${reason}`,
      `${place(batch)} rejected ${batch.count} log events: ${reason}`,
    );
    if (this.#onRejected) for (const event of batch.events()) this.#tellRejected({ reason, ...event });
  }

  #tellRejected(event: RejectedLogEvent): void {
    try {
      this.#onRejected?.(event);
    } catch (error) {
      this.#diagnostics.report('hook', `onRejected threw: ${String(error)}`);
    }
  }
}

/**
 * What stands for a batch on stderr, where a container's log driver still catches it: one JSON line an event, in the
 * service's own form and with where and why it was not delivered.
 */
function diversionText(batch: EncodedBatch, reason: string): string {
  const lines = batch
    .events()
    .map((event) => JSON.stringify({ diverted: reason, ...batch.target, ...event }));
  return `${lines.join('\n')}\n`;
}

function place({ target }: EncodedBatch): string {
  return `log stream ${target.logStreamName} of ${target.logGroupName}`;
}
