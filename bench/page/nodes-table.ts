import type { NodeResult, NodeRun } from '../measure/nodes.js';
import { failures, figure } from './figure.js';
import type { Table } from './table.js';
import { eventsPerSecond, mainUsPerEvent, processUsPerEvent } from './throughput-table.js';

export function nodesTable(results: readonly NodeResult[]): Table {
  return {
    title: 'Other versions of Node.js',
    how: 'Short runs of the measurements above, all by the version of Node.js that the line begins with. First event delivered: CPU of a fresh process with ES modules; for the line empty, the start of Node.js.',
    head: [
      'Node.js, contestant',
      'events/s',
      'main µs/event',
      'process µs/event',
      'cold, delay max ms',
      'warm, call p99.9 µs',
      'first event, CPU ms',
    ],
    rows: results.map(({ name, samples }) => {
      const of = (value: (run: NodeRun) => number | undefined, digits = 0): string =>
        figure(
          samples.map(value).filter((each) => each !== undefined),
          digits,
        );
      return [
        name,
        of(({ throughput }) => throughput && eventsPerSecond(throughput)),
        of(({ throughput }) => throughput && mainUsPerEvent(throughput), 1),
        of(({ throughput }) => throughput && processUsPerEvent(throughput), 1),
        of(({ latency }) => latency?.cold.delayMs.max, 1),
        of(({ latency }) => latency?.warm.callUs.p999, 1),
        of(({ start }) => (start?.delivered ?? start?.imported)?.cpuMs),
      ];
    }),
    notes: failures(results),
  };
}
