import { promises } from 'node:fs';
import type { EncodedBatch } from '../batch/encoded-batch.js';
import type { LogEvent } from '../batch/log-event.js';
import { OpenBatch } from '../batch/open-batch.js';
import type { Target } from '../batch/target.js';
import { salvaging, type Salvage } from './segment-text.js';

/** Lines that are read at a time before others may run. */
const LINES_AT_A_TIME = 500;

/** Reads whatever is whole in the file of a segment, and lets others run in between. */
export async function readSegment(path: string): Promise<Salvage> {
  const steps = salvaging(await promises.readFile(path));
  for (let lines = 1; ; lines++) {
    const step = steps.next();
    if (step.done) return step.value;
    if (lines % LINES_AT_A_TIME === 0) await new Promise((resolve) => setImmediate(resolve));
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
