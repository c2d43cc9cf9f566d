import { runChild } from '../child/run-child.js';
import type { Endpoint } from '../endpoint/endpoint.js';
import type { Options } from '../options.js';
import type { Progress } from './progress.js';
import { takeTurns, type Measured } from './turns.js';

/** Memory that a waiting event takes, in bytes. */
export interface WaitingSample {
  /** What it takes in the request's body. */
  readonly ownBytes: number;
  /** JavaScript objects. */
  readonly heapBytes: number;
  /** Buffers and typed arrays; the event's own bytes are among them. */
  readonly bufferBytes: number;
  /** What counts against `maxQueueBytes`. */
  readonly countedBytes: number;
}

export type Waiting = Measured<'fapilog', WaitingSample>;

export function measureWaiting(
  { repetitions }: Pick<Options, 'repetitions'>,
  endpoint: Endpoint,
  progress: Progress,
): Promise<Waiting[]> {
  return takeTurns({
    what: 'waiting',
    names: ['fapilog'],
    repetitions,
    progress,
    async run() {
      await endpoint.verdict(0);
      const { events, ...sample } = await runChild<Omit<WaitingSample, 'ownBytes'> & { events: number }>(
        'bench/child/waiting.mjs',
        { endpoint: endpoint.url, nodeOptions: ['--expose-gc'] },
      );
      const { bodyBytes } = await endpoint.verdict(0);
      return { ...sample, ownBytes: bodyBytes / events };
    },
  });
}

/** What an event takes beside its own bytes. */
export function besideBytes({ ownBytes, heapBytes, bufferBytes }: WaitingSample): number {
  return heapBytes + bufferBytes - ownBytes;
}

/** Share of an event's memory that counts against `maxQueueBytes`. */
export function countedShare({ heapBytes, bufferBytes, countedBytes }: WaitingSample): number {
  return countedBytes / (heapBytes + bufferBytes);
}
