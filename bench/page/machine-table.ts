import { ALLOWED, ALLOWED_DURING, percent, type Load } from '../machine/load.js';
import type { Machine } from '../machine/watch.js';
import type { Table } from './table.js';

/** How busy the machine was, apart from the benchmark. */
export function machineTable({ before, during, after }: Machine): Table {
  return {
    title: 'Load of the machine',
    how: 'What other programs and the host of the machine took from it, and what is allowed: a page is not written on a busy machine. The load average afterwards is the benchmark’s own.',
    head: [
      'when',
      'other programs',
      'host (steal)',
      'idle',
      'a loop that does the same, slower by',
      'load average ÷ processors',
    ],
    rows: [
      row('before', before),
      row('during', during),
      row('after', after),
      row('allowed before and after', ALLOWED),
      row('allowed during', ALLOWED_DURING),
    ],
  };
}

function row(when: string, { others, steal, idle, jitter, perCore }: Partial<Load>): string[] {
  const shares = [others, steal, idle, jitter].map((share) => (share === undefined ? '–' : percent(share)));
  return [when, ...shares, perCore === undefined ? '–' : perCore.toFixed(2)];
}
