import { tagOf } from '../../../runtime/spool/names.js';
import { Replay } from '../../../runtime/spool/replay.js';
import type { Spool } from '../../../runtime/spool/spool.js';
import { Segment } from '../../../runtime/spool/segment.js';
import { TARGET } from '../../support/events.js';
import { ManualClock, promisesRun } from '../../support/manual-clock.js';

const OTHER = { ...TARGET, logStreamName: 'api-1' };

/** The end of the process waits no longer for a replay that does not get on. */
const PATIENCE_MS = 2_000;

/** A spool of so many segments, of which each is loaded at once. */
function bench(
  segments: number,
  overrides: { isWell?: boolean; hasRoom?: boolean; isLoaded?: boolean; isAlone?: boolean } = {},
) {
  const state = {
    isWell: true,
    hasRoom: true,
    isLoaded: true,
    isAlone: false,
    replaying: 0,
    max: 10,
    loads: 0,
    ...overrides,
  };
  const clock = new ManualClock();
  const looks = { times: 0 };
  const resting = Array.from({ length: segments }, (_, index) => {
    const segment = new Segment(`${index}`, 100, () => undefined);
    segment.tag = tagOf(TARGET);
    return segment;
  });
  const spool = {
    oldest: (mayGo: (tag: string) => boolean = () => true) => resting.find(({ tag }) => mayGo(tag)),
    isLooking: false,
    get replaying() {
      return state.replaying;
    },
    load: (segment: Segment) => {
      state.loads++;
      if (state.isLoaded) {
        resting.splice(resting.indexOf(segment), 1);
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
    isAlone: () => state.isAlone,
    onLooked: () => void looks.times++,
  });
  return { state, clock, resting, replay, looks };
}

test('all come back, one after the other, while all is well', async () => {
  const { replay, state, clock } = bench(3);
  expect(replay.isActive).toBe(true);
  replay.pump();
  replay.pump();
  expect(state.loads).toBe(1);
  await promisesRun();
  expect([state.loads, replay.isActive, clock.waiting]).toEqual([3, false, [PATIENCE_MS]]);
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
    expect([state.loads, clock.waiting]).toEqual([1, [PATIENCE_MS]]);
  },
);

test('one that cannot be loaded is not tried all the time', async () => {
  const { replay, state, clock } = bench(1, { isLoaded: false });
  replay.pump();
  await promisesRun();
  expect([state.loads, replay.isActive, clock.waiting]).toEqual([1, false, [PATIENCE_MS, 1_000]]);
  state.isLoaded = true;
  clock.advance(1_000);
  await promisesRun();
  expect(state.loads).toBe(2);
});

test('after each batch that was given up it waits longer, until the service takes one', () => {
  const { replay, clock } = bench(1);
  const pauses = [];
  for (let failure = 0; failure < 6; failure++) {
    replay.failed(TARGET);
    let pauseMs = 0;
    for (; !replay.isActive; pauseMs += 1_000) clock.advance(1_000);
    pauses.push(pauseMs);
  }
  expect(pauses).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
  replay.failed(TARGET);
  replay.recovered(OTHER);
  expect(replay.isActive).toBe(false);
  replay.recovered(TARGET);
  expect(replay.isActive).toBe(true);
  replay.failed(TARGET);
  clock.advance(5_000);
  expect(replay.isActive).toBe(true);
});

test('a target whose batch was given up holds up no other', async () => {
  const { replay, state, resting, clock } = bench(2);
  resting[1]!.tag = tagOf(OTHER);
  replay.failed(TARGET);
  replay.pump();
  await promisesRun();
  expect([state.loads, resting.map(({ tag }) => tag), replay.isActive]).toEqual([1, [tagOf(TARGET)], false]);
  clock.advance(5_000);
  await promisesRun();
  expect(resting).toEqual([]);
});

test('while nothing else is to be delivered they come in waves, and nothing holds the process in between', async () => {
  const { replay, state, clock } = bench(5, { isAlone: true });
  state.max = 2;
  const loads: number[] = [];
  for (let wave = 0; wave < 3; wave++) {
    replay.pump();
    await promisesRun();
    loads.push(state.loads);
    expect([replay.isActive, clock.holdsProcess]).toEqual([true, false]);
    clock.advance(1);
    await promisesRun();
    // One of two is settled: the next wave waits for the other.
    state.replaying = 1;
    replay.pump();
    await promisesRun();
    state.replaying = 0;
  }
  expect([...loads, state.loads]).toEqual([0, 2, 4, 5]);
});

test('it moves as long as something comes of it', async () => {
  const { replay, state, clock, looks } = bench(2);
  state.max = 1;
  const moves = (): boolean => replay.isMoving;
  clock.advance(PATIENCE_MS - 1);
  expect(moves()).toBe(true);
  clock.advance(1);
  expect(moves()).toBe(false);
  replay.pump();
  await promisesRun();
  expect(moves()).toBe(true);
  const { times } = looks;
  clock.advance(PATIENCE_MS);
  // Whoever waits for the end has been told.
  expect([moves(), looks.times - times]).toEqual([false, 1]);
  replay.recovered(TARGET);
  expect(moves()).toBe(true);
});

test('stopped, it does nothing more', () => {
  const { replay, state, clock } = bench(1, { isWell: false });
  replay.pump();
  replay.stop();
  state.isWell = true;
  replay.pump();
  expect([state.loads, clock.waiting, replay.isActive]).toEqual([0, [], false]);
});
