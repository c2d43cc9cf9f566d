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
        '2,400 calls a second, 78% of the quota. An event waits up to 4 s then.',
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
        const advice = processes(fleet, { otherCallsPerSecond });
        const ofPut = advice.filter(({ operation }) => operation === 'PutLogEvents');
        const settings = ofPut.filter(({ change }) => change.startsWith('batch'));
        const quota = ofPut.find(({ change }) => change === 'L-7E1FAE88');
        const byQuota = processes(fleet, {
          otherCallsPerSecond,
          ...(quota && { putQuota: Number(quota.to) }),
        });
        expect(byQuota.filter(({ operation }) => operation === 'PutLogEvents')).toEqual([]);
        if (settings.length === 0) return;
        const followed = Object.fromEntries(changes(settings)) as Partial<Processes>;
        const bySettings = processes({ ...fleet, ...followed }, { otherCallsPerSecond });
        expect(bySettings.filter(({ operation }) => operation === 'PutLogEvents')).toEqual([]);
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
    expect(both[1]!.text).toMatch(/^With that, 300 writers need a linger of /);
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
