import { besideBytes, type Waiting, type WaitingSample } from '../measure/waiting.js';
import { failures, figure } from './figure.js';
import type { Table } from './table.js';

export function waitingTable(results: readonly Waiting[]): Table {
  return {
    title: 'Memory of a waiting event',
    how: 'Bytes for each of 100,000 events that wait because nobody answers, after garbage was collected. Own: what the event takes in the request’s body. Objects and buffers: what the process holds. Beside: what it holds beyond the event’s own bytes. Counted: what counts against `maxQueueBytes`.',
    head: ['logger', 'own', 'objects', 'buffers', 'beside', 'counted'],
    rows: results.map(({ name, samples }) => {
      const of = (value: (sample: WaitingSample) => number): string => figure(samples.map(value), 1);
      return [
        name,
        of(({ ownBytes }) => ownBytes),
        of(({ heapBytes }) => heapBytes),
        of(({ bufferBytes }) => bufferBytes),
        of(besideBytes),
        of(({ countedBytes }) => countedBytes),
      ];
    }),
    notes: failures(results),
  };
}
