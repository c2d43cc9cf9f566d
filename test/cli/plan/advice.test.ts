import * as fc from 'fast-check';
import { adviceOn, type Advice } from '../../../cli/plan/advice.js';
import { forecastOf } from '../../../cli/plan/forecast.js';
import type { Account, Functions, Processes } from '../../../cli/plan/question.js';
import { ACCOUNT, FUNCTIONS, PROCESSES } from './questions.js';

function adviceFor(load: Processes | Functions, account: Partial<Account> = {}): Advice[] {
  const question = { load, account: { ...ACCOUNT, ...account } };
  return adviceOn(question, forecastOf(question));
}

const processes = (load: Partial<Processes>, account?: Partial<Account>) =>
  adviceFor({ ...PROCESSES, ...load }, account);

const changes = (advice: readonly Advice[]) => advice.map(({ change, to }) => [change, to]);

describe('the quota of PutLogEvents', () => {
  test.each([
    [8_199, []],
    [8_200, []],
    [8_201, ['batchTimeoutSeconds', 'L-7E1FAE88']],
  ])('%d writers of four in five calls of it', (writers, expected) => {
    // A writer makes a call in 2.05 s, so that 8,200 make 4,000.
    const advice = processes({ writers }).map(({ change }) => change);

    expect(advice).toEqual(expected);
  });

  test('a linger that leaves a fifth of it, in halves of a second, or a higher quota', () => {
    const advice = processes({ writers: 12_000, rate: 1 }, { otherCallsPerSecond: 1_500 });

    // (2,500 + 1,500) / 5,000: each has 4.8 s, of which one passes until the next batch begins.
    expect(changes(advice)).toEqual([
      ['batchTimeoutSeconds', 4],
      ['L-7E1FAE88', 6_900],
    ]);
    expect(advice[0]!.text).toBe(
      '12,000 writers need a linger of 3.8 s to leave 20% of the quota; set batchTimeoutSeconds to 4: ' +
        '2,400 calls a second and 1,500 of others, 78% of the quota. An event waits up to 4 s then, and a process that is killed loses as much.',
    );
    expect(advice[1]).toMatchObject({
      text: 'Raise the quota L-7E1FAE88 to 6,900 calls a second.',
      command:
        'aws service-quotas request-service-quota-increase --service-code logs --quota-code L-7E1FAE88 --desired-value 6900',
    });
  });

  test('a long linger is in whole seconds', () => {
    expect(processes({ writers: 12_000 }, { putQuota: 1_000 })[0]).toMatchObject({ to: 15 });
    expect(processes({ writers: 12_000 }, { putQuota: 999 })[0]).toMatchObject({ to: 15 });
    expect(processes({ writers: 12_000 }, { putQuota: 990 })[0]).toMatchObject({ to: 16 });
  });

  const fleets = fc.record({
    writers: fc.integer({ min: 1, max: 50_000 }),
    rate: fc.double({ min: 0.01, max: 100, noNaN: true }),
    bytes: fc.integer({ min: 1, max: 20_000 }),
    batchTimeoutSeconds: fc.double({ min: 0.1, max: 30, noNaN: true }),
    batchSize: fc.constantFrom(5, 100, 10_000),
    arrivals: fc.constantFrom('random' as const, 'even' as const),
  });

  test('who follows it needs no further advice', () => {
    fc.assert(
      fc.property(fleets, fc.integer({ min: 0, max: 4_500 }), (fleet, otherCallsPerSecond) => {
        const ofPut = (load: Partial<Processes>, account: Partial<Account> = {}): Advice[] =>
          processes(load, { otherCallsPerSecond, ...account }).filter(
            ({ operation }) => operation === 'PutLogEvents',
          );
        const advice = ofPut(fleet);
        const changed = Object.fromEntries(changes(advice));
        const { batchSize = fleet.batchSize, batchTimeoutSeconds = fleet.batchTimeoutSeconds } = changed;
        const larger = { ...fleet, batchSize: Number(batchSize) };
        // Each is enough by itself; what says that it goes with the larger batch, with that.
        for (const { change, to, text } of advice) {
          const load = text.includes('ith that batchSize') ? larger : fleet;
          if (change === 'L-7E1FAE88') expect(ofPut(load, { putQuota: Number(to) })).toEqual([]);
          if (change === 'batchTimeoutSeconds')
            expect(ofPut({ ...load, batchTimeoutSeconds: Number(to) })).toEqual([]);
        }
        const isOnlyBatch =
          changed['batchSize'] !== undefined && changed['batchTimeoutSeconds'] === undefined;
        const isQuotaBeside = !advice.some(({ text }) => text.includes('ith that batchSize'));
        if (isOnlyBatch && isQuotaBeside) expect(ofPut(larger)).toEqual([]);
        expect(Number(batchTimeoutSeconds)).toBeLessThanOrEqual(60);
      }),
      { numRuns: 60 },
    );
  });

  test('a batch size that is in the way goes first', () => {
    const load = { writers: 300, rate: 2_000, batchSize: 100 };

    expect(changes(processes(load))).toEqual([
      ['batchSize', 10_000],
      ['L-7E1FAE88', 7_500],
    ]);
    const both = processes({ ...load, batchTimeoutSeconds: 0.01 });
    expect(changes(both)).toEqual([
      ['batchSize', 10_000],
      ['batchTimeoutSeconds', 0.5],
      ['L-7E1FAE88', 36_000],
    ]);
    expect(both[1]!.text).toMatch(/^With that batchSize, 300 writers need a linger of /);
  });

  test.each([
    [
      'where others leave too little for any linger',
      { rate: 20, batchSize: 5 },
      4_500,
      ['1,463 calls a second and 4,500 of others, 119% of the quota.', 7_500],
    ],
    [
      'where full batches are too many',
      { writers: 20_000, rate: 100, bytes: 4_000, batchSize: 100 },
      0,
      ['a call takes up to 260, and there are 9,950 calls a second, 199% of the quota.', 13_000],
    ],
  ])('a larger batch is free, and goes first also %s', (_, load, otherCallsPerSecond, [text, quota]) => {
    const advice = processes(load, { otherCallsPerSecond }).filter(
      ({ operation }) => operation === 'PutLogEvents',
    );

    expect(changes(advice)).toEqual([
      ['batchSize', 10_000],
      ['L-7E1FAE88', quota],
    ]);
    expect(advice[0]!.text).toContain(text);
    expect(advice[1]!.text).toMatch(/alone make .* With that batchSize, raise the quota /);
  });

  test('a larger batch that changes little is not advised', () => {
    const load = { writers: 12_000, rate: 1, batchSize: 20 };

    expect(changes(processes(load, { otherCallsPerSecond: 1_500 }))).toEqual([
      ['batchTimeoutSeconds', 4],
      ['L-7E1FAE88', 6_900],
    ]);
  });

  test('no linger of more than a minute is advised', () => {
    const load = { writers: 12_000, rate: 1 };
    const room = (calls: number) => processes(load, { otherCallsPerSecond: 4_000 - calls });

    // A call in 61 s of each: a linger of 60.
    expect(changes(room(12_000 / 60.9))).toEqual([
      ['batchTimeoutSeconds', 60],
      ['L-7E1FAE88', 9_800],
    ]);
    const [only, ...others] = room(12_000 / 62);
    expect(others).toEqual([]);
    expect(only!.text).toMatch(
      /^A linger of 61 s would be enough, but more than 60 s is not advised: a process that is killed loses as much\. Raise the quota /,
    );
  });

  test.each([
    ['full batches are too many', { rate: 20_000 }, {}, /^Full batches alone make 24,380 calls a second\. R/],
    [
      'others are too many',
      {},
      { otherCallsPerSecond: 4_000 },
      /^Others alone make 4,000 calls a second\. R/,
    ],
  ])('where %s, only a higher quota helps', (_, load, account, text) => {
    const advice = processes(load, account).filter(({ operation }) => operation === 'PutLogEvents');

    expect(advice.map(({ change }) => change)).toEqual(['L-7E1FAE88']);
    expect(advice[0]!.text).toMatch(text);
  });

  test('functions may let Lambda deliver; no linger helps them', () => {
    expect(changes(adviceFor(FUNCTIONS))).toEqual([
      ['delivery', 'stdout'],
      ['L-7E1FAE88', 7_500],
    ]);
    expect(adviceFor({ ...FUNCTIONS, invocations: 4_000 })).toEqual([]);
  });

  test('functions whose batches are small make several calls for each invocation', () => {
    const advice = adviceFor({ ...FUNCTIONS, events: 50, batchSize: 10 });

    expect(changes(advice)).toEqual([
      ['batchSize', 10_000],
      ['delivery', 'stdout'],
      ['L-7E1FAE88', 7_500],
    ]);
    expect(advice[0]!.text).toMatch(/ there are 6,000 calls a second, 120% of the quota\.$/);
    expect(advice[2]!.text).toMatch(/^With that batchSize, raise the quota L-7E1FAE88 to 7,500 calls /);
  });
});

describe('the quota of CreateLogStream', () => {
  const SLOW = { rate: 0.01, batchTimeoutSeconds: 60 };

  test.each([
    [15_000, []],
    [15_001, [['L-76507CEF', 51]]],
    [60_000, [['L-76507CEF', 200]]],
  ])('%d writers', (writers, expected) => {
    expect(changes(processes({ ...SLOW, writers }))).toEqual(expected);
  });

  test('says over which time to start', () => {
    expect(processes({ ...SLOW, writers: 60_000 })[0]!.text).toBe(
      'Start the writers over 20 minutes or longer, 50 a second, or raise the quota L-76507CEF to 200 calls a second.',
    );
  });

  test('counts for functions, too', () => {
    expect(changes(adviceFor({ ...FUNCTIONS, invocations: 1, writers: 15_001 }))).toEqual([
      ['L-76507CEF', 51],
    ]);
    expect(adviceFor({ ...FUNCTIONS, invocations: 1, writers: 15_000 })).toEqual([]);
  });

  test.each([
    // 33,554,432 bytes are 13,107.2 events of 2,560 bytes.
    ['bytes', { writers: 500, rate: 1_310.7, bytes: 2_534 }, { writers: 500, rate: 1_310.8, bytes: 2_534 }],
    ['events', { writers: 500, rate: 25_000, bytes: 10 }, { writers: 501, rate: 25_000, bytes: 10 }],
  ])('more %s than memory holds until then', (_, held, lost) => {
    const account = { putQuota: 1_000_000 };

    expect(processes(held, account)).toEqual([]);
    expect(processes(lost, account).map(({ change, to, text }) => [change, to, text])).toEqual([
      ['L-76507CEF', 51, expect.stringMatching(/^Memory holds what a writer logs in 10 s \(maxQueueBytes/)],
    ]);
  });
});

describe('the invocations of an environment', () => {
  test.each([
    [500, []],
    [499, [['writers', 500]]],
    [5, [['writers', 500]]],
  ])('%d environments for 4,991 invocations a second, ten of each', (writers, expected) => {
    const load = { ...FUNCTIONS, invocations: 4_991, writers };
    const advice = adviceFor(load, { putQuota: 10_000 });

    expect(changes(advice)).toEqual(expected);
    expect(advice.map(({ operation }) => operation)).toEqual(expected.map(() => 'Invoke'));
  });
});
