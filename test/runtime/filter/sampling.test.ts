import * as fc from 'fast-check';
import { LEVELS } from '../../../contract/levels.js';
import type { Filter } from '../../../runtime/filter/filter.js';
import type { Fields } from '../../../runtime/log-record.js';
import { samplingFilter } from '../../../runtime/filter/sampling.js';
import { shareOf } from '../../../runtime/filter/share.js';
import { FilterFixture, filterSettings, passed } from './fixture.js';
import { seeded } from '../../../tools/soak/seeded.js';

type Given = Parameters<typeof filterSettings<'sampling'>>[1];

const fixture = new FilterFixture();
const sampling = (given: Given, random: () => number = () => 0.5): Filter =>
  samplingFilter(filterSettings('sampling', given), { random });

const rates = fc.double({ min: 0, max: 1, noNaN: true });
const ids = fc.oneof(fc.uuid(), fc.nat(), fc.string());

describe('laws', () => {
  test('a trace is kept or lost whole, alike in all processes', () => {
    fc.assert(
      fc.property(rates, fc.array(ids), seeds(), (rate, traces, [seed, otherSeed]) => {
        const records = traces
          .filter((trace) => String(trace).trim() !== '')
          .flatMap((traceId) => [
            fixture.record({ traceId }),
            fixture.record({ traceId, more: 1 }, 'debug', 'x'),
          ]);
        const kept = passed(sampling({ rate }, seeded(seed)), records);
        expect(passed(sampling({ rate }, seeded(otherSeed)), records.toReversed())).toEqual(
          kept.map((index) => records.length - 1 - index).toReversed(),
        );
        expect(kept.filter((index) => index % 2 === 0).map((index) => index + 1)).toEqual(
          kept.filter((index) => index % 2 === 1),
        );
      }),
    );
  });

  test('a higher rate keeps what a lower one keeps', () => {
    fc.assert(
      fc.property(rates, rates, ids, (one, other, traceId) => {
        fc.pre(String(traceId).trim() !== '');
        const record = fixture.record({ traceId });
        const low = sampling({ rate: Math.min(one, other) }).apply(record);
        if (low) expect(sampling({ rate: Math.max(one, other) }).apply(record)).toBe(record);
      }),
    );
  });

  test('a trace is kept or lost as a whole by either name of its id', () => {
    fc.assert(
      fc.property(rates, ids, (rate, id) => {
        fc.pre(String(id).trim() !== '');
        const isKept = (fields: Fields, keyField?: string): boolean =>
          sampling({ rate, ...(keyField === undefined ? {} : { keyField }) }, () => 1).apply(
            fixture.record(fields),
          ) !== undefined;

        expect(isKept({ trace_id: id })).toBe(isKept({ traceId: id }));
        expect(isKept({ trace_id: 'other', traceId: id })).toBe(isKept({ traceId: id }));
        // By another field, chance decides, which is against it here.
        expect(isKept({ trace_id: id }, 'requestId')).toBe(false);
      }),
    );
  });

  test('a trace is kept or lost as a whole in either form of its id', () => {
    const digits = fc.stringMatching(/^[0-9a-f]{32}$/);
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 90 }), digits, (percent, hex) => {
        const isKept = (id: string): boolean =>
          sampling({ rate: percent / 100 }).apply(fixture.record({ traceId: id })) !== undefined;

        expect(isKept(`1-${hex.slice(0, 8)}-${hex.slice(8)}`)).toBe(isKept(hex));
      }),
    );
  });

  test('errors pass at every rate', () => {
    fc.assert(
      fc.property(rates, ids, fc.constantFrom('error', 'fatal'), (rate, traceId, level) => {
        const record = fixture.record({ traceId }, level);
        expect(sampling({ rate }).apply(record)).toBe(record);
      }),
    );
  });
});

function seeds(): fc.Arbitrary<[number, number]> {
  return fc.tuple(fc.nat(), fc.nat());
}

/** Four standard deviations of a binomial share: one in sixteen thousand samples is further off. */
const tolerance = (rate: number, count: number): number => 4 * Math.sqrt((rate * (1 - rate)) / count);

describe.each([0.01, 0.1, 0.5, 0.9])('of 20,000 records, a rate of %d keeps its share', (rate) => {
  const count = 20_000;
  const shareKept = (traceIdOf: (index: number) => unknown): number => {
    const records = Array.from({ length: count }, (_, index) =>
      fixture.record({ traceId: traceIdOf(index) }),
    );
    return passed(sampling({ rate }, seeded(7)), records).length / count;
  };

  test('by trace', () => {
    expect(Math.abs(shareKept((index) => `trace-${index}`) - rate)).toBeLessThan(tolerance(rate, count));
  });

  test('by chance', () => {
    expect(Math.abs(shareKept(() => undefined) - rate)).toBeLessThan(tolerance(rate, count));
  });
});

test('a rate of 1 keeps all and a rate of 0 none but the errors', () => {
  const records = [...LEVELS.map((level) => fixture.record({}, level)), fixture.record({ traceId: 't' })];
  const almostOne = (): number => 1 - Number.EPSILON;

  expect(passed(sampling({ rate: 1 }, almostOne), records)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(
    passed(
      sampling({ rate: 0 }, () => 0),
      records,
    ),
  ).toEqual([4, 5]);
  expect(
    passed(
      sampling({ rate: 0, alwaysLevel: 'warn' }, () => 0),
      records,
    ),
  ).toEqual([3, 4, 5]);
  expect(
    passed(
      sampling({ rate: 0, alwaysLevel: 'silent' }, () => 0),
      records,
    ),
  ).toEqual([]);
});

test.each([
  [0.249, true],
  [0.25, false],
  [0.251, false],
])('chance %d at a rate of 0.25: %s', (chance, isKept) => {
  expect(sampling({ rate: 0.25 }, () => chance).apply(fixture.record()) !== undefined).toBe(isKept);
});

test('the field may be nested, and is the trace id unless another is named', () => {
  const never = (): never => {
    throw new Error('chance was asked');
  };
  const values = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const kept = values.flatMap((id, index) => (shareOf(id) < 0.5 ? [index] : []));
  const byRequest = sampling({ rate: 0.5, keyField: 'request.id' }, never);
  const byTrace = sampling({ rate: 0.5 }, never);

  expect(kept.length).toBeGreaterThan(0);
  expect(kept.length).toBeLessThan(values.length);
  expect(
    passed(
      byRequest,
      values.map((id) => fixture.record({ request: { id } })),
    ),
  ).toEqual(kept);
  expect(
    passed(
      byTrace,
      values.map((traceId) => fixture.record({ traceId })),
    ),
  ).toEqual(kept);
});
