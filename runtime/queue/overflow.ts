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
  // To drop the oldest, all ranks are alike; that of no event, which is infinite, stays apart.
  const weigh = (rank: number): number => (policy === 'drop_oldest' && rank < Infinity ? 0 : rank);
  const lowestSealed = (): number =>
    queue.deliveries
      .filter(isRemovable)
      .reduce((lowest, { batch }) => Math.min(lowest, weigh(batch.lowestRank)), Infinity);
  const unsealedRank = weigh(unsealed.open.lowestRank);
  if (unsealedRank <= weigh(newRank) && unsealedRank < lowestSealed()) unsealed.seal();
  const lowest = lowestSealed();
  const victim = queue.deliveries.find(
    (delivery) => isRemovable(delivery) && weigh(delivery.batch.lowestRank) === lowest,
  );
  if (!victim || lowest > weigh(newRank)) return undefined;
  return queue.takeOut(victim, ({ rank }) => weigh(rank) === lowest, excess.bytes, excess.events);
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
  if (!oldest() && unsealed.open.count > 0) unsealed.seal();
  const delivery = oldest();
  return delivery !== undefined && queue.handOver(delivery, keep);
}

function isRemovable({ state }: Delivery): boolean {
  return state !== 'inFlight';
}
