import type { Phase, Quantiles } from '../child/latency.js';
import type { Latency, LatencyRun } from '../measure/latency.js';
import { failures, figure } from './figure.js';
import type { Table } from './table.js';

const PACE = '5,000 events a second, five each millisecond, from the start.';
const COLUMNS = [
  'call p50 µs',
  'call p99 µs',
  'call p99.9 µs',
  'call max µs',
  'delay p99 ms',
  'delay max ms',
];

/** The first seconds of a process that logs. */
export function coldTable(results: readonly Latency[], seconds: number): Table {
  return {
    title: 'Log call and event loop, cold',
    how: `${PACE} The first ${seconds} seconds: code is compiled, the AWS client is loaded where it is used, the first batch is sent. Call and delay as below. Turn: the longest CPU time of the thread in one turn of the event loop, which other programs do not disturb. Main, process: CPU time from before the logger is imported.`,
    head: ['contestant', ...COLUMNS, 'turn max ms', 'main ms', 'process ms'],
    rows: results.map((result) => [
      ...row(result, 'cold'),
      figureOf(result, ({ cold }) => cold.turnMs, 1),
      figureOf(result, ({ cold }) => cold.cpu.mainMs, 0),
      figureOf(result, ({ cold }) => cold.cpu.processMs, 0),
    ]),
    notes: failures(results),
  };
}

export function warmTable(results: readonly Latency[], seconds: number, coldSeconds: number): Table {
  return {
    title: 'Log call and event loop, warm',
    how: `${PACE} The ${seconds} seconds after the first ${coldSeconds}. Call: time until the log call returns. Delay: by how much the timer that keeps the pace was late; the line null is what the timer and the machine contribute, and what is above it is added by the logger.`,
    head: ['contestant', ...COLUMNS],
    rows: results.map((result) => row(result, 'warm')),
  };
}

function row(result: Latency, when: 'cold' | 'warm'): string[] {
  const of = (value: (phase: Phase) => number, digits: number): string =>
    figureOf(result, (run) => value(run[when]), digits);
  const calls = (['p50', 'p99', 'p999', 'max'] as const).map((key: keyof Quantiles) =>
    of(({ callUs }) => callUs[key], key === 'max' ? 0 : 1),
  );
  return [result.name, ...calls, of(({ delayMs }) => delayMs.p99, 2), of(({ delayMs }) => delayMs.max, 1)];
}

function figureOf({ samples }: Latency, value: (run: LatencyRun) => number, digits: number): string {
  return figure(samples.map(value), digits);
}
