import type { CloudWatchValues } from '../../contract/sections.js';
import type { EncodedBatch } from '../batch/encoded-batch.js';
import { targetKey, type Target } from '../batch/target.js';
import type { OutOfWindow } from '../batch/window.js';
import type { Clock, Timer } from '../io/clock.js';
import type { Delivery, DeliveryQueue } from '../queue/delivery-queue.js';
import { backoffMs } from './backoff.js';
import { CircuitBreaker } from './circuit-breaker.js';
import type { Compression } from './compression.js';
import type { Concurrency } from './concurrency.js';
import type { Pace } from './pace.js';
import type { ProvisionFailure, Provisioner } from './provisioner.js';
import type { PutCaller } from './put-caller.js';
import type { RejectedRange } from './rejections.js';
import type { Restraint } from './restraint.js';
import type { SequenceTokens } from './sequence-tokens.js';
import type { Ladder, Verdict } from './verdict.js';

export type SenderSettings = Pick<
  CloudWatchValues,
  'maxRetries' | 'retryBaseDelay' | 'maxBatchAgeSeconds' | 'circuitBreakerEnabled' | 'circuitBreakerThreshold'
>;

/** What the sender reports of batches: each event exactly once. */
export interface Settlement {
  delivered(batch: EncodedBatch, rejected: readonly RejectedRange[]): void;
  /** The service refuses this one event, whatever it travels with. */
  refused(batch: EncodedBatch, reason: string): void;
  givenUp(batch: EncodedBatch, reason: string): void;
}

export interface SenderParts {
  readonly settings: SenderSettings;
  /** Where live events go; batches of others come from the spool. */
  readonly target: Target;
  readonly queue: DeliveryQueue;
  readonly caller: Pick<PutCaller, 'put'>;
  readonly provisioner: Pick<Provisioner, 'provision' | 'isAwaited'>;
  readonly concurrency: Concurrency;
  readonly pace: Pace;
  readonly compression: Compression;
  readonly tokens: SequenceTokens;
  readonly settlement: Settlement;
  /** Seals the batch that is being filled, if its time has come, and says whether it did. */
  readonly sealDue: () => boolean;
  /** How the quotas of the account are spared. */
  readonly restraint: Restraint;
  /** Why the service would discard an event of this time now. */
  readonly excludes: (timestamp: number) => OutOfWindow | undefined;
  /** Called after events left the queue. */
  readonly onSettled: () => void;
  /** Called when nothing is sent for a while, because a call was throttled. */
  readonly onPaused?: (() => void) | undefined;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
}

/** Repairs of one call after which it backs off like any other failure. */
const MAX_REPAIRS = 3;

/**
 * Refusals in a row after which it is the target that the service refuses, a key that is disabled perhaps, and not an
 * event: finding one bad event among the most that a call can have takes 14 halvings.
 */
const MAX_REFUSALS_IN_A_ROW = 20;

/** Refusals after which an event is bad if nothing else is left that could be taken. */
const MAX_LONE_REFUSALS = 5;

/** Longest wish of the server that is granted. */
const MAX_RETRY_AFTER_MS = 300_000;

/** A call that has had no answer for so long when it is given up says that the service is silent. */
const SILENCE_MS = 500;

/** Longest delay while somebody waits for the end. */
const DRAINING_DELAY_MS = 1_000;

/** A call that is under way. */
interface Call {
  readonly abort: AbortController;
  readonly sinceMs: number;
}

/**
 * Sends the batches of the queue and settles them. One batch is one call, made again until it is settled; a batch that
 * backs off takes no place from the others.
 */
export class Sender {
  readonly breaker: CircuitBreaker;
  readonly #parts: SenderParts;
  readonly #inFlight = new Map<Delivery, Call>();
  readonly #backingOff = new Map<Delivery, Timer>();
  #throttled: { readonly untilMs: number; readonly timer: Timer } | undefined;
  /** When the batch that was being filled was last sent because its time had come. */
  #turnMs = -Infinity;
  #nextTurn: Timer | undefined;
  #deliveredBatches = 0;
  #refusalsInARow = 0;
  #retriesInARow = 0;
  #lastLadder: Ladder | undefined;
  #isDraining = false;
  #isResting = false;

  constructor(parts: SenderParts) {
    this.#parts = parts;
    const { circuitBreakerEnabled: enabled, circuitBreakerThreshold: threshold } = parts.settings;
    const { restraint, random, clock } = parts;
    this.breaker = new CircuitBreaker({ enabled, threshold, ...restraint, random }, clock, () =>
      this.#probe(),
    );
  }

  /** Whether calls that failed wait to be made again. */
  get isBackingOff(): boolean {
    return this.#throttled !== undefined || this.#backingOff.size > 0;
  }

  /** Whether nothing will be sent for so long, because too many calls are made. */
  isPausedFor(ms: number): boolean {
    const { clock, restraint } = this.#parts;
    const untilMs = this.#throttled?.untilMs ?? -Infinity;
    return restraint.givesWay && untilMs - clock.monotonic() >= ms;
  }

  /**
   * Aborts what is in flight, and makes no call until {@link Sender.goOn}: a process that has nothing else to do is not kept
   * alive by calls.
   */
  rest(): void {
    this.#isResting = true;
    for (const { abort } of this.#inFlight.values()) abort.abort();
  }

  goOn(): void {
    this.#isResting = false;
    this.pump();
  }

  pump(): void {
    if (this.#isResting) return;
    const { concurrency } = this.#parts;
    while (!this.#throttled && this.breaker.admits && this.#inFlight.size < concurrency.limit) {
      const delivery = this.#next();
      if (!delivery) return;
      if (this.#isWithinWindow(delivery)) void this.#attempt(delivery);
    }
  }

  /** Sends at once the batches that back off, and waits less from now on: somebody waits for the end. */
  drain(): void {
    this.#isDraining = true;
    this.#throttled?.timer.cancel();
    this.#throttled = undefined;
    this.#nextTurn?.cancel();
    this.#wakeAll();
    this.breaker.hurry();
    this.goOn();
  }

  /** The pause of the breaker is over: one call is let through, if need be one that still backs off. */
  #probe(): void {
    const { queue } = this.#parts;
    const [oldest] = this.#backingOff.keys();
    if (!queue.next() && oldest) this.#wake(oldest);
    this.pump();
  }

  /** Forgets what backs off but has left the queue, because memory was full. */
  prune(): void {
    for (const delivery of this.#backingOff.keys())
      if (!this.#parts.queue.has(delivery)) this.#wake(delivery);
  }

  /** Aborts what is in flight and gives up whatever is not settled. */
  stop(reason: string): void {
    this.#wakeAll();
    this.#throttled?.timer.cancel();
    this.#nextTurn?.cancel();
    for (const delivery of this.#parts.queue.deliveries) this.#giveUp(delivery, reason);
    for (const { abort } of this.#inFlight.values()) abort.abort();
  }

  /**
   * Gives up what was sealed up to this sequence and is in memory only, calls under way included. Delivery goes on. A silent service
   * counts as failing: it must not cost each caller all the time that there is.
   */
  giveUp(lastSequence: number, reason: string): void {
    let isSilent = false;
    for (const delivery of this.#parts.queue.deliveries) {
      if (delivery.sequence > lastSequence || delivery.batch.backing) continue;
      this.#wake(delivery);
      this.#giveUp(delivery, reason);
      const call = this.#inFlight.get(delivery);
      if (!call) continue;
      isSilent ||= this.#parts.clock.monotonic() - call.sinceMs >= SILENCE_MS;
      call.abort.abort();
    }
    if (isSilent) this.breaker.failed();
  }

  /** While something backs off, the batch that is being filled keeps filling: an outage makes large batches, not many. */
  #next(): Delivery | undefined {
    const { queue, concurrency } = this.#parts;
    const next = (): Delivery | undefined => queue.next(concurrency.isSerial);
    return next() ?? (this.#backingOff.size === 0 && this.#sealDue() ? next() : undefined);
  }

  /** Seals the batch that is being filled, if its time has come, which under throttling is later. A full one seals itself. */
  #sealDue(): boolean {
    const { pace, clock, sealDue } = this.#parts;
    const leftMs = this.#turnMs + pace.spacingMs - clock.monotonic();
    if (leftMs > 0 && !this.#isDraining) {
      this.#nextTurn ??= clock.after(leftMs, () => {
        this.#nextTurn = undefined;
        this.pump();
      });
      return false;
    }
    const isSealed = sealDue();
    if (isSealed) this.#turnMs = clock.monotonic();
    return isSealed;
  }

  async #attempt(delivery: Delivery): Promise<void> {
    const { clock, provisioner, queue } = this.#parts;
    const { target } = delivery.batch;
    const abort = new AbortController();
    this.#inFlight.set(delivery, { abort, sinceMs: clock.monotonic() });
    delivery.state = 'inFlight';
    delivery.attempts++;
    this.breaker.started();
    const next = provisioner.isAwaited(target)
      ? await this.#provision(delivery, abort.signal)
      : await this.#put(delivery, abort.signal);
    if (!next) return this.pump();
    this.#inFlight.delete(delivery);
    // After stop() the batch is settled already, and this answer came too late.
    if (queue.has(delivery)) this.#act(delivery, next);
    this.pump();
  }

  /** What is to be done next; nothing if the call was interrupted, which says nothing of the service. */
  async #put(delivery: Delivery, signal: AbortSignal): Promise<Verdict | undefined> {
    const { caller, concurrency } = this.#parts;
    const { epoch } = concurrency;
    const verdict = await caller.put(delivery.batch, signal);
    if (verdict.kind === 'retry' && this.#isInterrupted(delivery)) return this.#interrupted(delivery);
    this.#learn(verdict, epoch, delivery.batch.target);
    return verdict.kind === 'provision' ? this.#provision(delivery, signal) : verdict;
  }

  #isInterrupted(delivery: Delivery): boolean {
    return this.#isResting || !this.#parts.queue.has(delivery);
  }

  /** Says nothing of the service. */
  #interrupted(delivery: Delivery): undefined {
    this.#inFlight.delete(delivery);
    this.breaker.undecided();
    if (!this.#parts.queue.has(delivery)) return;
    delivery.attempts--;
    delivery.state = 'waiting';
  }

  /** What a verdict says of the service rather than of the batch. */
  #learn(verdict: Verdict, epoch: number, target: Target): void {
    const { breaker } = this;
    const { concurrency, compression, pace, tokens } = this.#parts;
    if (this.#isRefusedElsewhere(verdict, target)) return breaker.undecided();
    const isFailure = verdict.kind === 'retry' && verdict.ladder !== 'throttle';
    if (verdict.kind === 'retry') this.#giveUpAged();
    if (isFailure) breaker.failed();
    // The call that is made again without its entity decides.
    else if (verdict.kind === 'bare') breaker.undecided();
    else this.#answered();
    if (verdict.kind === 'delivered') {
      concurrency.succeeded();
      pace.succeeded();
      tokens.handedOut(target, verdict.nextToken);
    }
    if (verdict.kind === 'retry' && verdict.ladder === 'throttle' && concurrency.throttled(epoch))
      pace.throttled();
    if (verdict.kind === 'plain') compression.refused();
    if (verdict.kind === 'token') {
      tokens.demanded(target, verdict.expected);
      concurrency.serialize();
    }
    if (verdict.kind !== 'bare')
      this.#refusalsInARow = verdict.kind === 'divide' ? this.#refusalsInARow + 1 : 0;
    this.#countRetries(verdict.kind === 'retry' ? verdict.ladder : undefined);
  }

  /** Those of one kind: how long nothing was heard of the service says nothing of its quota. */
  #countRetries(ladder: Ladder | undefined): void {
    const isSame = ladder === this.#lastLadder;
    this.#lastLadder = ladder;
    if (ladder === undefined) this.#retriesInARow = 0;
    else this.#retriesInARow = isSame ? this.#retriesInARow + 1 : 1;
  }

  #answered(): void {
    if (this.breaker.answered()) this.#wakeAll();
  }

  /** Creates the target. Its own failures count as the batch's. */
  async #provision(delivery: Delivery, signal: AbortSignal): Promise<Verdict | undefined> {
    const { provisioner } = this.#parts;
    const { target } = delivery.batch;
    const failure = await provisioner.provision(target, signal);
    if (failure && this.#isInterrupted(delivery)) return this.#interrupted(delivery);
    this.#learnOfTarget(failure, target);
    return failure ?? { kind: 'provision', reason: 'created' };
  }

  /** The creation may have been the probe of the breaker, which must hear of each end of it. */
  #learnOfTarget(failure: ProvisionFailure | undefined, target: Target): void {
    const { breaker } = this;
    if (failure && this.#isRefusedElsewhere(failure, target)) return breaker.undecided();
    if (failure) this.#giveUpAged();
    if (failure && failure.ladder !== 'throttle' && failure.ladder !== 'creation') breaker.failed();
    else this.#answered();
  }

  #act(delivery: Delivery, verdict: Verdict): void {
    const { settlement } = this.#parts;
    switch (verdict.kind) {
      case 'delivered':
        this.#deliveredBatches++;
        return this.#settle(delivery, () => settlement.delivered(delivery.batch, verdict.rejected));
      case 'provision':
      case 'plain':
      case 'bare':
      case 'token':
        return this.#repeat(delivery);
      case 'divide':
        return this.#divide(delivery, verdict.reason);
      case 'retry':
        if (this.#isRefusedElsewhere(verdict, delivery.batch.target))
          return this.#giveUp(delivery, verdict.reason);
        return this.#backOff(delivery, verdict.ladder, verdict.retryAfterMs);
    }
  }

  /**
   * Whether it is another process's stream, left in the spool, that is refused or cannot be made: that says nothing of our
   * own, whose events must not wait for it.
   */
  #isRefusedElsewhere(verdict: Verdict, target: Target): boolean {
    const isOfTarget =
      verdict.kind === 'retry' && (verdict.ladder === 'slow' || verdict.ladder === 'creation');
    return isOfTarget && targetKey(target) !== targetKey(this.#parts.target);
  }

  /** The cause was put right, so the same batch goes again at once, which is no retry; but not for ever. */
  #repeat(delivery: Delivery): void {
    if (++delivery.repairs > MAX_REPAIRS) return this.#backOff(delivery, 'transient');
    delivery.attempts--;
    delivery.state = 'waiting';
  }

  /**
   * One bad event must not take its neighbours along: halves, until it is alone. It is only bad if the service takes
   * others; while it takes none, the cause is elsewhere, and everything waits.
   */
  #divide(delivery: Delivery, reason: string): void {
    const { queue, settlement } = this.#parts;
    const { batch } = delivery;
    delivery.refusals++;
    delivery.refusedAfter ??= this.#deliveredBatches;
    if (this.#refusalsInARow >= MAX_REFUSALS_IN_A_ROW) return this.#backOff(delivery, 'slow');
    if (batch.count > 1) {
      queue.replace(
        delivery,
        batch.partition((_, index) => index < batch.count >> 1),
      );
      return;
    }
    const isProven = this.#deliveredBatches > delivery.refusedAfter;
    if (!isProven && !this.#areAllSuspect()) return this.#backOff(delivery, 'slow');
    this.#settle(delivery, () => settlement.refused(batch, reason));
  }

  /** It is the caller that is too fast, not the batch: nothing is sent for a while. */
  #throttle(delivery: Delivery, delayMs: number): void {
    delivery.state = 'waiting';
    const untilMs = this.#parts.clock.monotonic() + delayMs;
    if (this.#throttled && this.#throttled.untilMs >= untilMs) return;
    this.#throttled?.timer.cancel();
    const timer = this.#parts.clock.after(delayMs, () => {
      this.#throttled = undefined;
      this.pump();
    });
    this.#throttled = { untilMs, timer };
    this.#parts.onPaused?.();
  }

  /** Whether nothing is left whose delivery could prove anything. */
  #areAllSuspect(): boolean {
    return this.#parts.queue.deliveries.every(
      ({ batch, refusals }) => batch.count === 1 && refusals >= MAX_LONE_REFUSALS,
    );
  }

  #backOff(delivery: Delivery, ladder: Ladder, retryAfterMs = 0): void {
    const { clock, pace, random, settings } = this.#parts;
    const leftMs = delivery.sealedAtMs + settings.maxBatchAgeSeconds * 1_000 - clock.monotonic();
    const isExhausted = delivery.attempts > (settings.maxRetries ?? Infinity);
    if (isExhausted) return this.#giveUp(delivery, 'retriesExhausted');
    if (leftMs <= 0) return this.#giveUp(delivery, 'maxBatchAge');
    // Where the service takes some calls, the unlucky one need not climb higher than the others.
    const step =
      ladder === 'creation'
        ? delivery.attempts
        : Math.max(1, Math.min(delivery.attempts, this.#retriesInARow));
    const jittered = backoffMs(ladder, step, settings.retryBaseDelay * 1_000, random());
    const spacedMs = ladder === 'throttle' ? (pace.spacingMs / 2) * random() : 0;
    const wishedMs = Math.max(jittered, spacedMs, Math.min(retryAfterMs, MAX_RETRY_AFTER_MS));
    // The last attempt comes when the batch is as old as it may be.
    const delayMs = Math.min(wishedMs, leftMs, this.#isDraining ? DRAINING_DELAY_MS : Infinity);
    delivery.repairs = 0;
    if (ladder === 'throttle' || ladder === 'creation') return this.#throttle(delivery, delayMs);
    delivery.state = 'backingOff';
    const timer = clock.after(delayMs, () => {
      this.#wake(delivery);
      this.pump();
    });
    this.#backingOff.set(delivery, timer);
  }

  /**
   * Only after a call has failed: a process that was asleep, as in AWS Lambda between invocations, finds all its batches
   * old when it wakes, and the service may well take them.
   */
  #giveUpAged(): void {
    const { queue, clock, settings } = this.#parts;
    const oldestMs = clock.monotonic() - settings.maxBatchAgeSeconds * 1_000;
    if ((queue.oldest?.sealedAtMs ?? Infinity) > oldestMs) return;
    for (const delivery of queue.deliveries) {
      if (delivery.sealedAtMs > oldestMs) return;
      if (delivery.state === 'inFlight') continue;
      this.#wake(delivery);
      this.#giveUp(delivery, 'maxBatchAge');
    }
  }

  /** Events age while they wait: those that the service would discard by now are taken out before each call. */
  #isWithinWindow(delivery: Delivery): boolean {
    const { queue, settlement, excludes } = this.#parts;
    const { batch } = delivery;
    if (!excludes(batch.firstTimestamp) && !excludes(batch.lastTimestamp)) return true;
    const reasons = new Set(Array.from(batch.slots.timestamps, excludes));
    const parts = [...reasons].map((reason) => ({
      reason,
      part: batch.filter(({ timestamp }) => excludes(timestamp) === reason),
    }));
    queue.replace(
      delivery,
      parts.flatMap(({ reason, part }) => (reason ? [] : [part])),
    );
    for (const { reason, part } of parts) if (reason) settlement.givenUp(part, reason);
    this.#parts.onSettled();
    return false;
  }

  #giveUp(delivery: Delivery, reason: string): void {
    this.#settle(delivery, () => this.#parts.settlement.givenUp(delivery.batch, reason));
  }

  /**
   * Out of the queue and into the ledger in one step, so that no look at the account can fall between; and only once: a
   * hook that logs while the process exits may have settled the batch meanwhile.
   */
  #settle(delivery: Delivery, enter: () => void): void {
    if (!this.#parts.queue.remove(delivery)) return;
    enter();
    this.#parts.onSettled();
  }

  #wake(delivery: Delivery): void {
    this.#backingOff.get(delivery)?.cancel();
    this.#backingOff.delete(delivery);
    delivery.state = 'waiting';
  }

  #wakeAll(): void {
    for (const delivery of this.#backingOff.keys()) this.#wake(delivery);
  }
}
