import type { Synth, SynthSample } from '../measure/synth.js';
import { spreadOf } from '../statistics.js';
import { failures, figure, number } from './figure.js';
import type { Table } from './table.js';

export function synthTable(results: readonly Synth[]): Table {
  const named = (name: Synth['name']): readonly SynthSample[] =>
    results.find((result) => result.name === name)?.samples ?? [];
  return {
    title: 'Synthesis',
    how: `Milliseconds to define and synthesize a stack with a log group and a function, once aws-cdk-lib’s core and aws-lambda are loaded; loading the construct counts. CDK’s own check of the template is off (CDK_VALIDATION=false): it takes seconds for either. ${named('with').length} fresh processes each, in turn.`,
    head: ['stack', 'wall', 'CPU'],
    rows: [
      row('LogGroup and Function', named('without')),
      row('CloudWatchLogging and Function', named('with')),
      [
        'difference of the medians',
        ...(['wallMs', 'cpuMs'] as const).map((key) => number(added(results, key) ?? NaN, 1)),
      ],
    ],
    notes: failures(results),
  };
}

/** Milliseconds that the construct adds to a synthesis, if both were measured. */
export function added(results: readonly Synth[], key: keyof SynthSample): number | undefined {
  const [without, withConstruct] = (['without', 'with'] as const).map((name) => {
    const samples = results.find((result) => result.name === name)?.samples ?? [];
    return samples.length > 0 ? spreadOf(samples.map((sample) => sample[key])).median : undefined;
  });
  return without === undefined || withConstruct === undefined ? undefined : withConstruct - without;
}

function row(title: string, samples: readonly SynthSample[]): string[] {
  const wallMs = samples.map((sample) => sample.wallMs);
  const cpuMs = samples.map((sample) => sample.cpuMs);
  return [title, figure(wallMs, 1), figure(cpuMs, 1)];
}
