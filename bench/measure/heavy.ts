import { runChild } from '../child/run-child.js';
import type { Endpoint } from '../endpoint/endpoint.js';

/** Log calls with one kind of heavy record. */
export interface HeavySample {
  readonly name: string;
  /** Milliseconds of the slowest of the calls. */
  readonly callMs: number;
  /** Milliseconds of JSON.stringify of the same fields; undefined where it throws, or would not come to an end. */
  readonly jsonMs?: number | undefined;
}

/** Single log calls with heavy records, in a fresh process. */
export function measureHeavy(endpoint: Endpoint): Promise<HeavySample[]> {
  return runChild<HeavySample[]>('bench/child/heavy.mjs', { endpoint: endpoint.url });
}
