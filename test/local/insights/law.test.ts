import * as fc from 'fast-check';
import { QueryRun } from '../../../local/insights/query-run.js';
import type { QueriedEvent } from '../../../local/insights/query/queried-event.js';
import type { Command } from '../../../local/insights/query/query.js';
import { commands, events } from './generated-queries.js';
import { plainRows } from './plain-evaluation.js';

function take(run: QueryRun, some: readonly QueriedEvent[]): void {
  for (const event of some) if (run.isOpen) run.take(event);
}

function expectPlainRows(run: QueryRun, query: Command[], some: readonly QueriedEvent[]): void {
  const { columns, rows } = run.results();

  expect(rows.map((row) => [...row])).toEqual(plainRows(query, some, columns));
}

describe('a query gives the rows of a plain evaluation', () => {
  test('in the middle, at the end, and when it is asked again', () => {
    fc.assert(
      fc.property(commands, events, fc.nat(), (query, all, cut) => {
        const some = all.slice(0, cut % (all.length + 1));
        const run = new QueryRun({ commands: query });
        take(run, some);
        expectPlainRows(run, query, some);
        take(run, all.slice(some.length));
        expectPlainRows(run, query, all);
        expectPlainRows(run, query, all);
      }),
      { numRuns: 1_000 },
    );
  });
});
