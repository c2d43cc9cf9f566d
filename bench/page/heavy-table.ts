import type { HeavySample } from '../measure/heavy.js';
import { number } from './figure.js';
import type { Table } from './table.js';

export function heavyTable(samples: readonly HeavySample[]): Table {
  return {
    title: 'Heavy records',
    how: 'One log call with a record that is larger, deeper or more entangled than a log event can be, to a logger that delivers: the slowest of three calls, the first one included, and JSON.stringify of the same fields. What is too much is cut with a mark.',
    head: ['record', 'call ms', 'JSON.stringify ms', 'ratio'],
    rows: samples.map(({ name, callMs, jsonMs }) => [
      name,
      number(callMs, 1),
      jsonMs === undefined ? 'no end' : number(jsonMs, 1),
      jsonMs === undefined ? '–' : number(callMs / jsonMs, 1),
    ]),
  };
}
