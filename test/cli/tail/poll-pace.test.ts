import { PollPace } from '../../../cli/tail/poll-pace.js';

test('shortly while events come, longer and longer while none do', () => {
  const pace = new PollPace();

  expect([3, 0, 0, 0, 0, 1, 0].map((count) => pace.delayAfter(count))).toEqual([
    1_000, 2_000, 4_000, 5_000, 5_000, 1_000, 2_000,
  ]);
});

test('a delay that somebody has chosen stays', () => {
  const pace = new PollPace(7_000);

  expect([0, 5, 0].map((count) => pace.delayAfter(count))).toEqual([7_000, 7_000, 7_000]);
});
