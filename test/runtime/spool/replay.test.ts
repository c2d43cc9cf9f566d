import { Replay } from '../../../runtime/spool/replay.js';
import type { Spool } from '../../../runtime/spool/spool.js';
import { Segment } from '../../../runtime/spool/segment.js';
import { ManualClock, promisesRun } from '../../support/manual-clock.js';

/** A spool of so many segments, of which each is loaded at once. */
function bench(
  segments: number,
  overrides: { isWell?: boolean; hasRoom?: boolean; isLoaded?: boolean } = {},
) {
  const state = {
    isWell: true,
    hasRoom: true,
    isLoaded: true,
    replaying: 0,
    max: 10,
    loads: 0,
    ...overrides,
  };
  const clock = new ManualClock();
  const resting = Array.from(
    { length: segments },
    (_, index) => new Segment(`${index}`, 100, () => undefined),
  );
  const spool = {
    get oldest() {
      return resting[0];
    },
    get replaying() {
      return state.replaying;
    },
    load: () => {
      state.loads++;
      if (state.isLoaded) {
        resting.shift();
        state.replaying++;
      }
      return Promise.resolve(state.isLoaded);
    },
  } as unknown as Spool;
  const replay = new Replay({
    spool,
    clock,
    isWell: () => state.isWell,
    maxBatches: () => state.max,
    hasRoom: () => state.hasRoom,
    fits: () => true,
    enter: () => undefined,
    onLooked: () => undefined,
  });
  return { state, clock, replay };
}

test('all come back, one after the other, while all is well', async () => {
  const { replay, state, clock } = bench(3);
  expect(replay.isActive).toBe(true);
  replay.pump();
  replay.pump();
  expect(state.loads).toBe(1);
  await promisesRun();
  expect([state.loads, replay.isActive, clock.waiting]).toEqual([3, false, []]);
});

test('only so many are on their way at the same time', async () => {
  const { replay, state } = bench(3);
  state.max = 2;
  replay.pump();
  await promisesRun();
  expect(state.loads).toBe(2);
  state.replaying = 0;
  replay.pump();
  await promisesRun();
  expect(state.loads).toBe(3);
});

test.each(['isWell', 'hasRoom'] as const)(
  'while not %s, it looks again each second, and holds nobody',
  async (what) => {
    const { replay, state, clock } = bench(1, { [what]: false });
    replay.pump();
    replay.pump();
    expect([state.loads, clock.waiting, clock.holdsProcess]).toEqual([0, [1_000], false]);
    state[what] = true;
    clock.advance(1_000);
    await promisesRun();
    expect([state.loads, clock.waiting]).toEqual([1, []]);
  },
);

test('one that cannot be loaded is not tried all the time', async () => {
  const { replay, state, clock } = bench(1, { isLoaded: false });
  replay.pump();
  await promisesRun();
  expect([state.loads, replay.isActive, clock.waiting]).toEqual([1, false, [1_000]]);
  state.isLoaded = true;
  clock.advance(1_000);
  await promisesRun();
  expect(state.loads).toBe(2);
});

test('after each batch that was given up it waits longer, until the service takes one', () => {
  const { replay, clock } = bench(1);
  const pauses = [];
  for (let failure = 0; failure < 6; failure++) {
    replay.failed();
    let pauseMs = 0;
    for (; !replay.isActive; pauseMs += 1_000) clock.advance(1_000);
    pauses.push(pauseMs);
  }
  expect(pauses).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
  replay.failed();
  replay.recovered();
  expect(replay.isActive).toBe(true);
  replay.failed();
  clock.advance(5_000);
  expect(replay.isActive).toBe(true);
});

test('stopped, it does nothing more', () => {
  const { replay, state, clock } = bench(1, { isWell: false });
  replay.pump();
  replay.stop();
  state.isWell = true;
  replay.pump();
  expect([state.loads, clock.waiting, replay.isActive]).toEqual([0, [], false]);
});
