import * as fc from 'fast-check';
import { Concurrency } from '../../../runtime/send/concurrency.js';

/** The limit after each of these steps: `+` a success, `-` a call throttled that was made just before. */
function limits(max: number, steps: string): number[] {
  const concurrency = new Concurrency(max);
  return steps.split('').map((step) => {
    if (step === '+') concurrency.succeeded();
    else concurrency.throttled(concurrency.epoch);
    return concurrency.limit;
  });
}

test('the limit is a whole number between one and the maximum, a success never lowers it and a throttled call never raises it', () => {
  const steps = fc.array(fc.constantFrom('+', '-', 'late', 'serialize'), { maxLength: 100 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 32 }), steps, (max, taken) => {
      const concurrency = new Concurrency(max);
      let isSerial = false;
      for (const step of taken) {
        const { limit, epoch } = concurrency;
        if (step === '+') concurrency.succeeded();
        else if (step === '-') concurrency.throttled(epoch);
        else if (step === 'late') concurrency.throttled(epoch - 1);
        else concurrency.serialize();
        isSerial ||= step === 'serialize';
        expect(Number.isInteger(concurrency.limit)).toBe(true);
        expect(concurrency.limit).toBeGreaterThanOrEqual(1);
        expect(concurrency.limit).toBeLessThanOrEqual(isSerial ? 1 : max);
        if (step === '+') expect(concurrency.limit).toBeGreaterThanOrEqual(limit);
        if (step === 'late') expect(concurrency.limit).toBe(limit);
        if (step === '-') expect(concurrency.limit).toBeLessThanOrEqual(limit);
      }
    }),
  );
});

test.each([
  [1, 1],
  [2, 2],
  [3, 2],
  [32, 2],
])('with a maximum of %d it begins with %d', (max, initial) => {
  expect(new Concurrency(max).limit).toBe(initial);
});

test.each([
  ['rises by about one in a round of successes', 32, '+++++++++', [2, 2, 3, 3, 3, 4, 4, 4, 4]],
  ['stops at the maximum', 3, '++++++++', [2, 2, 3, 3, 3, 3, 3, 3]],
  ['halves, and stops at one', 8, '--', [1, 1]],
  ['halves what it has reached', 4, '+++++++++++++-', [2, 2, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 2]],
  ['comes back', 4, '--+++', [1, 1, 2, 2, 2]],
  ['stays at a maximum of one', 1, '+-+', [1, 1, 1]],
])('%s', (_, max, steps, expected) => {
  expect(limits(max, steps)).toEqual(expected);
});

test('several calls that were made together and are throttled together count once', () => {
  const concurrency = new Concurrency(32);
  for (let successes = 0; successes < 200; successes++) concurrency.succeeded();
  const { epoch } = concurrency;
  const before = concurrency.limit;
  for (let call = 0; call < 8; call++) concurrency.throttled(epoch);
  expect(concurrency.limit).toBe(Math.floor(before / 2));
  concurrency.throttled(concurrency.epoch);
  expect(concurrency.limit).toBe(Math.floor(before / 4));
});

test('one at a time is for good', () => {
  const concurrency = new Concurrency(4);
  concurrency.serialize();
  for (let successes = 0; successes < 9; successes++) concurrency.succeeded();
  expect(concurrency.limit).toBe(1);
});
