import type { LatencySample, Quantiles } from '../child/latency.js';
import type { Latency } from '../measure/latency.js';
import { figure, failures } from './figure.js';
import type { Table } from './table.js';

export function latencyTable(results: readonly Latency[], seconds: number, warmUpSeconds: number): Table {
  return {
    title: 'Log call and event loop',
    how: `5,000 events a second, five each millisecond, for ${seconds} seconds after ${warmUpSeconds} that are not counted: in those, code is compiled and the AWS client is loaded. Call: time until the log call returns. Delay: by how much the timer that keeps the pace was late; the line null is what the timer and the machine contribute, and what is above it is added by the logger.`,
    head: [
      'contestant',
      'call p50 µs',
      'call p99 µs',
      'call p99.9 µs',
      'call max µs',
      'delay p99 ms',
      'delay max ms',
      'warming up, max ms',
    ],
    rows: results.map(({ name, samples }) => {
      const of = (value: (sample: LatencySample) => number, digits: number): string =>
        figure(samples.map(value), digits);
      const calls = (['p50', 'p99', 'p999', 'max'] as const).map((key: keyof Quantiles) =>
        of(({ callUs }) => callUs[key], key === 'max' ? 0 : 1),
      );
      return [
        name,
        ...calls,
        of(({ delayMs }) => delayMs.p99, 2),
        of(({ delayMs }) => delayMs.max, 1),
        of(({ warmUpDelayMs }) => warmUpDelayMs, 1),
      ];
    }),
    notes: failures(results),
  };
}
