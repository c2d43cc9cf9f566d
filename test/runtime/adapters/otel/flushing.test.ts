import { Flushing } from '../../../../runtime/adapters/otel/flushing.js';
import type { Outlet } from '../../../../runtime/adapters/outlet/outlet.js';
import { ManualClock } from '../../../support/manual-clock.js';

let clock: ManualClock;
let deadlines: (number | undefined)[];
let pending: number;
let flushing: Flushing;

beforeEach(() => {
  clock = new ManualClock();
  deadlines = [];
  pending = 1;
  const account = (): object => ({ accepted: 1, pending });
  const outlet = {
    stats: account,
    async flush({ deadlineMs }: { deadlineMs: number }): Promise<object> {
      deadlines.push(deadlineMs);
      return account();
    },
  };
  flushing = new Flushing(outlet as unknown as Outlet, 5_000, clock);
});

test('after a flush in vain, those that follow at once do not wait', async () => {
  await flushing.flush();
  await flushing.flush();
  clock.advance(999);
  await flushing.flush();

  expect(deadlines).toEqual([5_000, 0, 0]);
});

test('later, and after one that was not in vain, they wait again', async () => {
  await flushing.flush();
  clock.advance(1_000);
  await flushing.flush();
  pending = 0;
  await flushing.flush();
  await flushing.flush();

  expect(deadlines).toEqual([5_000, 5_000, 0, 5_000]);
});

test('the caller may want to wait for less', async () => {
  pending = 0;
  await flushing.flush(100);
  await flushing.flush(30_000);

  expect(deadlines).toEqual([100, 5_000]);
});
