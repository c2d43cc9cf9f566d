import { InFlight } from '../../../runtime/worker/in-flight.js';

function inFlight(count: number): InFlight {
  const lines = new InFlight();
  for (let each = 0; each < count; each++) lines.push({ timeMs: each, rank: 2, frame: Buffer.alloc(10) });
  return lines;
}

const times = (lines: InFlight): number[] => lines.rest().map(({ timeMs }) => timeMs);

test.each([
  [0, [0, 1, 2, 3]],
  [1, [1, 2, 3]],
  [3, [3]],
  [4, []],
])('after %i were taken', (taken, rest) => {
  const lines = inFlight(4);
  lines.takenUpTo(taken);

  expect(times(lines)).toEqual(rest);
});

test('what is taken is counted from the first line ever sent', () => {
  const lines = inFlight(3);
  lines.takenUpTo(2);
  lines.push({ timeMs: 9, rank: 2, frame: Buffer.alloc(1) });
  lines.takenUpTo(2);
  expect(times(lines)).toEqual([2, 9]);
  lines.takenUpTo(3);

  expect(times(lines)).toEqual([9]);
});
