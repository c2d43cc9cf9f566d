import { figure, number } from '../../page/figure.js';
import type { Table } from '../../page/table.js';
import type { Figures } from '../real/figures.js';
import type { CallCounts } from '../service.js';
import type { Comparison, RealCheck } from '../real/outcome.js';

/** A row: what it is, its value and how many digits after the point it has. */
type Row = readonly [what: string, of: (figures: Figures) => number, digits?: number];

const ROWS: readonly Row[] = [
  ['events logged', ({ logged }) => logged],
  ['events lost', ({ lost }) => lost],
  ['events stored', ({ stored }) => stored],
  ['events stored twice', ({ repeated }) => repeated],
  ['PutLogEvents calls accepted', ({ calls }) => calls.PutLogEvents.accepted],
  ['PutLogEvents calls throttled', ({ calls }) => calls.PutLogEvents.throttled],
  ['calls for each accepted one', ({ calls }) => callsPerAccepted(calls.PutLogEvents), 2],
  ['calls a second', ({ callsPerSecond }) => callsPerSecond, 1],
  ['CreateLogStream calls accepted', ({ calls }) => calls.CreateLogStream.accepted],
  ['CreateLogStream calls throttled', ({ calls }) => calls.CreateLogStream.throttled],
  ['delay p50, s', ({ delayMs }) => delayMs.p50 / 1_000, 1],
  ['delay p99, s', ({ delayMs }) => delayMs.p99 / 1_000, 1],
  ['delay max, s', ({ delayMs }) => delayMs.max / 1_000, 1],
  ['mean delay of the median writer, s', ({ writerDelayMs }) => writerDelayMs.p50 / 1_000, 1],
  ['mean delay of the writer at p99, s', ({ writerDelayMs }) => writerDelayMs.p99 / 1_000, 1],
  ["neighbour's calls granted at once, %", ({ neighbour }) => neighbour.atOnce * 100, 1],
  ["neighbour's calls granted in three attempts, %", ({ neighbour }) => neighbour.granted * 100, 1],
  ['from the last event until all are delivered, s', ({ tailSeconds }) => tailSeconds],
];

function callsPerAccepted({ accepted, throttled }: CallCounts): number {
  return (accepted + throttled) / accepted;
}

/** What explains the differences, whatever the figures are. */
const COMMON_NOTES: readonly string[] = [
  'One run of processes is one draw, as one simulation is: two runs of such processes differed by 5 % in their calls. A figure that is as far outside of the brackets needs no other explanation.',
  'Both count calls by a bucket that holds the calls of one second and fills evenly. That is how the service is assumed to count; this comparison does not show it.',
  'The processes have started before the first of them logs, so that it is the quota that they wait for, and not the processors of one machine.',
];

/** A share of the calls that chance does not explain. */
const NOTABLE = 0.05;

/** The outcome of `npm run fleet:real` for docs/scale.md: processes, and beside them what the simulator says. */
export function realTable(check: RealCheck): Table {
  const { comparisons } = check;
  return {
    title: 'Real processes beside simulated ones',
    how: howOf(check),
    head: [
      '',
      ...comparisons.flatMap(({ isRestrained }) => {
        const mode = isRestrained ? 'with restraint' : 'without';
        return [`${mode}: processes`, `${mode}: simulated`];
      }),
    ],
    rows: ROWS.map(([what, of, digits = 0]) => [
      what,
      ...comparisons.flatMap(({ real, simulated }) => [
        number(of(real), digits),
        figure(simulated.map(of), digits),
      ]),
    ]),
    notes: [...comparisons.flatMap(differenceOf), ...COMMON_NOTES, ...comparisons.map(conditionsOf)],
  };
}

function howOf({ plan, date, node, machine, comparisons }: RealCheck): string {
  const runs = comparisons[0]?.simulated.length ?? 0;
  return [
    `${number(plan.writers)} processes, each with the built package and a log stream of its own that is not there yet, log ${plan.eventsPerSecond} events a second of ${plan.bytes} bytes each for ${plan.seconds} seconds; they begin within ${plan.startSeconds}.`,
    `The local server, in a process of its own, grants ${plan.limitTps} calls of each operation a second, of which a neighbour with the AWS SDK wants ${plan.neighbourCalls}.`,
    'What is stored was read back from the server, and calls are those that it counted.',
    `The simulator ran ${runs} times: its median, with the smallest and the largest in brackets.`,
    `Made by \`npm run fleet:real -- --write\` on ${date}, Node.js ${node}, ${machine}.`,
  ].join(' ');
}

/** The SDK of the neighbour stops to make calls again where too many of them fail; when, is chance. */
function differenceOf({ isRestrained, real, simulated, neighbourRefusals }: Comparison): string[] {
  const least = Math.min(...simulated.map(({ neighbour }) => neighbour.granted));
  if (real.neighbour.granted >= least - NOTABLE) return [];
  const early = Object.entries(neighbourRefusals)
    .filter(([how]) => !how.endsWith('after 3 attempts'))
    .reduce((sum, [, count]) => sum + count, 0);
  return [
    `${modeOf(isRestrained)}, the real neighbour is granted less than the simulated one. All calls of an SDK client share 500 retry tokens, of which a retry takes 5 and a call that is granted at once gives one back. Where most calls are throttled, they are used up, and calls fail before their third attempt: ${number(early)} here.`,
  ];
}

function conditionsOf(comparison: Comparison): string {
  const { isRestrained, memory, machine, load, medianLatencyMs, latenessMs } = comparison;
  return [
    `${modeOf(isRestrained)}, the processors were idle for ${percent(machine.idle)} of the time, and other programs took ${percent(machine.others)}; load average ${number(load.before, 1)} before, ${number(load.after, 1)} after.`,
    `Half of the events were logged within ${number(latenessMs.p50)} ms of when they should have been, 99 of a hundred within ${number(latenessMs.p99)}.`,
    `A call took ${number(medianLatencyMs)} ms at the server, in the simulation as well.`,
    // Without it, a process has the code of two builds.
    ...(isRestrained
      ? [
          `A process took ${mebibytes(memory.most)} MiB, ${mebibytes(memory.atStart)} of them before it logged.`,
        ]
      : []),
  ].join(' ');
}

function modeOf(isRestrained: boolean): string {
  return isRestrained ? 'With restraint' : 'Without restraint';
}

function mebibytes(bytes: number): string {
  return number(bytes / 2 ** 20);
}

function percent(share: number): string {
  return `${number(share * 100)} %`;
}
