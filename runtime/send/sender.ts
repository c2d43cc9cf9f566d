import type { RejectedRange } from '../ack/rejections.js';
import type { EncodedBatch } from '../batch/encoded-batch.js';
import type { Clock, Timer } from '../io/clock.js';
import type { Delivery, DeliveryQueue } from '../queue/delivery-queue.js';
import { backoffMs } from './backoff.js';
import type { LogsPort } from './port.js';
import type { Provisioner } from './provisioner.js';
import { verdictOfAnswer, verdictOfError, type Ladder, type Verdict } from './verdict.js';

export interface SenderOptions {
  /** Retries after the first attempt; `undefined` leaves the limit to the age. */
  readonly maxRetries: number | undefined;
  readonly retryBaseDelayMs: number;
  readonly maxBatchAgeMs: number;
  readonly requestTimeoutMs: number;
}

/** What the sender tells of batches. Each event is told exactly once as delivered, refused or given up. */
export interface Settlement {
  delivered(batch: EncodedBatch, rejected: readonly RejectedRange[]): void;
  /** The service refuses this one event, whatever it travels with. */
  refused(batch: EncodedBatch, reason: string): void;
  givenUp(batch: EncodedBatch, reason: string): void;
  /** An attempt failed; the batch is not settled by that. */
  failed(reason: string, error: unknown): void;
}

export interface SenderParts {
  readonly port: LogsPort;
  readonly queue: DeliveryQueue;
  /** Seals the batch that is being filled, if its time has come, and says whether it did. */
  readonly sealDue: () => boolean;
  readonly provisioner: Provisioner;
  readonly settlement: Settlement;
  /** Called after a batch left the queue. */
  readonly onSettled: () => void;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly options: SenderOptions;
}

/** Calls in flight at the same time. Parallel puts to one stream are legal since 2023. */
const MAX_IN_FLIGHT = 2;

/**
 * Sends the batches of the queue and settles them. One batch is one call, made again until it is settled; a batch that
 * backs off takes no place from the others.
 */
export class Sender {
  readonly #parts: SenderParts;
  readonly #inFlight = new Map<Delivery, AbortController>();
  readonly #backingOff = new Map<Delivery, Timer>();
  #calls = 0;

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** PutLogEvents calls made so far. */
  get calls(): number {
    return this.#calls;
  }

  /** Starts what can be started. */
  pump(): void {
    while (this.#inFlight.size < MAX_IN_FLIGHT) {
      const delivery = this.#next();
      if (!delivery) return;
      void this.#attempt(delivery);
    }
  }

  /** While something backs off, the batch that is being filled keeps filling: an outage makes large batches, not many. */
  #next(): Delivery | undefined {
    const { queue, sealDue } = this.#parts;
    return queue.next() ?? (this.#backingOff.size === 0 && sealDue() ? queue.next() : undefined);
  }

  /** Tries at once what is backing off. */
  hurry(): void {
    for (const delivery of this.#backingOff.keys()) this.#wake(delivery);
    this.pump();
  }

  /** Aborts what is in flight and gives up whatever is not settled. */
  stop(reason: string): void {
    for (const timer of this.#backingOff.values()) timer.cancel();
    this.#backingOff.clear();
    const { queue, settlement } = this.#parts;
    for (const delivery of queue.deliveries) {
      this.#settle(delivery, () => settlement.givenUp(delivery.batch, reason));
    }
    for (const abort of this.#inFlight.values()) abort.abort();
  }

  async #attempt(delivery: Delivery): Promise<void> {
    const abort = new AbortController();
    this.#inFlight.set(delivery, abort);
    delivery.state = 'inFlight';
    delivery.attempts++;
    const verdict = await this.#putWithinTime(delivery.batch, abort);
    const settled = verdict.kind === 'provision' ? await this.#provision(delivery, abort.signal) : verdict;
    this.#inFlight.delete(delivery);
    // After stop() the batch is settled already, and this answer came too late.
    if (this.#parts.queue.has(delivery)) this.#act(delivery, settled);
    this.pump();
  }

  async #putWithinTime(batch: EncodedBatch, abort: AbortController): Promise<Verdict> {
    const { port, clock, options } = this.#parts;
    const timeout = new RequestTimeout(options.requestTimeoutMs);
    // The socket holds the process, the timer need not.
    const timer = clock.after(options.requestTimeoutMs, () => abort.abort(timeout), false);
    this.#calls++;
    try {
      return verdictOfAnswer(await port.putLogEvents(batch, abort.signal), batch.count);
    } catch (error) {
      return this.#judge(abort.signal.reason === timeout ? timeout : error);
    } finally {
      timer.cancel();
    }
  }

  #judge(error: unknown): Verdict {
    const verdict = verdictOfError(error);
    if (verdict.kind !== 'delivered' && verdict.kind !== 'provision') {
      this.#parts.settlement.failed(verdict.reason, error);
    }
    return verdict;
  }

  /** Creates the target; then the same batch goes again at once, and with a delay if the target is missing again. */
  async #provision(delivery: Delivery, signal: AbortSignal): Promise<Verdict> {
    try {
      await this.#parts.provisioner.provision(signal);
    } catch (error) {
      this.#parts.settlement.failed('provision', error);
      const verdict = verdictOfError(error);
      const ladder = verdict.kind === 'retry' ? verdict.ladder : 'slow';
      return { kind: 'retry', ladder, reason: 'provision' };
    }
    return delivery.missedTargets++ === 0
      ? { kind: 'provision', reason: 'created' }
      : { kind: 'retry', ladder: 'transient', reason: 'targetMissing' };
  }

  #act(delivery: Delivery, verdict: Verdict): void {
    const { settlement } = this.#parts;
    switch (verdict.kind) {
      case 'delivered':
        return this.#settle(delivery, () => settlement.delivered(delivery.batch, verdict.rejected));
      case 'provision':
        delivery.state = 'waiting';
        return;
      case 'split':
        return this.#split(delivery, verdict.reason);
      case 'retry':
        return this.#backOff(delivery, verdict.ladder);
    }
  }

  /** One bad event must not take its neighbours along: halves, until it is alone. */
  #split(delivery: Delivery, reason: string): void {
    const { queue, settlement } = this.#parts;
    const { batch } = delivery;
    if (batch.count > 1) {
      const middle = batch.count >> 1;
      const parts = [batch.filter((_, index) => index < middle), batch.filter((_, index) => index >= middle)];
      return queue.replace(delivery, parts);
    }
    this.#settle(delivery, () => settlement.refused(batch, reason));
  }

  #backOff(delivery: Delivery, ladder: Ladder): void {
    const { settlement, clock, random, options } = this.#parts;
    const delayMs = backoffMs(ladder, delivery.attempts, options.retryBaseDelayMs, random());
    const exhausted = delivery.attempts > (options.maxRetries ?? Infinity);
    const tooOld = clock.now() + delayMs - delivery.sealedAtMs > options.maxBatchAgeMs;
    if (exhausted || tooOld) {
      const reason = exhausted ? 'retriesExhausted' : 'maxBatchAge';
      return this.#settle(delivery, () => settlement.givenUp(delivery.batch, reason));
    }
    delivery.state = 'backingOff';
    const timer = clock.after(
      delayMs,
      () => {
        this.#wake(delivery);
        this.pump();
      },
      false,
    );
    this.#backingOff.set(delivery, timer);
  }

  /** Out of the queue and into the ledger in one step, so that no look at the account can fall between. */
  #settle(delivery: Delivery, enter: () => void): void {
    this.#parts.queue.remove(delivery);
    enter();
    this.#parts.onSettled();
  }

  #wake(delivery: Delivery): void {
    this.#backingOff.get(delivery)?.cancel();
    this.#backingOff.delete(delivery);
    delivery.state = 'waiting';
  }
}

class RequestTimeout extends Error {
  override readonly name = 'RequestTimeout';

  constructor(timeoutMs: number) {
    super(`no answer within ${timeoutMs} ms`);
  }
}
