import * as fc from 'fast-check';
import {
  callsPerSecond,
  eventsInCall,
  type Fleet,
  fullBatchEvents,
  invocationCallsPerSecond,
  lingerCallsPerSecond,
  lingerFor,
  type Writer,
} from '../../contract/fleet.js';
import { Batcher } from '../../runtime/batch/batcher.js';
import { eventOf, OVERHEAD_BYTES, TARGET } from '../support/events.js';
import { ManualClock } from '../support/manual-clock.js';

const WRITER: Writer = { rate: 20, bytes: 400, batchTimeoutSeconds: 2 };
const FLEET: Fleet = { ...WRITER, writers: 3_000 };

describe('fullBatchEvents', () => {
  test.each([
    [1, 10_000],
    // 10,000 events of 104.8576 bytes fill a call.
    [78, 10_000],
    [79, 9_986],
    [400, 2_461],
    [1_048_550, 1],
    [2_000_000, 1],
  ])('messages of %d bytes: %d events', (bytes, events) => {
    expect(fullBatchEvents({ bytes })).toBe(events);
  });

  test.each([
    [2_460, 2_460],
    [2_461, 2_461],
    [2_462, 2_461],
  ])('a batch size of %d: %d events', (batchSize, events) => {
    expect(fullBatchEvents({ bytes: 400, batchSize })).toBe(events);
  });
});

/** What the batcher makes of this many events, in calls a second. */
function callsOfBatcher(
  { rate, bytes, batchTimeoutSeconds, batchSize = 10_000, arrivals = 'random' }: Writer,
  events: number,
  random: () => number,
): number {
  const clock = new ManualClock();
  let calls = 0;
  const options = { batchSize, lingerMs: batchTimeoutSeconds * 1_000 };
  const batcher = new Batcher(TARGET, options, clock, {
    sealed: () => void calls++,
    due: () => void batcher.sealDue(),
  });
  const event = eventOf(bytes + OVERHEAD_BYTES);
  for (let added = 0; added < events; added++) {
    const share = arrivals === 'even' ? 1 : -Math.log(1 - random());
    clock.advance((1_000 * share) / rate);
    batcher.add({ ...event, timestamp: Math.floor(clock.now()) });
  }
  return calls / (events / rate);
}

/** So many that the number of random batches is a sixth of the tolerance away from its mean, or less, in two of three runs. */
function enoughEvents(writer: Writer): number {
  return Math.ceil(Math.max(16_000, 100 * eventsInCall(writer)));
}

/** From 0 up to 1, the same for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('the batcher makes the calls that the formula says', () => {
  const writers = fc.record({
    // Events while a batch lingers: far below one, about one, and more than fill it.
    rate: fc.constantFrom(0.02, 0.3, 0.5, 0.7, 1, 2.5, 10, 60),
    batchTimeoutSeconds: fc.constantFrom(0.5, 1, 2, 3.3, 5),
    bytes: fc.constantFrom(50, 400, 30_000),
    batchSize: fc.constantFrom(1, 2, 5, 100, 10_000),
    arrivals: fc.constantFrom('random' as const, 'even' as const),
  });

  test('to a few per cent, whatever the writer', () => {
    fc.assert(
      fc.property(writers, fc.nat(), (writer, seed) => {
        const calls = callsOfBatcher(writer, enoughEvents(writer), randomOf(seed));
        const expected = callsPerSecond({ ...writer, writers: 1 });
        expect(Math.abs(calls / expected - 1)).toBeLessThan(0.05);
      }),
      { numRuns: 25 },
    );
  });

  test('where a small batch is full in some lingers, and not in others', () => {
    const writer = { ...WRITER, rate: 0.5, batchSize: 2 };
    // A second event comes in time unless none does, whose chance is 1 / e.
    expect(eventsInCall(writer)).toBeCloseTo(2 - 1 / Math.E, 9);
    const calls = callsOfBatcher(writer, enoughEvents(writer), randomOf(7));
    expect(Math.abs(calls / (0.5 / (2 - 1 / Math.E)) - 1)).toBeLessThan(0.05);
  });

  test.each([
    ['the bytes of a call', { ...WRITER, rate: 2_000 }, 2_461],
    ['the count of a call', { ...WRITER, rate: 20_000, bytes: 50 }, 10_000],
  ])('where %s complete a batch', (_, writer, full) => {
    expect(eventsInCall(writer)).toBeCloseTo(full, 0);
    const calls = callsOfBatcher(writer, 40 * full, randomOf(7));
    expect(Math.abs(calls / (writer.rate / full) - 1)).toBeLessThan(0.05);
  });
});

describe('callsPerSecond', () => {
  test('the linger, and on average the wait for the first event of the next batch', () => {
    expect(callsPerSecond(FLEET)).toBeCloseTo(3_000 / (2 + 1 / 20), 6);
    expect(callsPerSecond({ ...FLEET, rate: 0.5 })).toBeCloseTo(3_000 / (2 + 2), 6);
  });

  test('at equal intervals, the first event after the linger opens the next batch', () => {
    expect(callsPerSecond({ ...FLEET, arrivals: 'even' })).toBeCloseTo(3_000 / 2, 6);
    expect(callsPerSecond({ ...FLEET, rate: 0.4, arrivals: 'even' })).toBeCloseTo(3_000 * 0.4, 6);
    expect(callsPerSecond({ ...FLEET, rate: 0.6, arrivals: 'even' })).toBeCloseTo((3_000 * 0.6) / 2, 6);
    // 0.1 * 3 is a little more than 0.3.
    expect(eventsInCall({ ...WRITER, rate: 10, batchTimeoutSeconds: 0.1 * 3, arrivals: 'even' })).toBe(3);
  });

  test('who logs nothing makes no calls', () => {
    expect(callsPerSecond({ ...FLEET, rate: 0 })).toBe(0);
    expect(callsPerSecond({ ...FLEET, rate: 0, arrivals: 'even' })).toBe(0);
  });

  const fleets = fc.record({
    writers: fc.integer({ min: 1, max: 100_000 }),
    rate: fc.double({ min: 0.001, max: 1e6, noNaN: true }),
    bytes: fc.integer({ min: 1, max: 1_048_550 }),
    batchTimeoutSeconds: fc.double({ min: 0.001, max: 86_400, noNaN: true }),
    batchSize: fc.integer({ min: 1, max: 10_000 }),
    arrivals: fc.constantFrom('random' as const, 'even' as const),
  });

  test('no call without an event, no event without a call, and no batch beyond what is full', () => {
    fc.assert(
      fc.property(fleets, (fleet) => {
        const events = eventsInCall(fleet);
        expect(events).toBeGreaterThanOrEqual(1);
        expect(events).toBeLessThanOrEqual(fullBatchEvents(fleet) + 1e-6);
        expect(callsPerSecond(fleet) * events).toBeCloseTo(fleet.writers * fleet.rate, 3);
      }),
    );
  });

  test('up to one for each linger, if batches do not fill', () => {
    fc.assert(
      fc.property(fleets, (fleet) => {
        const isFilling = fleet.rate * fleet.batchTimeoutSeconds > fullBatchEvents(fleet) / 10;
        fc.pre(!isFilling);
        expect(callsPerSecond(fleet)).toBeLessThanOrEqual(lingerCallsPerSecond(fleet) * (1 + 1e-6));
      }),
    );
  });
});

describe('lingerFor', () => {
  test.each([
    [1_000, 2.95],
    [3_000, 0.95],
    [100, 29.95],
    // As many calls as events.
    [60_000, 0.001],
  ])('%d calls a second: %d s', (calls, seconds) => {
    expect(lingerFor(FLEET, calls)).toBeCloseTo(seconds, 2);
  });

  test('is the shortest: a millisecond less makes more calls', () => {
    const seconds = lingerFor(FLEET, 1_234)!;
    expect(callsPerSecond({ ...FLEET, batchTimeoutSeconds: seconds })).toBeLessThanOrEqual(1_234);
    expect(callsPerSecond({ ...FLEET, batchTimeoutSeconds: seconds - 0.001 })).toBeGreaterThan(1_234);
  });

  test('is none where full batches make more calls', () => {
    const perSecond = (3_000 * 20) / 2_461;
    expect(lingerFor(FLEET, perSecond + 1)).toBeGreaterThan(100);
    expect(lingerFor(FLEET, perSecond - 1)).toBeUndefined();
  });

  test('is none where a day is not long enough', () => {
    expect(lingerFor({ writers: 1_000_000, rate: 0.001, bytes: 10 }, 11)).toBeUndefined();
  });
});

describe('invocationCallsPerSecond', () => {
  test.each([
    ['one for each invocation', { events: 8, bytes: 400 }, 20_000],
    ['none for one that logs nothing', { events: 0, bytes: 400 }, 0],
    ['one for each invocation that logs', { events: 0.25, bytes: 400 }, 5_000],
    ['one for each of the few that log', { events: 1e-6, bytes: 400 }, 0.02],
    ['one for a full batch', { events: 2_461, bytes: 400 }, 20_000],
    ['two for an event more', { events: 2_462, bytes: 400 }, 40_000],
    ['as many as batches of a given size', { events: 10, bytes: 400, batchSize: 4 }, 60_000],
  ])('%s', (_, invocations, calls) => {
    expect(invocationCallsPerSecond({ invocations: 20_000, ...invocations })).toBeCloseTo(calls, 9);
  });
});
