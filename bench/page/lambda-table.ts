import { isClientNative, type Moment } from '../child/run-function.js';
import { FUNCTIONS, type FunctionName, type LambdaFunction } from '../lambda-function.js';
import type { LambdaStart, LambdaStarts } from '../measure/lambda.js';
import { newestNode } from '../measure/node-versions.js';
import { atMost, difference, inUnit, medianOf, ratio, type BarRow } from './check.js';
import { failures, figure, number } from './figure.js';
import type { Table } from './table.js';

type Phase = 'init' | 'first' | 'second';

export function lambdaTable(results: readonly LambdaStarts[]): Table {
  const starts = Math.max(...results.map(({ samples }) => samples.length));
  return {
    title: 'Cold start of a Lambda function',
    how: `Milliseconds of a function that logs one line for each invocation, in bench/lambda/, bundled as \`NodejsFunction\` does and minified. Lambda’s own runtime client (aws-lambda-ric) runs it on this machine, by Node.js ${newestNode().version}. Init: from the start of the process, that of Node.js included, until it asks for its first invocation. Invocations: wall until the answer; CPU until it asks for the next one. ${starts} processes each, in turn.`,
    head: ['function', 'lines go to', 'init', 'CPU', 'first invocation', 'CPU', 'second', 'CPU', 'bundle kB'],
    rows: results.map(row),
    notes: [
      'Rows whose lines go to the service end each invocation with the answer of `PutLogEvents`, over TLS, from an endpoint on this machine that answers at once. Rows whose lines go to stdout leave the delivery to Lambda: compare init, not the invocations.',
      'The row bare SDK loads the AWS client from its modules, as a function does that leaves it to Lambda.',
      ...(isClientNative
        ? []
        : [
            'A stand-in in JavaScript takes the place of the native part of the runtime client, for all alike.',
          ]),
      ...failures(results),
    ],
  };
}

function row({ name, samples }: LambdaStarts): string[] {
  const { output }: LambdaFunction = FUNCTIONS[name];
  const of = (phase: Phase, key: keyof Moment): string =>
    figure(
      samples.map((sample) => sample[phase][key]),
      1,
    );
  const phases = (['init', 'first', 'second'] as const).flatMap((phase) => [
    of(phase, 'wallMs'),
    of(phase, 'cpuMs'),
  ]);
  const bytes = samples[0]?.bundleBytes;
  return [name, output === 'none' ? '–' : output, ...phases, bytes ? number(bytes / 1_000, 1) : '–'];
}

/** The bar of a cold start. */
export function lambdaRows(lambda: readonly LambdaStarts[]): BarRow[] {
  const cpu = (name: FunctionName, cpuMs: (start: LambdaStart) => number) => medianOf(lambda, name, cpuMs);
  const init = (name: FunctionName) => cpu(name, (start) => start.init.cpuMs);
  const delivered = (name: FunctionName) =>
    difference(cpu(name, deliveredCpuMs), cpu('empty', deliveredCpuMs));
  const beside = (other: FunctionName) => ratio(delivered('fapilog, withLambda'), delivered(other));
  return [
    {
      what: '`withLambda`, added to the init of a function that flushes by hand',
      bar: '≤ 5 ms CPU',
      checks: [
        atMost(
          5,
          '',
          difference(init('fapilog, withLambda'), init('fapilog, flush by hand')),
          inUnit('ms', 1),
        ),
      ],
    },
    {
      what: 'cold start of a function and its first event delivered, CPU beyond an empty function',
      bar: '≤ 0.6 × bare SDK',
      checks: [
        atMost(0.6, 'of Lambda', beside('bare SDK')),
        atMost(0.6, 'bundled', beside('bare SDK, bundled')),
      ],
    },
  ];
}

function deliveredCpuMs({ init, first }: LambdaStart): number {
  return init.cpuMs + first.cpuMs;
}
