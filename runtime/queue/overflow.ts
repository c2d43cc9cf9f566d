import type { EncodedBatch } from '../batch/encoded-batch.js';
import type { CloudWatchValues } from '../../contract/settings.js';
import type { DeliveryQueue } from './delivery-queue.js';

export type OverflowPolicy = CloudWatchValues['overflowPolicy'];

/** Freed at a time, because taking an event out of a body copies the body. */
const MIN_FREED_BYTES = 65_536;

/**
 * Takes events out of the queue so that one of this rank can come in, and returns them; `undefined` if it is the new
 * one that has to go. What is in flight stays.
 */
export function makeRoom(
  queue: DeliveryQueue,
  policy: OverflowPolicy,
  newRank: number,
  neededBytes: number,
): EncodedBatch | undefined {
  if (policy === 'drop_newest') return undefined;
  const candidates = queue.deliveries.filter(({ state }) => state !== 'inFlight');
  const lowestRank = Math.min(...candidates.map(({ batch }) => batch.lowestRank));
  if (policy === 'shed' && lowestRank > newRank) return undefined;
  const victim =
    policy === 'shed' ? candidates.find(({ batch }) => batch.lowestRank === lowestRank) : candidates[0];
  if (!victim) return undefined;
  return queue.takeOut(
    victim,
    ({ rank }) => policy === 'drop_oldest' || rank === lowestRank,
    Math.max(neededBytes, MIN_FREED_BYTES),
  );
}
