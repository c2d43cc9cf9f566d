import { barTable, breaches } from '../../../../bench/fleet/page/bars.js';
import { aNeighbour, aResult } from '../a-result.js';

const recovery = { seconds: 20, backlogCalls: 48_000, minimumSeconds: 10 };

test('a fleet at each bar breaks none', () => {
  const results = [
    aResult(),
    aResult({
      scenario: 'twice',
      callsPerAccepted: 1.3,
      neighbour: aNeighbour({ atOnce: 0.8, granted: 0.99 }),
    }),
    aResult({
      scenario: 'deploy',
      neighbour: aNeighbour({ atOnce: 0.5, granted: 0.8 }, { atOnce: 0.8, granted: 0.99 }),
    }),
    aResult({ scenario: 'outage-10s', recovery, neighbour: aNeighbour({ atOnce: 0.5, granted: 0.6 }) }),
  ];

  expect(breaches(results)).toEqual([]);
});

test.each([
  ['a lost event', aResult({ lost: 1, delivered: 5_999_999 }), 'steady-1: events lost: 1 events; expected 0'],
  [
    'an event that waits for ever',
    aResult({ delivered: 5_999_990, diverted: { deadline: 5 }, dropped: { queueFull: 4 } }),
    'steady-1: events that still wait at the end: 1 events; expected 0',
  ],
  [
    'too many calls at twice the quota',
    aResult({ scenario: 'twice', callsPerAccepted: 1.31 }),
    'twice: PutLogEvents calls for each accepted one, at twice the quota: 1.31 calls; expected ≤ 1.3',
  ],
  [
    'events that are late',
    aResult({ scenario: 'small-region', delayMs: { p50: 1, p99: 60_100, max: 60_200 } }),
    'small-region: delay of an event, p99, where calls are throttled all the time: 60.1 s; expected ≤ 60 s',
  ],
  [
    'a neighbour that loses its share',
    aResult({
      scenario: 'deploy',
      neighbour: aNeighbour({ atOnce: 1, granted: 1 }, { atOnce: 0.9, granted: 0.9899 }),
    }),
    'deploy: calls of the neighbour that are accepted, at one of three attempts, once the fleet has settled; outages left out: 98.99 %; expected ≥ 99 %',
  ],
  [
    'a slow recovery',
    aResult({ scenario: 'outage-1h', recovery: { ...recovery, seconds: 21 } }),
    'outage-1h: recovery after an outage, beside the least time in which the backlog can arrive: 2.10 ×; expected ≤ 2 ×',
  ],
  [
    'no recovery',
    aResult({ scenario: 'outage-1h', recovery: { ...recovery, seconds: Infinity } }),
    'outage-1h: recovery after an outage, beside the least time in which the backlog can arrive: never; expected ≤ 2 ×',
  ],
  // As JSON has it.
  [
    'no recovery, from a file',
    aResult({ scenario: 'outage-1h', recovery: { ...recovery, seconds: null as unknown as number } }),
    'outage-1h: recovery after an outage, beside the least time in which the backlog can arrive: never; expected ≤ 2 ×',
  ],
])('%s is a breach', (_, result, message) => {
  expect(breaches([aResult(), result])).toEqual([message]);
});

test('what a fleet without restraint misses is no breach', () => {
  const without = aResult({ isRestrained: false, scenario: 'twice', lost: 3, callsPerAccepted: 4 });

  expect(breaches([aResult(), without])).toEqual([]);
});

test('the table has the worst of each bar, or all where they are alike, and leaves out what was not simulated', () => {
  const { rows } = barTable([
    aResult({ scenario: 'deploy', neighbour: aNeighbour({ atOnce: 0.9, granted: 0.9999 }) }),
    aResult({ scenario: 'small-region', neighbour: aNeighbour({ atOnce: 0.5, granted: 0.8 }) }),
    aResult(),
  ]);

  expect(rows.map(([what]) => what)).toEqual([
    'events lost',
    'events that still wait at the end',
    'delay of an event, p99, where calls are throttled all the time',
    'calls of the neighbour that are accepted, at one of three attempts, once the fleet has settled; outages left out',
  ]);
  expect(rows[3]!.slice(2)).toEqual(['80.0 %', 'small-region', 'not met']);
  expect(rows[0]!.slice(2)).toEqual(['0 events', 'all', 'met']);
});
