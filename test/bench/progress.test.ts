import { progressOf } from '../../bench/measure/progress.js';

test('the time left follows from what is expected and from the pace so far', () => {
  const lines: string[] = [];
  let ms = 0;
  const progress = progressOf({
    expected: { first: 60, second: 120 },
    print: (line) => lines.push(line),
    nowMs: () => ms,
  });
  progress.say('looked at the machine');
  ms = 10_000;
  progress.begin('first', 1);
  progress.begin('first', 2);
  ms = 70_000;
  progress.say('half of the first, which took twice as long');
  progress.begin('second', 1);
  progress.say('all');

  expect(lines).toEqual([
    ' 0:00   3:00 left  looked at the machine',
    ' 1:10   5:00 left  half of the first, which took twice as long',
    ' 1:10   0:00 left  all',
  ]);
});
