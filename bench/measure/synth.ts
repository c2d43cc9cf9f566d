import { runChild } from '../child/run-child.js';
import type { Options } from '../options.js';
import type { Progress } from './progress.js';
import { takeTurns, type Measured } from './turns.js';

export interface SynthSample {
  readonly wallMs: number;
  readonly cpuMs: number;
}

type Stack = 'without' | 'with';

export interface Synth {
  /** Each in a fresh process. */
  readonly cold: readonly Measured<Stack, SynthSample>[];
  /** In turn in one process. */
  readonly warm: readonly Measured<Stack, SynthSample>[];
}

/** Measures a stack with a function and its log group, by hand and by the construct. */
export async function measureSynth({ synths, warmSynths }: Options, progress: Progress): Promise<Synth> {
  const cold = await takeTurns<Stack, SynthSample>({
    what: 'synth',
    names: ['without', 'with'],
    repetitions: synths,
    progress,
    run: (name) => runSynth<SynthSample>('cold', name),
  });
  return { cold, warm: await runSynth<Measured<Stack, SynthSample>[]>('warm', String(warmSynths)) };
}

function runSynth<Answer>(program: 'cold' | 'warm', arg: string): Promise<Answer> {
  return runChild<Answer>(`bench/synth/${program}.cjs`, { args: [arg], endpoint: '', timeoutMs: 60_000 });
}
