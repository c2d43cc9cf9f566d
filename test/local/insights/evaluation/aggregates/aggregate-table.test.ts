import * as fc from 'fast-check';
import { aggregateMaker } from '../../../../../local/insights/evaluation/aggregates/aggregate-table.js';
import { Row } from '../../../../../local/insights/evaluation/values/row.js';
import { Instant, type Value } from '../../../../../local/insights/evaluation/values/value.js';
import type { Expression } from '../../../../../local/insights/query/query.js';
import { field, literal } from '../../ast.js';

function aggregateOf(name: string, values: readonly Value[], ...parts: Expression[]): Value {
  const aggregate = aggregateMaker({ kind: 'aggregate', name, arguments: parts })(() => {});
  for (const value of values) aggregate.add(value, new Row());
  return aggregate.value;
}

const mixed: Value[] = [3, 'b', undefined, '10', 'a10', 1, 'a9'];
const none: Value[] = [undefined, 'text'];

describe('an aggregate', () => {
  test.each<[string, readonly Value[], Value]>([
    ['count', mixed, 6],
    ['count_distinct', [1, '1', 1.5, undefined, 'a', true, 'true'], 4],
    ['sum', mixed, 14],
    ['sum', none, undefined],
    ['sum', [1e308, 1e308], undefined],
    ['avg', mixed, 14 / 3],
    ['avg', [], undefined],
    ['min', mixed, 1],
    ['max', mixed, 10],
    ['max', ['a9', undefined, 'a10'], 'a10'],
    ['min', [new Instant(9), new Instant(2)], new Instant(2)],
    ['max', [undefined], undefined],
    ['median', [9, 1, 5], 5],
    ['median', [9, 1, 5, 6], 5.5],
    ['median', none, undefined],
    ['stddev', [2, 4, 4, 4, 5, 5, 7, 9], 2],
    ['stddev', [5], 0],
    ['stddev', none, undefined],
    ['sortsfirst', mixed, 'a9'],
    ['sortslast', mixed, '10'],
    // Rows without a time: the first one is the latest.
    ['latest', [undefined, 'newer', 'older'], 'newer'],
    ['earliest', ['newer', 'older', undefined], 'older'],
  ])('%s of %j is %p', (name, values, expected) => {
    expect(aggregateOf(name, values, field('x'))).toEqual(expected);
  });

  test.each([
    [0, 1],
    [10, 1],
    [11, 2],
    [50, 5],
    [90, 9],
    [91, 10],
    [99.9, 10],
    [100, 10],
  ])('pct of ten numbers at %d is the number %d', (percent, expected) => {
    expect(aggregateOf('pct', [7, 2, 9, 4, 10, 1, 8, 3, 6, 5], field('x'), literal(percent))).toBe(expected);
  });

  test('stddev is that of the formula, also for great numbers that differ little', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1 }),
        fc.constantFrom(0, 1e9),
        (numbers, offset) => {
          const mean = numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
          const variance = numbers.reduce((sum, one) => sum + (one - mean) ** 2, 0) / numbers.length;

          expect(
            aggregateOf(
              'stddev',
              numbers.map((one) => one + offset),
              field('x'),
            ),
          ).toBeCloseTo(Math.sqrt(variance), 3);
        },
      ),
    );
  });

  test('takes the value of the earliest and of the latest event', () => {
    const times = [50, 90, 10, 90, 10];
    const found = ['earliest', 'latest'].map((name) => {
      const aggregate = aggregateMaker({ kind: 'aggregate', name, arguments: [field('x')] })(() => {});
      for (const [index, timestamp] of times.entries())
        aggregate.add(
          index,
          new Row({ timestamp, message: '', ingestionTime: 0, logStream: 's', log: 'l', ptr: 'p' }),
        );
      return aggregate.value;
    });

    // Of two of one time, the one that is taken first is the later one.
    expect(found).toEqual([4, 1]);
  });

  test('that there is not is refused', () => {
    expect(() => aggregateOf('mode', [])).toThrow('There is no aggregate mode.');
  });
});
