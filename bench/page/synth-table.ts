import type { Synth, SynthSample } from '../measure/synth.js';
import { difference, medianOf } from './check.js';
import { failures, figure, number } from './figure.js';
import type { Table } from './table.js';

export function synthTable({ cold, warm }: Synth): Table {
  return {
    title: 'Synthesis',
    how: `Milliseconds to define and synthesize a stack with a log group and a function, once aws-cdk-lib’s core and aws-lambda are loaded. CDK’s own check of the template is off (CDK_VALIDATION=false): it takes seconds for either. Cold: ${cold[0]?.samples.length ?? 0} fresh processes each, in turn; loading the construct counts. Warm: ${warm[0]?.samples.length ?? 0} stacks each, in turn in one process, after 10 each that are not counted.`,
    head: ['stack', 'wall', 'CPU'],
    rows: [...rowsOf('cold', cold), ...rowsOf('warm', warm)],
    notes: failures(cold),
  };
}

/** Milliseconds that the construct adds to a synthesis, if both were measured. */
export function added(results: Synth['cold'], key: keyof SynthSample): number | undefined {
  const median = (name: 'with' | 'without') => medianOf(results, name, (sample) => sample[key]);
  return difference(median('with'), median('without'));
}

function rowsOf(when: string, results: Synth['cold']): string[][] {
  const row = (title: string, name: 'with' | 'without'): string[] => {
    const samples = results.find((result) => result.name === name)?.samples ?? [];
    const of = (key: keyof SynthSample): string =>
      figure(
        samples.map((sample) => sample[key]),
        1,
      );
    return [`${title}, ${when}`, of('wallMs'), of('cpuMs')];
  };
  return [
    row('LogGroup and Function', 'without'),
    row('CloudWatchLogging and Function', 'with'),
    [
      `difference of the medians, ${when}`,
      ...(['wallMs', 'cpuMs'] as const).map((key) => number(added(results, key) ?? NaN, 1)),
    ],
  ];
}
