import * as fc from 'fast-check';
import { RateLimitFilter } from '../../../runtime/filter/rate-limit.js';
import { FilterFixture, filterSettings, NOON_MS, passed } from './fixture.js';

type Given = Parameters<typeof filterSettings<'rateLimit'>>[1];

function rateLimit(given: Given): { readonly filter: RateLimitFilter; readonly fixture: FilterFixture } {
  const fixture = new FilterFixture();
  return { filter: new RateLimitFilter(filterSettings('rateLimit', given), fixture), fixture };
}

const summary = (suppressed: number, timeMs: number, fromMs: number, toMs: number): object => ({
  timeMs,
  level: 'warn',
  message: `${suppressed} log records were suppressed by rate_limit`,
  fields: [
    {
      suppressed,
      filter: 'rate_limit',
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
    },
  ],
});

describe('laws', () => {
  test('every record passes, or is told of in exactly one summary, and windows do not overlap', () => {
    const gaps = fc.array(fc.oneof(fc.nat(10), fc.nat(3_000)), { maxLength: 60 });
    fc.assert(
      fc.property(gaps, fc.boolean(), (gapsMs, isFrozen) => {
        const { filter, fixture } = rateLimit({ capacity: 2, refillRatePerSec: 1, windowSeconds: 5 });
        let passes = 0;
        for (const gap of gapsMs) {
          if (isFrozen) fixture.clock.elapse(gap);
          else fixture.clock.advance(gap);
          if (filter.apply(fixture.record())) passes++;
        }
        filter.close();
        const told = fixture.emitted.map(({ fields }) => fields[0] as { suppressed: number });
        expect(passes + told.reduce((sum, { suppressed }) => sum + suppressed, 0)).toBe(gapsMs.length);
        expect(fixture.clock.waiting).toEqual([]);
        for (const [index, { timeMs }] of fixture.emitted.slice(0, -1).entries()) {
          const next = fixture.emitted[index + 1]!.fields[0] as { from: string };
          expect(Date.parse(next.from)).toBeGreaterThanOrEqual(timeMs);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('marking loses nothing, and marks what dropping drops', () => {
    const calls = fc.array(fc.record({ gap: fc.nat(400), user: fc.nat(3) }), { maxLength: 60 });
    fc.assert(
      fc.property(calls, (uses) => {
        const given = { capacity: 2, refillRatePerSec: 2, keyField: 'user' } as const;
        const dropping = rateLimit(given);
        const marking = rateLimit({ ...given, overflowAction: 'mark' });
        for (const { gap, user } of uses) {
          dropping.fixture.clock.advance(gap);
          marking.fixture.clock.advance(gap);
          const record = dropping.fixture.record({ user });
          const marked = { ...record, fields: [{ user }, { rate_limited: true }] };
          expect(marking.filter.apply(record)).toEqual(dropping.filter.apply(record) ?? marked);
        }
        marking.filter.close();
        expect(marking.fixture.emitted).toEqual([]);
      }),
    );
  });
});

test('the capacity passes at once, as it came', () => {
  const { filter, fixture } = rateLimit({ capacity: 3 });
  const record = fixture.record();

  expect([1, 2, 3, 4].map(() => filter.apply(record))).toEqual([record, record, record, undefined]);
  expect(rateLimit({}).filter.apply(record)).toBe(record);
});

test('values of a nested field have a bucket each; records without one share one', () => {
  const { filter, fixture } = rateLimit({ capacity: 1, refillRatePerSec: 0, keyField: 'user.id' });
  const users = [{ id: 'a' }, { id: 'b' }, { id: 'a' }, {}, undefined, { id: 7 }, { id: '7' }, { id: {} }];

  expect(
    passed(
      filter,
      users.map((user) => fixture.record({ user })),
    ),
  ).toEqual([0, 1, 3, 5]);
});

describe('the summary', () => {
  test('comes once per window, by a timer that does not hold the process', () => {
    const { filter, fixture } = rateLimit({ capacity: 1, refillRatePerSec: 0, windowSeconds: 60 });
    filter.apply(fixture.record());
    fixture.clock.advance(1_000);
    filter.apply(fixture.record());
    fixture.clock.advance(2_000);
    filter.apply(fixture.record());

    expect([fixture.clock.waiting.length, fixture.clock.holdsProcess]).toEqual([1, false]);
    fixture.clock.advance(57_999);
    expect(fixture.emitted).toEqual([]);
    fixture.clock.advance(1);
    expect(fixture.emitted).toEqual([summary(2, NOON_MS + 61_000, NOON_MS + 1_000, NOON_MS + 3_000)]);
    fixture.clock.advance(600_000);
    filter.close();
    expect(fixture.emitted).toHaveLength(1);
  });

  test.each([
    [59_999, 0],
    [60_000, 1],
    [60_001, 1],
  ])('comes before the next record where timers stand still: %d ms later, %d', (laterMs, summaries) => {
    const { filter, fixture } = rateLimit({ capacity: 1, refillRatePerSec: 0, windowSeconds: 60 });
    filter.apply(fixture.record());
    filter.apply(fixture.record());
    filter.apply(fixture.record());
    fixture.clock.elapse(laterMs);
    filter.apply(fixture.record());

    expect(fixture.emitted).toEqual(summaries === 0 ? [] : [summary(2, NOON_MS + laterMs, NOON_MS, NOON_MS)]);
  });

  test.each([-3_600_000, 3_600_000])('does not come because the clock is set by %d ms', (byMs) => {
    const { filter, fixture } = rateLimit({ capacity: 1, refillRatePerSec: 0, windowSeconds: 60 });
    filter.apply(fixture.record());
    filter.apply(fixture.record());
    fixture.clock.set(byMs);
    fixture.clock.elapse(59_999);
    filter.apply(fixture.record());
    expect(fixture.emitted).toEqual([]);

    fixture.clock.elapse(1);
    filter.apply(fixture.record());
    expect(fixture.emitted).toHaveLength(1);
  });

  test('comes at close, once, in the singular for one', () => {
    const { filter, fixture } = rateLimit({ capacity: 1 });
    filter.apply(fixture.record());
    filter.apply(fixture.record());
    filter.close();
    filter.close();

    expect(fixture.emitted.map(({ message }) => message)).toEqual([
      '1 log record was suppressed by rate_limit',
    ]);
    expect(fixture.clock.waiting).toEqual([]);
  });

  test('does not come where nothing was suppressed', () => {
    const { filter, fixture } = rateLimit({});
    filter.apply(fixture.record());
    fixture.clock.advance(600_000);
    filter.close();

    expect(fixture.emitted).toEqual([]);
  });
});

describe('the number of buckets', () => {
  const fill = (count: number): FilterFixture => {
    const { filter, fixture } = rateLimit({ keyField: 'user', maxKeys: 10 });
    for (let user = 0; user < count; user++) filter.apply(fixture.record({ user }));
    return fixture;
  };

  test.each([
    [8, 0],
    [9, 0],
    [10, 1],
    [50, 1],
  ])('%d keys of at most 10: reported %d times', (keys, reports) => {
    expect(fill(keys).reports).toHaveLength(reports);
  });

  test('the report says what to change', () => {
    expect(fill(10).reports).toEqual([
      [
        'rate_limit.maxKeys',
        'rate_limit has 10 buckets of at most 10; beyond that, the least recently used one leaves and its key starts ' +
          'with a full one: raise max_keys, or choose a key_field of fewer values than user',
      ],
    ]);
  });

  test('one bucket for all records is never too many', () => {
    const { filter, fixture } = rateLimit({ maxKeys: 1 });
    filter.apply(fixture.record());

    expect(fixture.reports).toEqual([]);
  });
});
