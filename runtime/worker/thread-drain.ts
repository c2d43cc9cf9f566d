import type { CloudWatchValues } from '../../contract/sections.js';
import { EncodedBatch, type Backing, type CarriedBatch } from '../batch/encoded-batch.js';
import type { OutOfWindow } from '../batch/window.js';
import { systemClock } from '../io/clock.js';
import { atDeadline } from '../io/loop-timer.js';
import { DeliveryQueue, type Delivery } from '../queue/delivery-queue.js';
import { assembleSender, type SendStage } from '../send/assemble-sender.js';
import { RESTRAINT } from '../send/restraint.js';
import type { LogsPort, PutAnswer } from '../send/port.js';
import type { Settlement } from '../send/sender.js';
import { verdictOfAnswer } from '../send/verdict.js';
import { targetOf } from '../stream-name.js';
import { carried, type FromThread, type HandedBatch, type Outcome } from './messages.js';

export interface ThreadDrainParts {
  readonly settings: CloudWatchValues;
  readonly port: LogsPort;
  readonly post: (message: FromThread) => void;
  /** The answer to a call that was made before the drain; `undefined` if there is no such call. */
  readonly answerOf: (callId: number) => Promise<PutAnswer> | undefined;
  /** Why the service would discard an event of this time now. */
  readonly excludes: (timestamp: number) => OutOfWindow | undefined;
  readonly onDone: () => void;
}

/** Marks the parts of a batch as parts of it. */
class Origin implements Backing {
  constructor(
    readonly index: number,
    readonly batch: EncodedBatch,
  ) {}

  release(): void {
    // The application's thread counts what is settled.
  }
}

/**
 * Settles the batches that the application's thread has left when its process exits, by the rules of any other delivery:
 * retries, provisioning, division. What is not delivered by the deadline goes back as given up.
 */
export class ThreadDrain {
  readonly #parts: ThreadDrainParts;
  readonly #queue = new DeliveryQueue();
  readonly #settlement: Settlement = {
    delivered: (batch, rejected) => this.#post({ ...placed(batch), act: 'delivered', rejected }),
    refused: (batch, reason) => this.#post({ ...placed(batch), act: 'refused', reason }),
    givenUp: (batch, reason) => this.#post({ ...placed(batch), act: 'givenUp', reason }),
  };
  readonly #send: SendStage;
  #isOver = false;

  constructor(parts: ThreadDrainParts) {
    this.#parts = parts;
    this.#send = assembleSender({
      settings: parts.settings,
      target: targetOf(parts.settings),
      port: parts.port,
      queue: this.#queue,
      settlement: this.#settlement,
      failures: {
        failed: (operation, target, error, reason) =>
          parts.post({ kind: 'failedCall', operation, target, error: carried(error), reason }),
      },
      // Nobody can mend an entity while the process ends.
      report: () => undefined,
      sealDue: () => false,
      restraint: RESTRAINT,
      excludes: parts.excludes,
      onSettled: () => this.#look(),
      clock: systemClock,
      random: Math.random,
    });
  }

  run(handed: readonly HandedBatch[], deadlineMs: number): void {
    atDeadline(systemClock, deadlineMs, () => this.#end());
    for (const [index, each] of handed.entries()) {
      const batch = EncodedBatch.restore(each);
      const delivery = this.#queue.push(batch.backedBy(new Origin(index, batch)), systemClock.monotonic());
      const answer = each.callId === undefined ? undefined : this.#parts.answerOf(each.callId);
      if (answer) void this.#heed(delivery, answer);
    }
    this.#send.sender.drain();
    this.#look();
  }

  /** A call that is under way is not made a second time unless it fails, and what has to wait for it waits. */
  async #heed(delivery: Delivery, answer: Promise<PutAnswer>): Promise<void> {
    const { batch } = delivery;
    delivery.state = 'inFlight';
    const verdict = await answer.then(
      (each) => verdictOfAnswer(each, batch.count),
      () => undefined,
    );
    if (this.#isOver) return;
    if (verdict?.kind === 'delivered') {
      this.#queue.remove(delivery);
      this.#settlement.delivered(batch, verdict.rejected);
    } else delivery.state = 'waiting';
    this.#send.sender.pump();
    this.#look();
  }

  #post(outcome: Outcome): void {
    this.#parts.post({ kind: 'outcome', outcome });
  }

  #look(): void {
    if (this.#queue.events === 0) this.#end();
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#send.sender.stop('exit');
    this.#parts.post({ kind: 'drained', calls: this.#send.caller.calls });
    this.#parts.onDone();
  }
}

/** Which batch it is, or a part of which. */
function placed(batch: EncodedBatch): { readonly index: number; readonly part: CarriedBatch | undefined } {
  const { index, batch: whole } = batch.backing as Origin;
  return { index, part: batch.count === whole.count ? undefined : batch.carried() };
}
