import { ALLOWED, objections } from '../../bench/machine/load.js';
import { machineTicks, processTicks, sharesBetween } from '../../bench/machine/snapshot.js';
import { disturbances } from '../../bench/machine/watch.js';

const QUIET = { idle: 1, others: 0.05, steal: 0.02, jitter: 0.25, perCore: 0.5 };

test('ticks of the machine are all but those of guests, which the kernel counts twice', () => {
  const stat = 'cpu  100 20 30 400 50 6 7 8 90 10\ncpu0 1 1 1 1 1 1 1 1 1 1\n';

  expect(machineTicks(stat)).toEqual({ total: 621, idle: 450, steal: 8 });
});

test('ticks of a process are its own and those of its finished children, whatever its name', () => {
  expect(processTicks('7 (a (b) c) S 1 2 3 4 5 6 7 8 9 10 1 20 300 4000 20 0 1')).toBe(4_321);
});

test('others have what neither idle, nor the host, nor this program has', () => {
  const before = { total: 1_000, idle: 500, steal: 10, own: 100 };
  const after = { total: 2_000, idle: 700, steal: 60, own: 600 };

  expect(sharesBetween(before, after)).toEqual({ idle: 0.2, steal: 0.05, others: expect.closeTo(0.25) });
});

test.each([
  ['perCore', 0.51, 'load average for each processor: 0.51; allowed is 0.50'],
  ['others', 0.051, 'processor time taken by other programs: 5.1 %; allowed is 5.0 %'],
  ['steal', 0.021, 'processor time taken by the host: 2.1 %; allowed is 2.0 %'],
  ['jitter', 0.251, 'a loop that always does the same took longer, by: 25.1 %; allowed is 25.0 %'],
])('a machine is busy by its %s', (key, value, objection) => {
  expect(objections(QUIET, ALLOWED)).toEqual([]);
  expect(objections({ ...QUIET, [key]: value }, ALLOWED)).toEqual([objection]);
});

test('measurements are disturbed by others, and not by the load that they are', () => {
  const during = { idle: 0, others: 0.1, steal: 0.02 };

  expect(disturbances({ before: QUIET, during, after: { ...QUIET, perCore: 2 } })).toEqual([]);
  expect(
    disturbances({ before: QUIET, during: { ...during, others: 0.11 }, after: { ...QUIET, jitter: 1 } }),
  ).toEqual([
    'during the measurements, processor time taken by other programs: 11.0 %; allowed is 10.0 %',
    'after the measurements, a loop that always does the same took longer, by: 100.0 %; allowed is 25.0 %',
  ]);
});
