import { Budget, MAX_REPEATED_VALUES, MAX_VALUES } from '../../../runtime/serialize/budget.js';

/** How many values there is room for. */
function room(budget: Budget): number {
  let count = 0;
  while (budget.takeValue()) count++;
  return count;
}

test('a field may take three quarters of the values that are left', () => {
  const budget = new Budget();
  const taken = [1, 2, 3].map(() => {
    budget.beginField();
    return room(budget);
  });

  expect(taken).toEqual([147_456, 36_864, 9_216]);
});

test('without fields, there is room for all values', () => {
  expect(room(new Budget())).toBe(MAX_VALUES);
});

test('of a text, as much is taken as there is room for, and a beginning at the least', () => {
  const budget = new Budget();
  budget.beginField();
  const half = budget.takeUnits(Infinity);

  expect([budget.takeUnits(1), budget.takeUnits(1_024), budget.takeUnits(5_000)]).toEqual([1, 1_024, 1_024]);
  budget.beginField();
  expect([budget.takeUnits(10), budget.takeUnits(0)]).toEqual([10, 0]);
  expect(budget.taken).toEqual({ values: 0, units: half + 1 + 2_048 + 10 });
});

test('the room for beginnings ends, too', () => {
  const budget = new Budget(0);
  let taken = 0;
  for (let units = budget.takeUnits(1_000); units > 0; units = budget.takeUnits(1_000)) taken += units;

  expect(taken).toBe(524_288);
});

test('what is repeated has a room of its own, which is small', () => {
  const budget = new Budget();

  expect(budget.repeating(() => room(budget))).toBe(MAX_REPEATED_VALUES);
  expect([budget.mayRepeat, budget.takeValue()]).toEqual([false, true]);
});

test('something repeated in something repeated is repeated all the same', () => {
  const budget = new Budget();
  budget.repeating(() => {
    budget.repeating(() => budget.takeValue());
    room(budget);
  });

  expect(budget.mayRepeat).toBe(false);
  expect(budget.taken.values).toBe(MAX_REPEATED_VALUES);
});

test('it ends to repeat whatever happens', () => {
  const budget = new Budget();
  expect(() =>
    budget.repeating(() => {
      throw new Error('no');
    }),
  ).toThrow('no');

  expect(room(budget)).toBe(MAX_VALUES);
  expect(budget.mayRepeat).toBe(true);
});
