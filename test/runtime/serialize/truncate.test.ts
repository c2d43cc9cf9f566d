import * as fc from 'fast-check';
import { truncated } from '../../../runtime/serialize/truncate.js';
import { texts } from '../../support/events.js';

/** The least room in which a line can say that it was cut. */
const LEAST = Buffer.byteLength(JSON.stringify({ truncatedFromBytes: 1e9 }));

const bytesOf = (text: string): number => Buffer.byteLength(text);
const parsed = (line: string): Record<string, unknown> => JSON.parse(line) as Record<string, unknown>;

/** Lengths that make cutting necessary, in text of every kind. */
const longTexts = fc.tuple(texts, fc.integer({ min: 1, max: 40 })).map(([text, times]) => text.repeat(times));

const members = fc.oneof(
  fc.dictionary(fc.string(), fc.oneof(longTexts, fc.jsonValue())),
  fc.jsonValue({ maxDepth: 6 }).map((value) => ({ message: 'm', value })),
  // Many small members.
  fc
    .nat(400)
    .map((count) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, index]))),
  // The members of our own lines.
  fc.record({
    timestamp: fc.constant('2026-01-15T12:00:00.000Z'),
    level: fc.constant('error'),
    message: longTexts,
    error: fc.record({ stack: longTexts, cause: fc.record({ message: longTexts }) }),
  }),
  // Long names.
  fc.dictionary(longTexts, fc.integer()),
  fc.array(longTexts).map((items) => ({ message: items.join(''), items: [items, [items]] })),
);

describe('laws', () => {
  test('a cut line fits, parses to an object, and says from how many bytes it was cut', () => {
    fc.assert(
      fc.property(members, fc.integer({ min: LEAST, max: 2_000 }), (value, maxBytes) => {
        const line = JSON.stringify(value);
        fc.pre(bytesOf(line) > maxBytes);
        const cut = truncated(line, maxBytes);
        expect(bytesOf(cut)).toBeLessThanOrEqual(maxBytes);
        expect(parsed(cut)['truncatedFromBytes']).toBe(bytesOf(line));
      }),
      { numRuns: 400 },
    );
  });

  test('so does any text that is no JSON object', () => {
    const others = fc.oneof(
      longTexts,
      fc.array(fc.jsonValue()).map((value) => JSON.stringify(value)),
      fc.string().map((text) => `{${text}`),
    );
    fc.assert(
      fc.property(others, fc.integer({ min: LEAST, max: 500 }), (line, maxBytes) => {
        const cut = truncated(line, maxBytes);
        expect(bytesOf(cut)).toBeLessThanOrEqual(maxBytes);
        expect(parsed(cut)['truncatedFromBytes']).toBe(bytesOf(line));
      }),
    );
  });

  test('where only strings are long, every member stays, and each string is a beginning of what it was', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ maxLength: 5 }), longTexts, { minKeys: 1, maxKeys: 5 }),
        (strings) => {
          const value = { ...strings, number: 7 };
          const line = JSON.stringify(value);
          const keys = JSON.stringify({
            ...Object.fromEntries(Object.keys(value).map((key) => [key, ''])),
            truncatedFromBytes: 1e9,
          });
          const maxBytes = bytesOf(keys) + 10 * Object.keys(strings).length;
          fc.pre(bytesOf(line) > maxBytes && !Object.hasOwn(strings, 'number'));
          const cut = parsed(truncated(line, maxBytes));
          expect(Object.keys(cut)).toEqual([...Object.keys(value), 'truncatedFromBytes']);
          for (const [key, text] of Object.entries(strings)) {
            const now = cut[key] as string;
            if (now !== text) expect(now.endsWith('…[cut]')).toBe(true);
            if (now !== text) expect(text.startsWith(now.slice(0, -'…[cut]'.length))).toBe(true);
          }
        },
      ),
    );
  });

  test('where it would fit with the mark, nothing is cut', () => {
    fc.assert(
      fc.property(members, (value) => {
        const line = JSON.stringify(value);
        const whole = truncated(line, 1_000_000);
        expect(parsed(whole)).toEqual({ ...parsed(line), truncatedFromBytes: bytesOf(line) });
      }),
    );
  });
});

describe('the room is used', () => {
  const line = JSON.stringify({ level: 'info', message: 'm'.repeat(5_000), short: 'kept' });

  test.each([999, 1_000, 1_001])('one ASCII string in %d bytes fills them', (maxBytes) => {
    const cut = truncated(line, maxBytes);
    expect(bytesOf(cut)).toBe(maxBytes);
    expect(parsed(cut)).toMatchObject({ level: 'info', short: 'kept', truncatedFromBytes: bytesOf(line) });
  });

  test('the longest string gives way first, and equals share', () => {
    const value = { a: 'a'.repeat(50), b: 'b'.repeat(4_000), c: { d: 'd'.repeat(4_000) } };
    const cut = parsed(truncated(JSON.stringify(value), 1_000));
    const { a, b, c } = cut as unknown as typeof value;
    expect(a).toBe(value.a);
    expect(b).toHaveLength(c.d.length);
    expect(bytesOf(JSON.stringify(cut))).toBeGreaterThanOrEqual(998);
  });
});

test('escapes and several bytes a character count as they are written', () => {
  for (const character of ['"', '\u0000', 'é', '€', '😀', '\ud83d']) {
    const cut = truncated(JSON.stringify({ message: character.repeat(3_000) }), 500);
    expect(bytesOf(cut)).toBeGreaterThan(500 - 6);
    expect(bytesOf(cut)).toBeLessThanOrEqual(500);
    const { message } = parsed(cut) as { message: string };
    expect(message.slice(0, -6)).toBe(character.repeat((message.length - 6) / character.length));
  }
});

test('where strings alone are not enough, what tells the event apart stays', () => {
  const essentials = {
    timestamp: '2026-01-15T12:00:00.000Z',
    level: 'error',
    message: 'm'.repeat(900),
    service: 'api',
    requestId: 'r-1',
    traceId: 't-1',
  };
  const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`k${index}`, index]));
  const line = JSON.stringify({ ...essentials, ...many });
  expect(parsed(truncated(line, 500))).toEqual({
    ...essentials,
    message: expect.stringMatching(/^m{290,350}…\[cut\]$/),
    truncatedFromBytes: bytesOf(line),
  });
});

test('where not even that fits, the line says that it was there', () => {
  const line = JSON.stringify({ message: 'm'.repeat(100), level: 'info' });
  expect(truncated(line, LEAST)).toBe(`{"truncatedFromBytes":${bytesOf(line)}}`);
});

test('text of a foreign logger becomes the message', () => {
  expect(truncated('plain', 1_000)).toBe('{"message":"plain","truncatedFromBytes":5}');
  expect(truncated('[1,2]', 1_000)).toBe('{"message":"[1,2]","truncatedFromBytes":5}');
  expect(truncated('null', 1_000)).toBe('{"message":"null","truncatedFromBytes":4}');
});

test('a member of that name is replaced, and one called __proto__ is one like any other', () => {
  const line = '{"truncatedFromBytes":"mine","__proto__":{"polluted":true},"message":"m"}';
  const cut = truncated(line, 1_000);
  expect(parsed(cut)['truncatedFromBytes']).toBe(bytesOf(line));
  expect(cut).toContain('"__proto__":{"polluted":true}');
});
