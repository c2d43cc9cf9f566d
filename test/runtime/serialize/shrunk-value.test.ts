import * as fc from 'fast-check';
import { partOf } from '../../../runtime/serialize/part.js';
import { MARK_BYTES } from '../../../runtime/serialize/shares.js';
import { put, shrunkValue } from '../../../runtime/serialize/shrunk-value.js';
import { texts } from '../../support/events.js';
import { codePoint } from '../../support/code-point.js';

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

function shrunk(value: unknown, room: number): unknown {
  return JSON.parse(JSON.stringify(shrunkValue(partOf(value), room))) as unknown;
}

test('a larger value of any kind fits into the room of a mark or more', () => {
  const values = fc.oneof(
    fc.tuple(texts, fc.integer({ min: 1, max: 40 })).map(([text, times]) => text.repeat(times)),
    fc.array(fc.jsonValue({ maxDepth: 5 })),
    fc.dictionary(fc.string({ unit: codePoint, maxLength: 60 }), fc.jsonValue({ maxDepth: 5 })),
    fc.array(fc.string({ maxLength: 100 }), { maxLength: 300 }),
  );
  fc.assert(
    fc.property(values, fc.integer({ min: MARK_BYTES, max: 2_000 }), (value, room) => {
      fc.pre(bytesOf(value) > room);
      expect(bytesOf(shrunk(value, room))).toBeLessThanOrEqual(room);
    }),
    { numRuns: 400 },
  );
});

test('a text becomes a head and the number of missing characters, and fills the room', () => {
  expect(shrunk('x'.repeat(1_000), 100)).toBe(`${'x'.repeat(74)}…[cut: 926 characters]`);
  expect(shrunk('x'.repeat(101), 102)).toBe(`${'x'.repeat(77)}…[cut: 24 characters]`);
});

test.each(['"', '\u0000', 'é', '€', '😀', '\ud83d'])(
  'escapes and several bytes a character count: %j',
  (character) => {
    const cut = shrunk(character.repeat(3_000), 500) as string;
    const kept = cut.slice(0, cut.indexOf('…'));
    expect(bytesOf(cut)).toBeGreaterThan(500 - 7);
    expect(kept).toBe(character.repeat(kept.length / character.length));
    expect(cut).toBe(`${kept}…[cut: ${3_000 * character.length - kept.length} characters]`);
  },
);

test('an array becomes its first items and the number of the missing', () => {
  const numbers = Array.from({ length: 400_000 }, (_, index) => index);
  expect(shrunk(numbers, 70)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, '[cut: 399987 more items]']);
  expect(shrunk(numbers, MARK_BYTES)).toEqual(['[cut: 400000 more items]']);
});

test('an object becomes its first members, and the number and names of the missing', () => {
  const object = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`key${index}`, index]));
  expect(shrunk(object, 100)).toEqual({
    key0: 0,
    key1: 1,
    key2: 2,
    key3: 3,
    key4: 4,
    key5: 5,
    '[cut]': '94 more members: key6, key7,',
  });
  expect(shrunk(object, MARK_BYTES)).toEqual({ '[cut]': '100 more members: key0, key1' });
});

test('small members stay whole wherever they are', () => {
  const small = { id: 7, list: [1, 2, 3], user: { name: 'Ada' } };
  const items = [small, { text: 'x'.repeat(5_000), small }, small];
  expect(shrunk({ items, small }, 600)).toEqual({
    items: [
      small,
      { text: expect.stringMatching(/^x{100,}…\[cut: \d+ characters\]$/) as unknown, small },
      small,
    ],
    small,
  });
});

test('parts join those of an object that is there in part', () => {
  const whole = { type: 'Cause' };
  const parts = [
    partOf(7, ['id']),
    partOf('E', ['error', 'type']),
    partOf({ rows: [1], cause: { extra: 1 } }, ['error']),
    partOf(whole, ['cause']),
  ];
  const line = { error: { cause: { type: 'C' } } };
  expect(put(line, parts)).toEqual({
    id: 7,
    error: { type: 'E', rows: [1], cause: { type: 'C', extra: 1 } },
    cause: whole,
  });
  expect(whole).toEqual({ type: 'Cause' });
});

test('a part without a share is left out', () => {
  expect(put({}, [partOf('a', ['a']), partOf('b', ['b'])], [0, 8])).toEqual({ b: 'b' });
});

describe('what was cut before is counted', () => {
  test('characters of a text', () => {
    const text = `${'x'.repeat(100)}…[cut: 900 characters]`;

    expect(shrunkValue(partOf(text), 60)).toBe(`${'x'.repeat(34)}…[cut: 966 characters]`);
  });

  test('items of a list', () => {
    const list = [...Array.from({ length: 50 }, (_, index) => index), '[cut: 950 more items]'];
    const shorter = shrunkValue(partOf(list), 60) as unknown[];

    expect(shorter.at(-1)).toBe(`[cut: ${1_000 - shorter.length + 1} more items]`);
  });
});
