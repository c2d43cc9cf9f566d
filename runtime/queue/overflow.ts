import type { CloudWatchValues } from '../../contract/sections.js';
import type { EncodedBatch } from '../batch/encoded-batch.js';
import type { OpenBatch } from '../batch/open-batch.js';
import type { Delivery, DeliveryQueue } from './delivery-queue.js';

export type OverflowPolicy = CloudWatchValues['overflowPolicy'];

/** The batch that is being filled, whose events can leave only after it has been sealed into the queue. */
export interface UnsealedEvents {
  readonly open: Pick<OpenBatch, 'count' | 'bytes' | 'bytesFor' | 'lowestRank'>;
  seal(): void;
}

/** How much is in memory, may be there, or has to be freed. */
export interface Held {
  readonly bytes: number;
  readonly events: number;
}

/**
 * Takes events out so that one of this rank can come in, until so much is free or no others are as unimportant. Returns
 * them, or none if it is the new one that has to go. What is in flight stays.
 */
export function makeRoom(
  queue: DeliveryQueue,
  unsealed: UnsealedEvents,
  policy: OverflowPolicy,
  newRank: number,
  excess: Held,
): EncodedBatch[] {
  if (policy === 'drop_newest') return [];
  // To drop the oldest, all ranks are alike; that of no event, which is infinite, stays apart.
  const weigh = (rank: number): number => (policy === 'drop_oldest' && rank < Infinity ? 0 : rank);
  const weightOf = (delivery: Delivery): number =>
    isRemovable(delivery) ? weigh(delivery.batch.lowestRank) : Infinity;
  const lowestSealed = (): number =>
    queue.deliveries.reduce((lowest, delivery) => Math.min(lowest, weightOf(delivery)), Infinity);
  const unsealedRank = weigh(unsealed.open.lowestRank);
  if (unsealedRank <= weigh(newRank) && unsealedRank < lowestSealed()) unsealed.seal();
  const lowest = lowestSealed();
  if (lowest > weigh(newRank)) return [];
  const removed: EncodedBatch[] = [];
  let { bytes, events } = excess;
  for (const delivery of queue.deliveries) {
    if (bytes <= 0 && events <= 0) break;
    if (weightOf(delivery) > lowest) continue;
    const taken = queue.takeOut(delivery, ({ rank }) => weigh(rank) === lowest, bytes, events);
    removed.push(taken);
    bytes -= taken.heldBytes;
    events -= taken.count;
  }
  return removed;
}

/**
 * Lets the oldest batch that is not in flight go where it is kept. Says whether one could go: `keep` may refuse.
 */
export function moveOut(
  queue: DeliveryQueue,
  unsealed: UnsealedEvents,
  keep: (batch: EncodedBatch) => boolean,
): boolean {
  const oldest = (): Delivery | undefined => queue.find(isRemovable);
  if (!oldest() && unsealed.open.count > 0) unsealed.seal();
  const delivery = oldest();
  return delivery !== undefined && queue.handOver(delivery, keep);
}

function isRemovable({ state }: Delivery): boolean {
  return state !== 'inFlight';
}
