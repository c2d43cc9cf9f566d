import * as fc from 'fast-check';
import { surelyFits } from '../../../runtime/filter/size-bound.js';
import type { Fields, LogRecord } from '../../../runtime/log-record.js';
import { lineOf } from '../../../runtime/serialize/line.js';
import { hostileValues } from '../../support/hostile.js';
import { FilterFixture } from './fixture.js';

const fixture = new FilterFixture();
const bytesOf = (record: LogRecord): number => Buffer.byteLength(lineOf(record));

const anything = fc.anything({
  maxDepth: 4,
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withSparseArray: true,
  withTypedArray: true,
});
const errors = fc
  .record({ message: fc.string(), extra: anything })
  .map(({ message, extra }) => Object.assign(new Error(message, { cause: extra }), { extra }));
const texts = fc.string({ unit: 'binary' });
const names = fc.oneof(texts, fc.constantFrom('level', 'timestamp', 'message', 'err', '__proto__', 'toJSON'));
const fieldSets = fc.array(fc.dictionary(names, fc.oneof(anything, errors, texts)), { maxLength: 3 });
const records = fc
  .record({ message: texts, fields: fieldSets })
  .map(({ message, fields }) => ({ ...fixture.record({}, 'error', message), fields }));

test('law: what surely fits does', () => {
  fc.assert(
    fc.property(records, fc.integer({ min: 100, max: 2_000 }), (record, maxBytes) => {
      if (surelyFits(record, maxBytes)) expect(bytesOf(record)).toBeLessThanOrEqual(maxBytes);
    }),
    { numRuns: 500 },
  );
});

const longest = -1.2345678901234567e-6;

test.each<[string, unknown]>([
  ['escapes', '\u0001'.repeat(1_000)],
  ['lone surrogates', '\uD800'.repeat(1_000)],
  ['long numbers', Array.from({ length: 1_000 }, () => longest)],
  ['undefined in lists', Array.from({ length: 1_000 })],
  ['empty objects', Array.from({ length: 1_000 }, () => ({}))],
  ['empty lists', Array.from({ length: 1_000 }, () => [])],
  ['short members', Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [index, '']))],
  ['escaped names', { ['\u0001'.repeat(1_000)]: false }],
  ['an error', new Error('\u0001'.repeat(1_000))],
])('of %s, the least limit at which they surely fit is not below their size', (_name, value) => {
  const record = fixture.record({ value });
  const bytes = bytesOf(record);

  expect(surelyFits(record, bytes - 1)).toBe(false);
  expect(surelyFits(record, bytes * 20)).toBe(true);
});

test.each<[string, unknown]>([
  ['toJSON', { toJSON: () => 'x'.repeat(1_000) }],
  ['an inherited toJSON', new Date(0)],
  ['a boxed text', Object('x'.repeat(1_000))],
  ['a function with toJSON', Object.assign(() => 1, { toJSON: () => 'x'.repeat(1_000) })],
  ['a BigInt', 2n ** 4_000n],
])('%s is not looked into', (_name, value) => {
  expect(surelyFits(fixture.record({ nested: { value } }), 1_000_000)).toBe(false);
});

test('an ordinary record surely fits into a few kilobytes', () => {
  const record = fixture.record(
    { service: 'api', traceId: '4bf92f3577b34da6a3ce929d0e0e4736', user: { id: 7, roles: ['a', 'b'] } },
    'info',
    'order placed',
  );

  expect(surelyFits(record, 1_000)).toBe(true);
});

test('looking ends where the room ends, however large a value is', () => {
  let reads = 0;
  const endless = new Proxy([] as unknown[], {
    get: (_target, key) => {
      if (key === 'length') return 1e9;
      if (key === 'toJSON') return undefined;
      reads++;
      return null;
    },
  });

  expect(surelyFits(fixture.record({ endless }), 1_000)).toBe(false);
  expect(reads).toBeLessThan(200);
});

test.each(hostileValues)('it does not throw for %s', (_name, make) => {
  const value = make();
  expect(() => surelyFits(fixture.record({ value }), 1_000)).not.toThrow();
  if (typeof value !== 'object' || value === null) return;
  expect(() => surelyFits({ ...fixture.record(), fields: [value as Fields] }, 1_000)).not.toThrow();
});
