import * as fc from 'fast-check';
import { LEVELS } from '../../../contract/levels.js';
import type { LogRecord } from '../../../runtime/log-record.js';
import { formatLine } from '../../../runtime/serialize/line.js';
import { codePoint } from '../../support/code-point.js';

const record: LogRecord = { timeMs: 0, level: 'info', message: 'hi', fields: [] };

const awkwardKeys = ['timestamp', 'level', 'message', 'err', 'error', '__proto__', 'constructor', 'toJSON'];

const dictionaries = fc.dictionary(fc.oneof(fc.string(), fc.constantFrom(...awkwardKeys)), fc.jsonValue());

const records: fc.Arbitrary<LogRecord> = fc.record({
  timeMs: fc.date({ noInvalidDate: true }).map(Number),
  level: fc.constantFrom(...LEVELS),
  message: fc.string({ unit: codePoint }),
  fields: fc.array(dictionaries, { maxLength: 3 }),
});

/** The later of two members wins; the line's own names get an underscore. */
function expected({ timeMs, level, message, fields }: LogRecord): unknown {
  const members = fields.flatMap((each) => Object.entries(each));
  return JSON.parse(
    JSON.stringify({
      timestamp: new Date(timeMs).toISOString(),
      level,
      message,
      ...Object.fromEntries(
        members.map(([key, value]) => [/^(timestamp|level|message)$/.test(key) ? `_${key}` : key, value]),
      ),
    }),
  );
}

test('a line is one line, and parses back to what was logged', () => {
  fc.assert(
    fc.property(records, (logged) => {
      const line = formatLine(logged);

      expect(line).not.toMatch(/[\n\r]/);
      expect(JSON.parse(line)).toEqual(expected(logged));
    }),
  );
});

test('a line is what JSON.stringify makes of it: no spaces, no needless escapes', () => {
  const line = formatLine({
    ...record,
    message: 'grüße "du" 🚀',
    fields: [{ path: '/a', nested: { a: [1, null] } }],
  });

  expect(line).toBe(
    '{"timestamp":"1970-01-01T00:00:00.000Z","level":"info","message":"grüße \\"du\\" 🚀",' +
      '"path":"/a","nested":{"a":[1,null]}}',
  );
});

test('the time is RFC 3339 in UTC, with milliseconds', () => {
  const times = [0, 999, 1_795_334_400_123].map(
    (timeMs) => JSON.parse(formatLine({ ...record, timeMs })).timestamp,
  );

  expect(times).toEqual(['1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.999Z', '2026-11-22T08:00:00.123Z']);
});

test("the line's own members cannot be replaced: such fields are kept with an underscore", () => {
  const own = { timestamp: 1, level: 2, message: 3 };

  expect(JSON.parse(formatLine({ ...record, fields: [own] }))).toEqual({
    timestamp: '1970-01-01T00:00:00.000Z',
    level: 'info',
    message: 'hi',
    _timestamp: 1,
    _level: 2,
    _message: 3,
  });
});

test('only members of its own make a field', () => {
  const inherited = Object.create({ a: 1 }) as object;
  const hidden = Object.defineProperty({}, 'b', { value: 1, enumerable: false });
  const all = [inherited, hidden, { [Symbol('c')]: 1 }];

  expect(formatLine({ ...record, fields: all.map((each) => Object.assign(each, { own: 1 })) })).toBe(
    formatLine({ ...record, fields: [{ own: 1 }] }),
  );
});

test('what has no member to show is marked', () => {
  expect(formatLine({ ...record, fields: [{ [Symbol('c')]: 1 }] })).toBe(
    formatLine({ ...record, fields: [{ value: '[Object]' }] }),
  );
});

test('later fields win, and keep the place of the first', () => {
  const line = formatLine({
    ...record,
    fields: [
      { a: 1, b: 1 },
      { c: 2, a: 2 },
    ],
  });

  expect(line).toMatch(/"message":"hi","a":2,"b":1,"c":2}$/);
});

test('values speak for themselves where they can', () => {
  const date = new Date(0);
  const url = new URL('http://host/path');
  const money = { cents: 5, toJSON: () => '0.05' };

  expect(JSON.parse(formatLine({ ...record, fields: [{ date, url, money }] }))).toMatchObject({
    date: '1970-01-01T00:00:00.000Z',
    url: 'http://host/path',
    money: '0.05',
  });
});

test('err is the field error if it is one, and itself otherwise', () => {
  const line = formatLine({ ...record, fields: [{ err: new Error('e') }, { a: 1 }] });

  expect(JSON.parse(line)).toMatchObject({ error: { type: 'Error', message: 'e' }, a: 1 });
  expect(JSON.parse(line)).not.toHaveProperty('err');
  expect(JSON.parse(formatLine({ ...record, fields: [{ err: 'text' }] }))).toMatchObject({ err: 'text' });
});

test('a field may have the name of the prototype', () => {
  const parsed = JSON.parse('{"__proto__":{"a":1}}') as LogRecord['fields'][number];

  expect(formatLine({ ...record, fields: [parsed] })).toMatch(/"message":"hi","__proto__":\{"a":1\}\}$/);
});

// A sink is public, and so is what may be written to it.
test('a time that is none is no reason to throw', () => {
  expect(() => formatLine({ ...record, timeMs: Number.NaN })).not.toThrow();
});
