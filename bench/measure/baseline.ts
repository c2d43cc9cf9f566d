import type { Options } from '../options.js';

/** Says to the contestant fapilog-before where its build lies. */
export function baselineVariables({ baseline }: Pick<Options, 'baseline'>): NodeJS.ProcessEnv {
  return baseline === undefined ? {} : { BENCH_BASELINE: baseline };
}
