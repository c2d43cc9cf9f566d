import type { Progress } from './progress.js';
import { rotated } from './rotation.js';

/** Samples of one contestant. */
export interface Measured<Name extends string, Sample> {
  readonly name: Name;
  readonly samples: readonly Sample[];
  /** Reason why a run failed. */
  readonly failure?: string | undefined;
}

export interface Turns<Name extends string, Sample> {
  readonly what: string;
  readonly names: readonly Name[];
  readonly repetitions: number;
  readonly progress: Progress;
  readonly run: (name: Name) => Promise<Sample>;
  /** Whether another sample would not be worth its time. @default - never */
  readonly isEnough?: (sample: Sample) => boolean;
}

/** Runs all in turn, as often as asked for. A contestant that fails is left out of later turns. */
export async function takeTurns<Name extends string, Sample>(
  turns: Turns<Name, Sample>,
): Promise<Measured<Name, Sample>[]> {
  const { what, names, repetitions, progress, run, isEnough = () => false } = turns;
  progress.begin(what, names.length * repetitions);
  const results = names.map((name) => ({
    name,
    samples: [] as Sample[],
    failure: undefined as string | undefined,
  }));
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const result of rotated(results, repetition)) {
      if (result.failure !== undefined || result.samples.some(isEnough)) continue;
      try {
        result.samples.push(await run(result.name));
      } catch (error) {
        result.failure = (error as Error).message;
      }
      const failed = result.failure === undefined ? '' : `: ${result.failure}`;
      progress.say(`${what} ${repetition + 1}/${repetitions} ${result.name}${failed}`);
    }
  }
  return results;
}
