import { callsTable } from '../../../../bench/fleet/page/calls-table.js';
import { delayTable } from '../../../../bench/fleet/page/delay-table.js';
import { eventsTable } from '../../../../bench/fleet/page/events-table.js';
import { flushTable } from '../../../../bench/fleet/page/flush-table.js';
import { memoryTable } from '../../../../bench/fleet/page/memory-table.js';
import { pairsOf } from '../../../../bench/fleet/page/pair.js';
import { planTable } from '../../../../bench/fleet/page/plan-table.js';
import { recoveryTable } from '../../../../bench/fleet/page/recovery-table.js';
import { scenariosTable } from '../../../../bench/fleet/page/scenarios-table.js';
import { streamsTable } from '../../../../bench/fleet/page/streams-table.js';
import { aNeighbour, aResult, both } from '../a-result.js';

test('results come in the order of the scenarios, whatever theirs is, and none without the other', () => {
  const pairs = pairsOf(
    [...both({ scenario: 'twice' }), aResult({ scenario: 'noisy' }), ...both()].toReversed(),
  );

  expect(pairs.map(({ scenario }) => scenario)).toEqual(['steady-1', 'twice']);
  expect(
    pairs.every(({ restrained, unrestrained }) => restrained.isRestrained && !unrestrained.isRestrained),
  ).toBe(true);
});

test('each scenario has a row with the restraint, and below it one without', () => {
  const pairs = pairsOf(
    both({ delayMs: { p50: 1_500, p99: 52_000, max: 353_054 } }, { delayMs: { p50: 1, p99: 2, max: 3 } }),
  );

  expect(delayTable(pairs).rows).toEqual([
    ['**steady-1**', '1.5', '52.0', '353', '1.4', '2.8', '2.00'],
    ['without restraint', '0.0', '0.0', '0.0', '1.4', '2.8', '2.00'],
  ]);
});

test('events have their fates, by reason', () => {
  const pairs = pairsOf(both({}, { lost: 2, diverted: { maxBatchAge: 1_234, deadline: 5 }, repeated: 7 }));

  expect(eventsTable(pairs).rows[1]).toEqual([
    'without restraint',
    '6,000,000',
    '2',
    '6,000,000',
    '1,234 maxBatchAge, 5 deadline',
    '0',
    '7',
  ]);
});

test('a share that is not all is not shown as all', () => {
  const pairs = pairsOf(
    both(
      { neighbour: aNeighbour({ atOnce: 0.99962, granted: 0.999999 }, { atOnce: 1, granted: 0.9991 }) },
      { neighbour: aNeighbour({ atOnce: 0.5, granted: 0.9 }, { atOnce: 0.6, granted: 1 }) },
    ),
  );

  expect(callsTable(pairs).rows.map((row) => row.slice(-3))).toEqual([
    ['99.96 %', '> 99.99 %', '99.91 %'],
    ['50.0 %', '90.0 %', '100.0 %'],
  ]);
});

test('a second that JSON has no number for has no cell', () => {
  const pairs = pairsOf(both({ mostCallsPerSecond: null as unknown as number }));

  expect(callsTable(pairs).rows[0]![4]).toBe('–');
});

test('tables of streams, flushes and recoveries have the scenarios in which there are some', () => {
  const calls = { ...aResult().calls, CreateLogStream: { accepted: 10_000, throttled: 35_000, failed: 0 } };
  const recovery = { seconds: 30, backlogCalls: 48_000, minimumSeconds: 20 };
  const pairs = pairsOf([
    ...both(),
    ...both({ scenario: 'deploy', calls }),
    ...both(
      { scenario: 'lambda', flushMs: { p50: 30, p99: 200, max: 200 } },
      { diverted: { flushDeadline: 3_000_000 } },
    ),
    ...both(
      { scenario: 'outage-10s', recovery },
      { recovery: { ...recovery, seconds: null as unknown as number } },
    ),
  ]);

  expect(streamsTable(pairs).rows[0]).toEqual(['**deploy**', '10,000', '35,000', '3.50', '200']);
  expect(flushTable(pairs).rows).toEqual([
    ['**lambda**', '30', '200', '200', '0.0 %'],
    ['without restraint', '30', '200', '200', '50.0 %'],
  ]);
  expect(recoveryTable(pairs).rows).toEqual([
    ['**outage-10s**', '48,000', '20.0', '30', '1.50'],
    ['without restraint', '48,000', '20.0', 'not at all', '–'],
  ]);
});

test('memory is that of a writer, at its most', () => {
  expect(memoryTable(pairsOf(both())).rows[0]).toEqual(['**steady-1**', '35', '2.0']);
});

test('the scenarios say what happens', () => {
  expect(scenariosTable(pairsOf(both())).rows).toEqual([
    ['**steady-1**', 'one event a second from each writer', '10,000', '5,000', '50', '200', '600'],
  ]);
});

test('plans are those of the command', () => {
  const row = planTable().rows.find(([writers, rate]) => writers === '3,000' && rate === '20');

  // docs/commands/plan.md
  expect(row).toEqual(['3,000', '20', '1,463', '29 %', '41', '60', '66,252', '$33,126']);
});
