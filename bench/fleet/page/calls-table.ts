import { number } from '../../page/figure.js';
import type { Table } from '../../page/table.js';
import { count, NONE, ratio, share } from './cell.js';
import type { Pair } from './pair.js';
import { pairTable } from './pair-table.js';

export function callsTable(pairs: readonly Pair[]): Table {
  return pairTable({
    title: 'PutLogEvents calls, and the neighbour',
    how: 'Calls for each accepted one: accepted and throttled, divided by accepted. Most: calls in the busiest second, beside the quota; a dash where there is no figure. Calls of the fleet and its neighbour are counted together. The neighbour is another logger of the account with the retries of the AWS SDK; its calls are accepted at once, or at one of three attempts, or not at all. Settled: of the calls that it began after two minutes, when the fleet has found its pace.',
    pairs,
    columns: [
      ['accepted', ({ calls }) => number(calls.PutLogEvents.accepted)],
      ['throttled', ({ calls }) => number(calls.PutLogEvents.throttled)],
      ['calls for each accepted one', ({ callsPerAccepted }) => ratio(callsPerAccepted)],
      // Of seconds without any call, JSON has nothing.
      ['most', ({ mostCallsPerSecond: most }) => (Number.isFinite(most) ? number(most) : NONE)],
      ['quota', ({ quotas }) => count(quotas.PutLogEvents)],
      ['neighbour, at once', ({ neighbour }) => share(neighbour.atOnce)],
      ['after three attempts', ({ neighbour }) => share(neighbour.granted)],
      ['once settled', ({ neighbour }) => share(neighbour.settled.granted)],
    ],
  });
}
