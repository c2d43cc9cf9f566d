import type { CloudWatchValues } from '../../contract/sections.js';
import type { EncodedBatch } from '../batch/encoded-batch.js';
import type { Delivery, DeliveryQueue } from './delivery-queue.js';

export type OverflowPolicy = CloudWatchValues['overflowPolicy'];

/** The batch that is being filled, whose events can leave only after it has been sealed into the queue. */
export interface UnsealedEvents {
  /** Rank of the least important one; infinite if there is none. */
  readonly lowestRank: number;
  seal(): void;
}

/** How much is in memory, may be there, or has to be freed. */
export interface Held {
  readonly bytes: number;
  readonly events: number;
}

/**
 * Takes events out so that one of this rank can come in, and returns them; `undefined` if it is the new one that has to
 * go. What is in flight stays.
 */
export function makeRoom(
  queue: DeliveryQueue,
  unsealed: UnsealedEvents,
  policy: OverflowPolicy,
  newRank: number,
  excess: Held,
): EncodedBatch | undefined {
  if (policy === 'drop_newest') return undefined;
  const chosen = policy === 'drop_oldest' ? undefined : newRank;
  if (isUnsealedFirst(queue, unsealed, chosen)) unsealed.seal();
  const lowestRank = lowestRankOf(queue);
  if (chosen !== undefined && lowestRank > chosen) return undefined;
  const victim = queue.deliveries.find(
    (delivery) => isRemovable(delivery) && (chosen === undefined || delivery.batch.lowestRank === lowestRank),
  );
  if (!victim) return undefined;
  return queue.takeOut(
    victim,
    ({ rank }) => chosen === undefined || rank === lowestRank,
    excess.bytes,
    excess.events,
  );
}

/**
 * Lets the oldest batch that is not in flight go where it is kept. Says whether one could go: `keep` may refuse.
 */
export function moveOut(
  queue: DeliveryQueue,
  unsealed: UnsealedEvents,
  keep: (batch: EncodedBatch) => boolean,
): boolean {
  const oldest = (): Delivery | undefined => queue.deliveries.find(isRemovable);
  if (!oldest() && unsealed.lowestRank < Infinity) unsealed.seal();
  const delivery = oldest();
  if (!delivery || !keep(delivery.batch)) return false;
  queue.remove(delivery);
  return true;
}

/** Whether what has to leave is in the unsealed batch: because nothing else can, or nothing as unimportant. */
function isUnsealedFirst(queue: DeliveryQueue, { lowestRank }: UnsealedEvents, newRank = Infinity): boolean {
  const isWanted = lowestRank <= newRank && lowestRank < Infinity;
  const sealedRank = lowestRankOf(queue);
  return isWanted && (newRank === Infinity ? sealedRank === Infinity : lowestRank < sealedRank);
}

function lowestRankOf(queue: DeliveryQueue): number {
  let lowest = Infinity;
  for (const delivery of queue.deliveries) {
    if (isRemovable(delivery)) lowest = Math.min(lowest, delivery.batch.lowestRank);
  }
  return lowest;
}

function isRemovable({ state }: Delivery): boolean {
  return state !== 'inFlight';
}
