import * as fc from 'fast-check';
import { FirstOccurrenceFilter } from '../../../runtime/filter/first-occurrence.js';
import type { Fields } from '../../../runtime/log-record.js';
import { FilterFixture, filterSettings, NOON_MS, passed } from './fixture.js';

type Given = Parameters<typeof filterSettings<'firstOccurrence'>>[1];

function firstOccurrence(given: Given): {
  readonly filter: FirstOccurrenceFilter;
  readonly fixture: FilterFixture;
} {
  const fixture = new FilterFixture();
  return { filter: new FirstOccurrenceFilter(filterSettings('firstOccurrence', given), fixture), fixture };
}

const suppressedIn = (record: { readonly fields: readonly object[] } | undefined): number =>
  (Object.assign({}, ...(record?.fields ?? [])) as { suppressed?: number }).suppressed ?? 0;

describe('several key fields', () => {
  const kinds: readonly (readonly [string, object, readonly boolean[]])[] = [
    ['message, as in Python', { keyFields: ['message'] }, [true, false, true, false]],
    ['message and a field', { keyFields: ['message', 'tenant'] }, [true, true, true, true]],
    ['one field', { keyField: 'tenant' }, [true, true, false, true]],
    ['both settings together', { keyField: 'tenant', keyFields: ['level'] }, [true, true, false, true]],
    ['fields that no record has', { keyFields: ['nowhere'] }, [true, false, true, false]],
  ];
  const records: readonly (readonly [string, Fields])[] = [
    ['a', { tenant: 1 }],
    ['a', { tenant: 2 }],
    ['b', { tenant: 1 }],
    ['b', {}],
  ];

  test.each(kinds)('%s', (_, given, expected) => {
    const { filter, fixture } = firstOccurrence(given);
    const passes = records.map(
      ([message, fields]) => filter.apply({ ...fixture.record(fields), message }) !== undefined,
    );
    expect(passes).toEqual(expected);
  });
});

test('a share of those that are alike passes, if asked for', () => {
  const { filter, fixture } = firstOccurrence({ subsequentSampleRate: 1 });
  const results = [1, 2].map(() => filter.apply(fixture.record({})) !== undefined);

  expect(results).toEqual([true, true]);
});

describe('laws', () => {
  const calls = fc.array(fc.record({ gap: fc.oneof(fc.constant(0), fc.nat(300)), kind: fc.nat(6) }), {
    maxLength: 100,
  });

  test('every record passes, or is told of exactly once', () => {
    fc.assert(
      fc.property(calls, fc.integer({ min: 1, max: 8 }), (uses, maxKeys) => {
        const { filter, fixture } = firstOccurrence({ windowSeconds: 0.5, keyField: 'kind', maxKeys });
        let accounted = 0;
        for (const { gap, kind } of uses) {
          fixture.clock.advance(gap);
          const record = filter.apply(fixture.record({ kind }));
          accounted += (record ? 1 : 0) + suppressedIn(record);
        }
        filter.close();
        for (const record of fixture.emitted) accounted += suppressedIn(record);
        expect(accounted).toBe(uses.length);
        expect(fixture.emitted.length).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('as long as all kinds are remembered, one of each passes in each window', () => {
    fc.assert(
      fc.property(calls, (uses) => {
        const { filter, fixture } = firstOccurrence({ windowSeconds: 0.5, keyField: 'kind' });
        const passedAt = new Map<number, number>();
        for (const { gap, kind } of uses) {
          fixture.clock.advance(gap);
          const now = fixture.clock.now();
          const isFirst = now - (passedAt.get(kind) ?? -Infinity) >= 500;
          expect(filter.apply(fixture.record({ kind })) !== undefined).toBe(isFirst);
          if (isFirst) passedAt.set(kind, now);
        }
      }),
    );
  });

  test('at most maxKeys kinds are remembered, and the one whose window began first is forgotten', () => {
    fc.assert(
      fc.property(calls, fc.integer({ min: 1, max: 6 }), (uses, maxKeys) => {
        const { filter, fixture } = firstOccurrence({ windowSeconds: 0.5, keyField: 'kind', maxKeys });
        let known: { readonly kind: number; readonly sinceMs: number }[] = [];
        for (const { gap, kind } of uses) {
          fixture.clock.advance(gap);
          const sinceMs = fixture.clock.now();
          const isKnown = known.some((each) => each.kind === kind && sinceMs - each.sinceMs < 500);
          expect(filter.apply(fixture.record({ kind })) !== undefined).toBe(!isKnown);
          if (isKnown) continue;
          known = [...known.filter((each) => each.kind !== kind), { kind, sinceMs }].slice(-maxKeys);
        }
      }),
      { numRuns: 300 },
    );
  });
});

test('alike are records of the same level and message, whatever their fields', () => {
  const { filter, fixture } = firstOccurrence({});
  const records = [
    fixture.record({ a: 1 }, 'info', 'x'),
    fixture.record({ a: 2 }, 'info', 'x'),
    fixture.record({ a: 1 }, 'warn', 'x'),
    fixture.record({ a: 1 }, 'info', 'y'),
    fixture.record({ a: 1 }, 'info', 'x'),
  ];

  expect(passed(filter, records)).toEqual([0, 2, 3]);
});

test('or those of the same nested field, and where it is missing of the same level and message', () => {
  const { filter, fixture } = firstOccurrence({ keyField: 'error.code' });
  const records = [
    fixture.record({ error: { code: 'E1' } }, 'info', 'x'),
    fixture.record({ error: { code: 'E1' } }, 'warn', 'y'),
    fixture.record({ error: { code: 'E2' } }, 'info', 'x'),
    fixture.record({}, 'info', 'x'),
    fixture.record({ error: 'E1' }, 'info', 'x'),
    fixture.record({}, 'info', 'y'),
    fixture.record({ error: { code: 'x' } }, 'info', 'z'),
  ];

  expect(passed(filter, records)).toEqual([0, 2, 3, 5, 6]);
});

test.each([
  [59_999, false],
  [60_000, true],
  [60_001, true],
])('of windows of 60 s, %d ms after the first is in another: %s', (laterMs, isAnother) => {
  const { filter, fixture } = firstOccurrence({});
  filter.apply(fixture.record());
  fixture.clock.advance(laterMs);

  expect(filter.apply(fixture.record()) !== undefined).toBe(isAnother);
});

test('the next that passes tells how many did not; one after which none came is as it was', () => {
  const { filter, fixture } = firstOccurrence({ windowSeconds: 1 });
  const record = fixture.record({ suppressed: 'mine' });
  const outcomes = [filter.apply(record), filter.apply(record), filter.apply(record)];
  fixture.clock.advance(1_000);
  outcomes.push(filter.apply(record));
  fixture.clock.advance(1_000);
  outcomes.push(filter.apply(record));

  expect(outcomes).toEqual([
    record,
    undefined,
    undefined,
    { ...record, fields: [{ suppressed: 'mine' }, { suppressed: 2 }] },
    record,
  ]);
  filter.close();
  expect(fixture.emitted).toEqual([]);
});

test('close tells what no record told, of forgotten kinds too, once', () => {
  const { filter, fixture } = firstOccurrence({ maxKeys: 1 });
  const kinds = ['a', 'a', 'a', 'b', 'b'];
  for (const kind of kinds) {
    filter.apply(fixture.record({}, 'info', kind));
    fixture.clock.advance(1_000);
  }
  filter.close();
  filter.close();

  expect(fixture.emitted).toEqual([
    {
      timeMs: NOON_MS + 5_000,
      level: 'warn',
      message: '3 log records were suppressed by first_occurrence',
      fields: [
        {
          suppressed: 3,
          filter: 'first_occurrence',
          from: '2026-01-15T12:00:01.000Z',
          to: '2026-01-15T12:00:04.000Z',
        },
      ],
    },
  ]);
});

test.each([-3_600_000, 3_600_000])('a clock that is set by %d ms changes no window', (byMs) => {
  const { filter, fixture } = firstOccurrence({ windowSeconds: 60 });
  filter.apply(fixture.record());
  fixture.clock.set(byMs);
  fixture.clock.advance(59_999);
  expect(filter.apply(fixture.record())).toBeUndefined();

  fixture.clock.advance(1);
  expect(filter.apply(fixture.record())).toBeDefined();
});
