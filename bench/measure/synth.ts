import { runChild } from '../child/run-child.js';
import type { Options } from '../options.js';
import type { Progress } from './progress.js';
import { takeTurns, type Measured } from './turns.js';

export interface SynthSample {
  readonly wallMs: number;
  readonly cpuMs: number;
}

export type Synth = Measured<'without' | 'with', SynthSample>;

/** Measures a stack with a function and its log group, by hand and by the construct, in fresh processes. */
export function measureSynth({ synths }: Options, progress: Progress): Promise<Synth[]> {
  return takeTurns({
    what: 'synth',
    names: ['without', 'with'],
    repetitions: synths,
    progress,
    run: (name) => runChild<SynthSample>(`bench/synth/${name}.cjs`, { endpoint: '', timeoutMs: 60_000 }),
  });
}
