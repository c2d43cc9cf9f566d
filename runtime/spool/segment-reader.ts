import type { EncodedBatch } from '../batch/encoded-batch.js';
import type { LogEvent } from '../batch/log-event.js';
import { OpenBatch } from '../batch/open-batch.js';
import type { Target } from '../batch/target.js';
import { setImmediate } from '../io/real-timers.js';
import { readOurs } from './ours.js';
import { salvaging, type Salvage } from './segment-text.js';

/** Bytes that are read at a time before others may run: two or three milliseconds for small events. */
const BYTES_AT_A_TIME = 32_768;

/**
 * Reads whatever is whole in the file of a segment, and lets others run in between.
 *
 * @throws Foreign if it is no file of this user, or what the file system says.
 */
export async function readSegment(path: string, uid: number): Promise<Salvage> {
  const { bytes } = await readOurs(path, uid);
  const steps = salvaging(bytes);
  for (let pauseAt = BYTES_AT_A_TIME; ;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (step.value < pauseAt) continue;
    pauseAt = step.value + BYTES_AT_A_TIME;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The events of a segment as batches that the service takes: mostly one. */
export function batchesOf(target: Target, events: readonly LogEvent[]): EncodedBatch[] {
  const batches: EncodedBatch[] = [];
  const open = new OpenBatch(target);
  for (const event of events) {
    if (!open.fits(event)) batches.push(open.seal());
    open.add(event);
  }
  return open.count > 0 ? [...batches, open.seal()] : batches;
}
