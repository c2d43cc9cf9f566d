import * as fc from 'fast-check';
import { MAX_MESSAGE_BYTES } from '../../../contract/limits.js';
import { membersOfLine, shrunkMembers, type Members } from '../../../runtime/serialize/truncate.js';
import { texts } from '../../support/events.js';
import { nested } from '../../support/hostile.js';

/** The least room in which a line can say that it was cut. */
const LEAST = Buffer.byteLength(JSON.stringify({ truncatedFromBytes: 1e9 }));

const MIB = 1_048_576;
const AT = '2026-01-15T12:00:00.000Z';

const bytesOf = (text: string): number => Buffer.byteLength(text);
const shrunk = (members: Members, maxBytes: number, preserved: readonly string[] = []): string =>
  JSON.stringify(shrunkMembers(members, bytesOf(JSON.stringify(members)), maxBytes, preserved));
const truncated = (line: string, maxBytes: number): string =>
  JSON.stringify(shrunkMembers(membersOfLine(line), bytesOf(line), maxBytes));
const parsed = (line: string): Record<string, unknown> => JSON.parse(line) as Record<string, unknown>;
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const numbered = (count: number): Members =>
  Object.fromEntries(numbers(count).map((each) => [`k${each}`, each]));

/** Lengths that make cutting necessary, in text of every kind. */
const longTexts = fc.tuple(texts, fc.integer({ min: 1, max: 40 })).map(([text, times]) => text.repeat(times));

const values = fc.oneof(
  longTexts,
  fc.jsonValue({ maxDepth: 6 }),
  fc.array(longTexts),
  fc.nat(400).map(numbers),
  fc.nat(400).map(numbered),
  fc.integer({ min: 90, max: 500 }).map(nested),
);

const errors = fc.record(
  {
    type: fc.constant('TypeError'),
    message: longTexts,
    stack: longTexts,
    code: longTexts,
    cause: fc.oneof(longTexts, fc.record({ type: longTexts, message: longTexts, other: values })),
    own: values,
  },
  { requiredKeys: ['type', 'message'] },
);

/** Lines of our own, with anything in them. */
const ownLines = fc
  .record({
    own: fc.record(
      { message: longTexts, error: fc.oneof(errors, longTexts), requestId: longTexts, traceId: longTexts },
      { requiredKeys: ['message'] },
    ),
    // Names can be long, too.
    fields: fc.dictionary(fc.oneof(fc.string(), longTexts), values),
  })
  .map(({ own, fields }) => ({ ...fields, timestamp: AT, level: 'error', ...own }));

/** Lines of anybody. */
const lines = fc.oneof(
  ownLines,
  fc.dictionary(fc.string(), values),
  fc.dictionary(longTexts, fc.integer()),
  values.map((value) => ({ message: 'm', value })),
);

const paths = fc.array(
  fc.constantFrom('requestId', 'traceId', 'error', 'error.own', 'error.cause.message', 'absent'),
);

describe('laws', () => {
  test('a line that does not fit comes to fit, is an object, and says how long it was', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: LEAST, max: 3_000 }), paths, (members, maxBytes, preserved) => {
        const line = JSON.stringify(members);
        fc.pre(bytesOf(line) > maxBytes);
        for (const cut of [truncated(line, maxBytes), shrunk(members, maxBytes, preserved)]) {
          expect(bytesOf(cut)).toBeLessThanOrEqual(maxBytes);
          expect(parsed(cut)['truncatedFromBytes']).toBe(bytesOf(line));
        }
      }),
      { numRuns: 500 },
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
        fc.pre(bytesOf(JSON.stringify({ message: line })) > maxBytes);
        const cut = truncated(line, maxBytes);
        expect(bytesOf(cut)).toBeLessThanOrEqual(maxBytes);
        expect(parsed(cut)['truncatedFromBytes']).toBe(bytesOf(line));
      }),
    );
  });

  test('of 200 bytes, time and level stay; of 1 KiB, type and message of the error', () => {
    fc.assert(
      fc.property(ownLines, fc.integer({ min: 200, max: 3_000 }), (members, maxBytes) => {
        const cut = parsed(shrunk(members, maxBytes)) as Partial<typeof members>;
        expect(cut).toMatchObject({ timestamp: AT, level: 'error' });
        if (maxBytes < 1_024 || typeof members.error !== 'object') return;
        const { type, message } = members.error;
        const [head = ''] = message;
        expect(cut.error).toMatchObject({ type, message: expect.any(String) as string });
        expect((cut.error as typeof members.error).message.startsWith(head)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test('if one member is huge, all others are whole, it is named, and the room is used', () => {
    const small = fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 6 });
    const huge = fc.constantFrom(
      ['x'.repeat(50_000)],
      ['message', '€'.repeat(20_000)],
      ['huge', numbers(20_000)],
    );
    fc.assert(
      fc.property(small, huge, (others, [name = '', value = name]) => {
        const members = { message: 'm', ...others, [name.slice(0, 8)]: value };
        const sizes = Object.values(others).map((each) => bytesOf(JSON.stringify(each)));
        fc.pre(sizes.every((size) => size < 500) && bytesOf(JSON.stringify(others)) < 2_000);
        const line = shrunk(members, 10_000);
        const { [name.slice(0, 8)]: cut, truncatedFields, truncatedFromBytes, ...rest } = parsed(line);
        const { [name.slice(0, 8)]: whole, ...expected } = members as Members;
        expect(rest).toEqual(JSON.parse(JSON.stringify(expected)));
        expect(cut).not.toEqual(whole);
        expect(truncatedFields).toEqual([name.slice(0, 8)]);
        expect(truncatedFromBytes).toBe(bytesOf(JSON.stringify(members)));
        expect(bytesOf(line)).toBeGreaterThan(9_900);
      }),
    );
  });

  test('every member that is not as it was is named, and no other', () => {
    const few = fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), longTexts, { minKeys: 1, maxKeys: 6 });
    fc.assert(
      fc.property(few, fc.integer({ min: 400, max: 2_000 }), (members, maxBytes) => {
        const whole = parsed(JSON.stringify(members));
        const { truncatedFields = [], ...cut } = parsed(shrunk(members, maxBytes));
        const other = Object.keys(whole).filter((name) => cut[name] !== whole[name]);
        expect(new Set(truncatedFields as string[])).toEqual(new Set(other));
      }),
    );
  });
});

describe('the room is used', () => {
  const whole = JSON.stringify({ level: 'info', message: 'm'.repeat(5_000), short: 'kept' });

  test.each([999, 1_000, 1_001])('one ASCII string in %d bytes fills them', (maxBytes) => {
    const cut = truncated(whole, maxBytes);
    expect(bytesOf(cut)).toBe(maxBytes);
    expect(parsed(cut)).toMatchObject({ level: 'info', short: 'kept', truncatedFromBytes: bytesOf(whole) });
  });

  test('a record 18 % over the limit keeps most of itself', () => {
    const rows = Array.from({ length: 12_500 }, (_, id) => ({
      id,
      name: 'n'.repeat(50),
      tags: ['a', 'b'],
      ok: true,
    }));
    const members = {
      timestamp: AT,
      level: 'info',
      message: 'm',
      user: { id: 7, roles: ['admin'] },
      rows,
      last: 'z',
    };
    const bytes = bytesOf(JSON.stringify(members));
    expect(bytes / MAX_MESSAGE_BYTES).toBeCloseTo(1.18, 1);

    const line = shrunk(members, MAX_MESSAGE_BYTES);
    const { rows: cut, ...others } = parsed(line) as { rows: unknown[] };
    expect(bytesOf(line)).toBeGreaterThan(0.99 * MAX_MESSAGE_BYTES);
    expect(cut.slice(0, -1)).toEqual(rows.slice(0, cut.length - 1));
    expect(cut.at(-1)).toBe(`[cut: ${rows.length - cut.length + 1} more items]`);
    const { rows: _rows, ...rest } = members;
    expect(others).toEqual({ ...rest, truncatedFromBytes: bytes, truncatedFields: ['rows'] });
  });
});

describe('the error that the line is about', () => {
  const error = {
    type: 'QueryError',
    message: 'boom',
    stack: 'QueryError: boom\n  at query',
    code: 'E_QUERY',
  };

  test.each(['error', 'err'])('stays whole where its own members are many: %s', (name) => {
    const members = {
      timestamp: AT,
      level: 'error',
      message: 'c',
      [name]: { ...error, rows: numbers(400_000) },
    };
    const { [name]: cut, ...others } = parsed(shrunk(members, MAX_MESSAGE_BYTES)) as Record<
      string,
      { rows: unknown[] }
    >;
    const { rows, ...rest } = cut!;
    expect(rest).toEqual(error);
    expect(rows.length).toBeGreaterThan(150_000);
    expect(rows.at(-1)).toBe(`[cut: ${400_001 - rows.length} more items]`);
    expect(others).toMatchObject({ message: 'c', truncatedFields: [`${name}.rows`] });
  });

  test('shrinks after all other large members, to the head of its stack', () => {
    const cause = { type: 'Error', message: 'ECONNRESET', stack: 's'.repeat(2_000) };
    const long = { ...error, stack: `${error.stack}${'\n  at frame'.repeat(1_000)}`, cause };
    const cut = parsed(shrunk({ message: 'failed', error: long, body: 'b'.repeat(5_000) }, 1_024));
    expect(cut).toMatchObject({
      message: 'failed',
      error: {
        ...error,
        stack: expect.stringMatching(
          /^QueryError: boom\n {2}at query(\n.*)*…\[cut: \d+ characters\]$/,
        ) as string,
        cause: { type: 'Error', message: 'ECONNRESET' },
      },
      truncatedFields: ['error.stack', 'error.cause', 'body'],
    });
    expect(cut['body']).toMatch(/^b{0,40}…\[cut: \d+ characters\]$/);
  });

  test('message and stack can be of megabytes', () => {
    const message = 'e'.repeat(3 * MIB);
    const members = {
      message,
      error: { ...error, message, stack: `Error: ${message}` },
      user: { id: 7 },
      rows: numbers(9),
    };
    const line = shrunk(members, MAX_MESSAGE_BYTES);
    const cut = parsed(line) as typeof members;
    expect(bytesOf(line)).toBeGreaterThan(0.99 * MAX_MESSAGE_BYTES);
    expect(cut).toMatchObject({
      user: { id: 7 },
      rows: numbers(9),
      error: { type: 'QueryError', code: 'E_QUERY' },
    });
    for (const text of [cut.message, cut.error.message, cut.error.stack])
      expect(text.length).toBeGreaterThan(340_000);
    expect(cut).toHaveProperty('truncatedFields', ['message', 'error.message', 'error.stack']);
  });
});

describe('what nobody expects', () => {
  test('100,000 small members: the first stay, and the others are counted', () => {
    const line = shrunk({ ...numbered(100_000), message: 'm' }, 100_000);
    const { truncatedFields, message } = parsed(line) as { truncatedFields: string[]; message: string };
    expect(bytesOf(line)).toBeGreaterThan(99_000);
    expect(message).toBe('m');
    expect(parsed(line)['k0']).toBe(0);
    expect(truncatedFields.at(-1)).toMatch(/^\[cut: 9\d{4} more items\]$/);
    expect(bytesOf(JSON.stringify(truncatedFields))).toBeLessThanOrEqual(1_024);
  });

  test('a name of 2 MiB leaves with its member, and no other does', () => {
    const members = { message: 'm', ['n'.repeat(2 * MIB)]: 1, text: 't'.repeat(2 * MIB), id: 7 };
    const line = shrunk(members, MAX_MESSAGE_BYTES);
    expect(bytesOf(line)).toBeGreaterThan(0.99 * MAX_MESSAGE_BYTES);
    expect(parsed(line)).toMatchObject({
      message: 'm',
      id: 7,
      text: expect.stringMatching(/^t+…\[cut: \d+ characters\]$/) as string,
      truncatedFields: [expect.stringMatching(/^n+…\[cut: \d+ characters\]$/) as string, 'text'],
    });
  });

  test('5,000 levels of a foreign line', () => {
    const line = `{"message":"m","deep":${'['.repeat(5_000)}${']'.repeat(5_000)},"text":"${'x'.repeat(2 * MIB)}"}`;
    const cut = truncated(line, MAX_MESSAGE_BYTES);
    expect(bytesOf(cut)).toBe(MAX_MESSAGE_BYTES);
    expect(cut).toContain(`${'['.repeat(99)}"[nested too deeply]"${']'.repeat(99)}`);
    expect(parsed(cut)).toMatchObject({ message: 'm', truncatedFields: ['text'] });
  });

  test('members without a prototype, and one called __proto__', () => {
    const members = Object.assign(Object.create(null), { text: 'x'.repeat(2_000) }) as Record<
      string,
      unknown
    >;
    members['__proto__'] = { polluted: true };
    const cut = shrunk(members, 1_000);
    expect(cut).toContain('"__proto__":{"polluted":true}');
    expect(bytesOf(cut)).toBe(1_000);
  });
});

describe('preserved members', () => {
  const id = 'i'.repeat(300);
  const members = { message: 'm'.repeat(2_000), order: { id, note: 'n'.repeat(2_000) }, requestId: id };

  test('are whole, and those beside them shrink', () => {
    expect(parsed(shrunk(members, 1_500, ['order.id', 'requestId']))).toMatchObject({
      message: expect.stringMatching(/^m+…\[cut: \d+ characters\]$/) as string,
      order: { id, note: expect.stringMatching(/^n*…\[cut: \d+ characters\]$/) as string },
      requestId: id,
      truncatedFields: ['message', 'order.note'],
    });
  });

  test('can be named with what they are in', () => {
    const cut = parsed(shrunk(members, 3_500, ['order.id', 'order']));
    expect(cut).toMatchObject({ order: members.order, requestId: id, truncatedFields: ['message'] });
  });

  test('leave whole from the end of the list, and are named', () => {
    const cut = parsed(shrunk(members, 600, ['requestId', 'order.id']));
    expect(cut).toMatchObject({ requestId: id, truncatedFields: ['message', 'order'] });
    expect(cut).not.toHaveProperty('order');
  });
});

test('where nothing else fits, the line says that it was there', () => {
  const line = JSON.stringify({ message: 'm'.repeat(100), level: 'info' });
  expect(truncated(line, LEAST)).toBe(`{"truncatedFromBytes":${bytesOf(line)}}`);
});

test('text of a foreign logger becomes the message', () => {
  for (const text of ['plain', '[1,2]', 'null']) {
    expect(parsed(truncated(text, 1_000))).toEqual({ message: text, truncatedFromBytes: text.length });
  }
  expect(parsed(truncated('x'.repeat(1_000), 200))).toEqual({
    message: expect.stringMatching(/^x+…\[cut: \d+ characters\]$/) as string,
    truncatedFromBytes: 1_000,
    truncatedFields: ['message'],
  });
});

test('members that have the names of our own give way', () => {
  const members = { truncatedFromBytes: 'mine', truncatedFields: 'mine', message: 'm'.repeat(1_000) };
  const cut = shrunk(members, 500);
  expect(parsed(cut)).toMatchObject({
    truncatedFromBytes: bytesOf(JSON.stringify(members)),
    truncatedFields: ['message'],
  });
});
