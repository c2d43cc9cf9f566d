import { runChild } from '../child/run-child.js';
import type { Endpoint } from '../endpoint/endpoint.js';
import type { Options } from '../options.js';

/** Log calls with a long message, in turn with JSON.stringify of its line and of the request with that line. */
export interface LargeSample {
  readonly text: 'plain' | 'dump';
  /** Size of the message, in KiB. */
  readonly kib: number;
  readonly callMs: readonly number[];
  readonly jsonMs: readonly number[];
}

/** All sizes in one fresh process. */
export function measureLarge(
  { largeCalls }: Pick<Options, 'largeCalls'>,
  endpoint: Endpoint,
): Promise<LargeSample[]> {
  return runChild<LargeSample[]>('bench/child/large.mjs', {
    args: [String(largeCalls)],
    endpoint: endpoint.url,
  });
}
