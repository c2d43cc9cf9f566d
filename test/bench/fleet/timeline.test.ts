import * as fc from 'fast-check';
import { Timeline } from '../../../bench/fleet/timeline.js';

const nothing = (): void => undefined;

test('timers ring when they are due, those of a millisecond in the order in which they were started', async () => {
  const delays = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(delays, delays, async (first, nested) => {
      const timeline = new Timeline();
      const rung: { readonly dueMs: number; readonly started: number }[] = [];
      let started = 0;
      const start = (delayMs: number, then = nothing): void => {
        const timer = { dueMs: timeline.monotonic() + delayMs, started: started++ };
        timeline.after(delayMs, () => {
          expect(timeline.monotonic()).toBe(timer.dueMs);
          rung.push(timer);
          then();
        });
      };
      for (const [index, delayMs] of first.entries())
        start(delayMs, () => nested[index] !== undefined && start(nested[index]));

      await timeline.run(100, nothing);

      expect(rung).toHaveLength(started);
      expect(rung).toEqual(rung.toSorted((a, b) => a.dueMs - b.dueMs || a.started - b.started));
    }),
  );
});

test.each([
  [0, 0],
  [-5, 0],
  [0.2, 1],
  [1, 1],
  [1.000_1, 2],
])('a timer of %d ms rings after %d', async (delayMs, rungMs) => {
  const timeline = new Timeline();
  const rung: number[] = [];
  timeline.after(delayMs, () => rung.push(timeline.monotonic()));

  await timeline.run(10, nothing);

  expect(rung).toEqual([rungMs]);
});

test('a timer that is cancelled does not ring, even by another one of its millisecond', async () => {
  const timeline = new Timeline();
  const rung: string[] = [];
  timeline.after(5, () => later.cancel());
  const later = timeline.after(5, () => rung.push('later'));
  timeline.after(5, () => rung.push('last'));

  await timeline.run(10, nothing);

  expect(rung).toEqual(['last']);
});

test('time ends where it is told to, with or without a timer there, and what is due later waits', async () => {
  const timeline = new Timeline();
  const rung: number[] = [];
  for (const delayMs of [9, 10, 11]) timeline.after(delayMs, () => rung.push(delayMs));

  await timeline.run(10, nothing);
  expect(rung).toEqual([9, 10]);
  expect(timeline.monotonic()).toBe(10);

  await timeline.run(10.5, nothing);
  expect(rung).toEqual([9, 10]);

  await timeline.run(20, nothing);
  expect(rung).toEqual([9, 10, 11]);
  expect(timeline.monotonic()).toBe(20);
});

test('the time of day goes on with the time that went by, from the same moment in each simulation', async () => {
  const timeline = new Timeline();
  const sinceMs = timeline.now();
  await timeline.run(1_234, nothing);

  expect(timeline.now() - sinceMs).toBe(1_234);
  expect(new Timeline().now()).toBe(sinceMs);
});

test('promises are through, and the timers that they start for the same millisecond, before time goes on', async () => {
  const timeline = new Timeline();
  const seen: [string, number][] = [];
  const see = (what: string): void => void seen.push([what, timeline.monotonic()]);
  timeline.after(1, () => {
    void (async () => {
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
      timeline.after(0, () => see('started by a promise'));
    })();
  });
  timeline.after(2, () => see('next'));

  await timeline.run(5, () => see('step'));

  expect(seen).toEqual([
    ['started by a promise', 1],
    ['step', 1],
    ['next', 2],
    ['step', 2],
  ]);
});
