import { parseOptions } from '../../tools/soak/options.js';
import type { Account, Sample } from '../../tools/soak/sample.js';
import { slopePerMinute, verdict, type Found } from '../../tools/soak/verdict.js';

const MIB = 1_048_576;

const account: Account = {
  accepted: 100,
  delivered: 100,
  rejected: { total: 0 },
  spooled: 0,
  diverted: { total: 0 },
  dropped: { total: 0 },
  pending: 0,
};

const sample: Sample = {
  kind: 'sample',
  logged: 100,
  account,
  rssBytes: 100 * MIB,
  heapBytes: 10 * MIB,
  files: 20,
  handles: { PipeWrap: 3 },
  lateMs: { p50: 0, p99: 1, max: 2 },
};

const end: Sample = { ...sample, kind: 'end', before: { files: 20, handles: { PipeWrap: 3 } } };

/** One a minute, the first two of which are the warm-up. */
function growing(by: Partial<Sample>): Sample[] {
  return [0, 1, 2, 3, 4].map((minute) => ({
    ...sample,
    rssBytes: sample.rssBytes + minute * (by.rssBytes ?? 0),
    heapBytes: sample.heapBytes + minute * (by.heapBytes ?? 0),
  }));
}

function complaints(calm: readonly Sample[], last: Partial<Sample>, found: Partial<Found> = {}): string[] {
  const judged = verdict(calm, { ...end, ...last }, { nowhere: 0, unexplained: [], ...found });
  return judged.flatMap(({ what, isGood }) => (isGood ? [] : [what]));
}

describe('the verdict of a soak', () => {
  test.each<[string, Sample[], Partial<Sample>, Partial<Found>]>([
    ['all is well', growing({}), {}, {}],
    ['memory grows by less than the limit', growing({ heapBytes: 0.9 * MIB, rssBytes: 5.9 * MIB }), {}, {}],
    [
      'the sink dropped what it counted',
      growing({}),
      { account: { ...account, delivered: 98, dropped: { total: 2 } } },
      { nowhere: 2 },
    ],
    [
      'a marker of a loss is accepted beside the events',
      growing({}),
      { account: { ...account, accepted: 101, delivered: 99, dropped: { total: 2 } } },
      { nowhere: 2 },
    ],
  ])('is good if %s', (_, calm, last, found) => {
    expect(complaints(calm, last, found)).toEqual([]);
  });

  test.each<[string, Sample[], Partial<Sample>, Partial<Found>, string]>([
    [
      'something is pending',
      growing({}),
      { account: { ...account, delivered: 99, pending: 1 } },
      { nowhere: 0 },
      'the account balances, and nothing waits',
    ],
    [
      'a log call was not accepted',
      growing({}),
      { account: { ...account, accepted: 99, delivered: 99 } },
      {},
      'the account balances, and nothing waits',
    ],
    ['an event is nowhere', growing({}), {}, { nowhere: 1 }, 'each event is found, or counted as dropped'],
    [
      'an event is dropped and found',
      growing({}),
      { account: { ...account, delivered: 99, dropped: { total: 1 } } },
      {},
      'each event is found, or counted as dropped',
    ],
    ['an event is repeated', growing({}), {}, { unexplained: [7] }, 'only calls in doubt are stored twice'],
    ['the heap grows', growing({ heapBytes: 1.1 * MIB }), {}, {}, 'heap grows by less than 1 MiB a minute'],
    ['RSS grows', growing({ rssBytes: 6.1 * MIB }), {}, {}, 'RSS grows by less than 6 MiB a minute'],
    ['a file is left open', growing({}), { files: 21 }, {}, 'handles are back to the start'],
    [
      'a handle is left',
      growing({}),
      { handles: { PipeWrap: 3, TCPSocketWrap: 1 } },
      {},
      'handles are back to the start',
    ],
  ])('is bad if %s', (_, calm, last, found, complaint) => {
    expect(complaints(calm, last, found)).toEqual([complaint]);
  });

  test('says nothing of memory with less than three samples after the warm-up', () => {
    expect(complaints(growing({ heapBytes: 9 * MIB }).slice(0, 4), {})).toEqual([]);
  });
});

test.each([
  [[5, 5, 5], 0],
  [[1, 2, 3], 1],
  [[3, 1, 2, 0], -0.8],
  [[1, 2], undefined],
])('the slope of %j is %d', (values, slope) => {
  expect(slopePerMinute(values)).toEqual(slope === undefined ? undefined : expect.closeTo(slope));
});

describe('the options of a soak', () => {
  test('are ten minutes at 1,000 events a second', () => {
    expect(parseOptions([])).toMatchObject({ minutes: 10, eventsPerSecond: 1_000, isWorker: false });
  });

  test('can be given', () => {
    const args = ['--minutes', '3', '--seed', '7', '--rate', '50', '--worker'];

    expect(parseOptions(args)).toEqual({ minutes: 3, seed: 7, eventsPerSecond: 50, isWorker: true });
  });

  test.each([
    ['--minutes', 'ten'],
    ['--seed', 'x'],
    ['--rate', '0'],
    ['--hours', '1'],
  ])('are refused: %s %s', (...args) => {
    expect(() => parseOptions(args)).toThrow(/--/);
  });
});
