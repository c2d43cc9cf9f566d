import { forecastOf } from '../../../cli/plan/forecast.js';
import type { Account, Functions, Processes } from '../../../cli/plan/question.js';
import { ACCOUNT, FUNCTIONS, PROCESSES } from './questions.js';

const forecast = (load: Partial<Processes> = {}, account: Partial<Account> = {}) =>
  forecastOf({ load: { ...PROCESSES, ...load }, account: { ...ACCOUNT, ...account } });

const ofFunctions = (load: Partial<Functions> = {}, account: Partial<Account> = {}) =>
  forecastOf({ load: { ...FUNCTIONS, ...load }, account: { ...ACCOUNT, ...account } });

test('what processes make', () => {
  const { delay, ...figures } = forecast();

  expect(figures.eventsPerSecond).toBe(60_000);
  expect(figures.putCallsPerSecond).toBeCloseTo(3_000 / 2.05, 6);
  expect(figures.quotaShare).toBeCloseTo(3_000 / 2.05 / 5_000, 9);
  expect(figures.eventsPerCall).toBeCloseTo(41, 6);
  expect(figures.eventsPerFullCall).toBe(2_461);
  expect(figures.logStreams).toBe(3_000);
  expect(figures.streamCreationSeconds).toBe(60);
  expect(figures.bytesPerSecond).toBe(60_000 * 426);
  expect(figures.gigabytesPerMonth).toBeCloseTo((60_000 * 426 * 2_592_000) / 1e9, 6);
  expect(figures.dollarsPerMonth).toBeCloseTo(33_125.76, 6);
  expect(delay.kind).toBe('batch');
});

test('a mebibyte a second is 2,718 GB in a month', () => {
  // Messages of 998 bytes count 1,024.
  const { gigabytesPerMonth } = forecast({ writers: 1, rate: 1_024, bytes: 998 });

  expect(Math.round(gigabytesPerMonth)).toBe(2_718);
});

test('what functions make', () => {
  expect(ofFunctions()).toMatchObject({
    eventsPerSecond: 30_000,
    putCallsPerSecond: 6_000,
    quotaShare: 1.2,
    eventsPerCall: 5,
    logStreams: 900,
    streamCreationSeconds: 18,
  });
});

test('others take of the same quota', () => {
  expect(ofFunctions({}, { otherCallsPerSecond: 1_500 }).quotaShare).toBe(1.5);
  expect(ofFunctions({}, { otherCallsPerSecond: 1_500, putQuota: 10_000 }).quotaShare).toBe(0.75);
});

describe('delay', () => {
  test('the first event waits for all of the linger, the others for half of it', () => {
    expect(forecast().delay).toEqual({
      kind: 'batch',
      meanSeconds: expect.closeTo((2 + 40 * 1) / 41, 6),
      maxSeconds: 2,
    });
  });

  test('an event alone in its batch waits for all of the linger', () => {
    const { delay } = forecast({ rate: 0.000_001 });

    expect(delay).toMatchObject({ meanSeconds: expect.closeTo(2, 3), maxSeconds: 2 });
  });

  test.each([
    // The event after the last seals at the limits of a call, and the last one at a batch size.
    ['bytes', { writers: 1, rate: 24_610 }, 0.1],
    ['a batch size', { writers: 1, rate: 10, batchSize: 5 }, 0.4],
    ['a batch size of one', { writers: 1, rate: 10, batchSize: 1 }, 0],
  ])('%s may end the wait before', (_, load, maxSeconds) => {
    expect(forecast(load).delay).toMatchObject({ kind: 'batch', maxSeconds: expect.closeTo(maxSeconds, 9) });
  });

  test('beyond the quota, each writer waits for its turn', () => {
    const calls = forecast().putCallsPerSecond;

    expect(forecast({}, { putQuota: calls }).delay.kind).toBe('batch');
    expect(forecast({}, { putQuota: 1_100, otherCallsPerSecond: 100 }).delay).toEqual({
      kind: 'turn',
      seconds: 3,
    });
  });

  test.each([
    ['full batches alone are too many', { rate: 20_000 }, {}],
    ['full batches of a small size are too many', { rate: 200, batchSize: 10 }, {}],
    ['others take all of it', {}, { otherCallsPerSecond: 5_000 }],
    ['others take more than there is', {}, { otherCallsPerSecond: 6_000 }],
  ])('it grows where %s', (_, load, account) => {
    expect(forecast(load, account).delay).toEqual({ kind: 'endless' });
  });

  test('an invocation waits for its flush, which may be throttled', () => {
    expect(ofFunctions().delay).toEqual({ kind: 'flush', isThrottled: true });
    expect(ofFunctions({ invocations: 5_000 }).delay).toEqual({ kind: 'flush', isThrottled: false });
  });
});
