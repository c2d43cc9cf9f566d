import { runChild } from '../child/run-child.js';
import type { Endpoint } from '../endpoint/endpoint.js';
import type { Options } from '../options.js';

/** The event loop while events are logged at a steady pace and the spool has one thing to do. */
export interface SpoolSample {
  readonly name: string;
  /** Milliseconds by which a timer of one millisecond was late. */
  readonly lateMs: SpoolQuantiles;
  /** Milliseconds of processor time that the thread took from one turn to the next. */
  readonly workMs: SpoolQuantiles;
  /** Bytes on disk at the end. */
  readonly spoolBytes: number;
  /** Events that left the disk for want of room. */
  readonly dropped: number;
  /** Events that were taken over from the case before. */
  readonly adopted: number;
}

interface SpoolQuantiles {
  readonly p99: number;
  readonly max: number;
}

/** All cases in one fresh process, one after the other. */
export function measureSpool(
  { latencySeconds }: Pick<Options, 'latencySeconds'>,
  endpoint: Endpoint,
): Promise<SpoolSample[]> {
  const args = [String(latencySeconds)];
  return runChild<SpoolSample[]>('bench/child/spool.mjs', { args, endpoint: endpoint.url });
}
