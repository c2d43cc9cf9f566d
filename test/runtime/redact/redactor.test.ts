import * as fc from 'fast-check';
import { redactionSettings, SENSITIVE_KEYS } from '../../../contract/settings/redaction.js';
import type { ValuesOf } from '../../../contract/sections.js';
import { complete } from '../../../contract/settings/setting.js';
import type { Fields, LogRecord } from '../../../runtime/log-record.js';
import { nameMatcher } from '../../../runtime/serialize/key-names.js';
import { maskFor } from '../../../runtime/redact/mask.js';
import { makeRedactor } from '../../../runtime/redact/redactor.js';
import { formatLine } from '../../../runtime/serialize/line.js';
import { hostileValues, refusing } from '../../support/hostile.js';
import { within } from '../../support/within.js';

type Given = Partial<ValuesOf<'redaction'>>;

/** A redactor with these settings, and what it reports. */
function redactorWith(given: Given = {}): {
  readonly redact: (record: LogRecord) => LogRecord;
  readonly reports: string[];
} {
  const reports: string[] = [];
  const settings = { ...complete(redactionSettings, { enabled: true }), ...given };
  const { redact } = makeRedactor(settings, (code, message) => void reports.push(`${code}: ${message}`));
  return { redact, reports };
}

function recordOf(message: string, ...fields: readonly Fields[]): LogRecord {
  return { timeMs: 1_700_000_000_000, level: 'info', message, fields };
}

/** The line of what a redactor makes of a record, parsed, without time and level. */
function told(record: LogRecord, given: Given = {}): unknown {
  const {
    timestamp: _,
    level: __,
    ...rest
  } = JSON.parse(formatLine(redactorWith(given).redact(record))) as Fields;
  return rest;
}

/** Text around a secret that is no part of it. */
const prose = fc.string({
  unit: fc.constantFrom(...'abc XYZ ,;(){}"\'\\\n\té€'.split(''), '😀'),
  maxLength: 15,
});

const letters = (minLength: number, maxLength: number, unit: string): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...unit.split('')), minLength, maxLength });

const WORD = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** What a pattern hides: the secret, and the text in which it shows. */
const secretInText: fc.Arbitrary<{ readonly secret: string; readonly text: string }> = fc.oneof(
  fc
    .tuple(letters(1, 12, WORD), letters(1, 12, WORD))
    .map(([user, domain]) => `${user}@${domain}.example`)
    .map((secret) => ({ secret, text: secret })),
  fc
    .constantFrom('4111111111111111', '5555 5555 5555 4444', '3782-822463-10005', '6304000000000000')
    .map((secret) => ({ secret, text: secret })),
  letters(16, 16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')
    .map((rest) => `ASIA${rest}`)
    .map((secret) => ({ secret, text: secret })),
  letters(39, 39, `${WORD}/+`)
    .map((rest) => `${rest}A`)
    .map((secret) => ({ secret, text: `aws_secret_access_key=${secret}` })),
  letters(5, 40, `${WORD}-._~+/`)
    .map((rest) => `${rest}1x`)
    .map((secret) => ({ secret, text: `Bearer ${secret}` })),
  letters(1, 20, WORD)
    .map((password) => Buffer.from(`jane:${password}`).toString('base64'))
    .map((secret) => ({ secret, text: `Basic ${secret}` })),
  letters(8, 12, WORD)
    .map((password) => `jane:${password}`)
    .map((secret) => ({ secret, text: `https://${secret}@db.example` })),
);

const planted = fc
  .tuple(prose, secretInText, prose)
  .map(([before, { secret, text }, behind]) => ({ secret, text: `${before} ${text} ${behind}` }));

class Thing {
  readonly kind = 'thing';
}

/** Ways for a value to be inside another one. */
const wrappers: readonly ((value: unknown, name: string) => unknown)[] = [
  (value, name) => ({ before: 1, [name]: value }),
  (value) => [1, value],
  (value) => ({ toJSON: () => ({ value }) }),
  (value) => ({ toJSON: () => (typeof value === 'string' ? value : { value }) }),
  (value, name) => Object.defineProperty({}, name, { get: () => value, enumerable: true }),
  (value, name) => withMember(Object.create(null) as object, name, value),
  (value, name) => withMember(new Thing(), name, value),
  (value, name) => new Proxy(withMember({}, name, value), {}),
  (value, name) => {
    const cycle = {};
    return Object.assign(withMember(cycle, name, value), { self: cycle });
  },
  (value, name) => ({ [name]: value, big: 1n, map: new Map(), date: new Date(0) }),
  (value) => (typeof value === 'string' ? Object(value) : { value }),
];

function withMember(object: object, name: string, value: unknown): object {
  return Object.defineProperty(object, name, { value, enumerable: true });
}

const fieldName = fc.oneof(
  fc.constantFrom('a', 'text', 'message', '__proto__', 'x-y'),
  letters(1, 5, 'abcdef'),
);

/** A value at some depth. */
function nestedIn(value: unknown, ways: readonly number[], name: string): unknown {
  return ways.reduce((inner: unknown, way) => wrappers[way]!(inner, name), value);
}

const ways = fc.array(fc.nat(wrappers.length - 1), { maxLength: 8 });

/** Places for text in an error. */
const errors: readonly ((text: string) => Error)[] = [
  (text) => new Error(text),
  (text) => new TypeError('e', { cause: new Error('f', { cause: new Error(text) }) }),
  (text) => new Error('e', { cause: text }),
  (text) => new Error('e', { cause: { deep: [text] } }),
  (text) => new AggregateError([new Error(text), text]),
  (text) => Object.assign(new Error('e'), { config: { headers: [text] } }),
  (text) => Object.assign(new Error('e'), { stack: `Error: e\n    at ${text}` }),
  (text) => Object.assign(new Error('e'), { name: text, toJSON: () => ({ text }) }),
];

/** Everywhere in a record that text can stand. */
const places: fc.Arbitrary<(text: string) => LogRecord> = fc.oneof(
  fc.constant((text: string) => recordOf(text, { a: 1 })),
  fc.tuple(fieldName, ways).map(
    ([name, path]) =>
      (text: string) =>
        recordOf('m', { [name]: nestedIn(text, path, name) }),
  ),
  fc.tuple(fieldName, ways).map(
    ([name, path]) =>
      (text: string) =>
        recordOf('m', { bound: nestedIn(text, path, name) }, { a: 1 }, { b: 2 }),
  ),
  fc.tuple(fc.constantFrom('err', 'error', 'reason'), fc.constantFrom(...errors)).map(
    ([name, make]) =>
      (text: string) =>
        recordOf('m', { [name]: make(text) }, { a: 1 }),
  ),
  ways.map(
    (path) => (text: string) => recordOf('m', { names: nestedIn({ [text]: 1 }, path, 'a') }, { [text]: 1 }),
  ),
  fc.constant((text: string) =>
    recordOf('m', {
      get a(): never {
        throw new Error(text);
      },
    }),
  ),
);

describe('the laws', () => {
  test('a secret that a pattern knows never gets into the line, wherever it is', () => {
    const { redact, reports } = redactorWith();

    fc.assert(
      fc.property(planted, places, ({ secret, text }, place) => {
        const line = formatLine(redact(place(text)));

        expect(line).not.toContain(secret);
        expect(line).toMatch(/\[redacted\]|\*\*\*/);
        expect(reports).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a value under a sensitive name never gets into the line, at any depth and in any spelling', () => {
    const { redact } = redactorWith();
    const names = [
      'password',
      'PASSWORD',
      'api_key',
      'apiKey',
      'API-KEY',
      'Set-Cookie',
      'secretAccessKey',
      'token',
    ];
    const value = fc.constantFrom<(text: string) => unknown>(
      (text) => text,
      (text) => [{ deep: text }],
      (text) => ({ toJSON: () => text }),
      (text) => new Error(text),
    );

    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        value,
        ways,
        fieldName,
        fc.nat(2),
        (name, make, path, outer, list) => {
          // GIVEN
          const fields: Fields[] = [{ x1: 1 }, { x2: 1 }, { x3: 1 }];
          fields[list] = { [outer]: nestedIn({ [name]: make('hunter2'), kept: 'kept' }, path, 'x') };

          // WHEN
          const line = formatLine(redact(recordOf('m', ...fields)));

          // THEN
          expect(line).not.toContain('hunter2');
          expect(line).toContain(`${JSON.stringify(name)}:"[redacted]"`);
          expect(line).toContain('"kept":"kept"');
        },
      ),
      { numRuns: 500 },
    );
  });

  test('a record without secrets makes the same line as before', () => {
    const { redact } = redactorWith({ paths: ['not.there', '*.nowhere[*].x'] });
    const kinds = { withNullPrototype: true, withDate: true, withMap: true, withSparseArray: true };
    const text = fc.string().map((any) => any.replaceAll('@', ''));
    // Chance makes short names such as `cvv`, too; what they name is hidden, and what follows them in a pair or a text.
    const isSensitive = nameMatcher(SENSITIVE_KEYS);
    const mask = maskFor([], isSensitive);
    const harmless = text.filter((any) => !isSensitive(any) && mask(any, '') === any);
    // Greater numbers may be card numbers.
    const values = [
      harmless,
      fc.integer(),
      fc.double({ min: -1e11, max: 1e11 }),
      fc.constantFrom(true, null, undefined),
      fc.uint8Array({ maxLength: 4 }),
    ];
    const bigInt = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 11n });
    const name = fc.oneof(fieldName, harmless);
    const fields = fc.oneof(
      fc.array(fc.dictionary(name, fc.anything({ ...kinds, key: harmless, values, withBoxedValues: true }))),
      fc.array(fc.dictionary(name, fc.anything({ ...kinds, key: harmless, values: [...values, bigInt] }))),
    );

    fc.assert(
      fc.property(text, fields, (message, list) => {
        const record = recordOf(message, ...list);

        expect(formatLine(redact(record))).toBe(formatLine(record));
      }),
      { numRuns: 500 },
    );
  });

  test('what the application handed in stays as it is', () => {
    const { redact } = redactorWith({ paths: ['user.*', 'list[*].x', '*.y'] });

    fc.assert(
      fc.property(planted, fc.jsonValue(), ({ text }, json) => {
        // GIVEN
        const make = (): Fields => ({
          user: { text, json },
          password: text,
          list: [{ x: text, y: json }],
          [text]: text,
        });
        const fields = make();
        const error = new Error(text, { cause: fields });

        // WHEN
        redact(recordOf(text, fields, { error, list: [fields] }));

        // THEN
        expect(fields).toEqual(make());
        expect([error.message, error.cause]).toEqual([text, fields]);
      }),
    );
  });

  test('it is enough to redact once', () => {
    const { redact } = redactorWith({ paths: ['a.*'] });

    fc.assert(
      fc.property(planted, places, ({ text }, place) => {
        const once = redact(place(text));

        expect(formatLine(redact(once))).toBe(formatLine(once));
      }),
    );
  });
});

describe('names of fields', () => {
  test('hide whatever is there', () => {
    const record = recordOf('hi', {
      password: 'x',
      token: 1,
      secret: { a: 1 },
      cookie: ['a'],
      pwd: null,
      ssn: '',
    });

    expect(told(record)).toEqual({
      message: 'hi',
      password: '[redacted]',
      token: '[redacted]',
      secret: '[redacted]',
      cookie: '[redacted]',
      pwd: '[redacted]',
      ssn: '[redacted]',
    });
  });

  test('leave what JSON leaves out', () => {
    const record = recordOf('hi', { password: undefined, nested: { token: () => 1, secret: Symbol('s') } });

    expect(told(record)).toEqual({
      message: 'hi',
      nested: { token: '[redacted]', secret: '[redacted]' },
    });
  });

  test('that only contain one stay', () => {
    const fields = { tokenCount: 3, passwordless: true, secretary: 'Jane', cookies: 2 };

    expect(told(recordOf('hi', fields))).toEqual({ message: 'hi', ...fields });
  });

  test('may be the message, an error, and what the line owns', () => {
    const record = recordOf('hi', { err: new Error('e'), level: 'x', a: 1 });

    expect(told(record, { keys: ['message', 'error', 'level'] })).toEqual({
      message: '[redacted]',
      error: '[redacted]',
      _level: '[redacted]',
      a: 1,
    });
  });

  test('that are secrets themselves are numbered, the same one alike', () => {
    const record = recordOf(
      'hi',
      { 'a@b.example': { 'c@d.example': 1, 'a@b.example': 2 } },
      { 'c@d.example': 3 },
    );

    expect(told(record)).toEqual({
      message: 'hi',
      '[redacted]': { '[redacted] 2': 1, '[redacted]': 2 },
      '[redacted] 2': 3,
    });
  });
});

describe('pairs of a name and its value', () => {
  test.each<[string, unknown, unknown]>([
    ['in a row', ['Host', 'h', 'Authorization', 'x'], ['Host', 'h', 'Authorization', '[redacted]']],
    ['in a row with a beginning', ['GET', 'Authorization', 'x'], ['GET', 'Authorization', '[redacted]']],
    ['arguments', ['node', '--password', 'x'], ['node', '--password', '[redacted]']],
    ['of AWS', { Name: 'password', Value: 'x' }, { Name: 'password', Value: '[redacted]' }],
    ['tags', [{ Key: 'password', Value: 'x' }], [{ Key: 'password', Value: '[redacted]' }]],
    ['with several values', { name: 'cookie', values: ['x'] }, { name: 'cookie', values: '[redacted]' }],
    ['of another name', { header: 'cookie', value: 'x' }, { header: 'cookie', value: '[redacted]' }],
    ['numbered', { 0: 'password', 1: 'x' }, { 0: 'password', 1: '[redacted]' }],
    ['of harmless names', { name: 'colour', value: 'red' }, { name: 'colour', value: 'red' }],
  ])('%s', (_, pair, expected) => {
    expect(told(recordOf('hi', { pair }))).toEqual({ message: 'hi', pair: expected });
  });

  test('may be fields of the line', () => {
    expect(told(recordOf('hi', { name: 'password', value: 'x' }))).toEqual({
      message: 'hi',
      name: 'password',
      value: '[redacted]',
    });
  });
});

describe('paths', () => {
  test.each<[string, Fields, object]>([
    ['user.name', { user: { name: 'x', id: 1 } }, { user: { name: '[redacted]', id: 1 } }],
    ['orders[*].iban', { orders: [{ iban: 'x', id: 1 }, 2] }, { orders: [{ iban: '[redacted]', id: 1 }, 2] }],
    ['*.name', { a: { name: 'x' }, b: { id: 1 } }, { a: { name: '[redacted]' }, b: { id: 1 } }],
    ['a.*', { a: { b: 1, c: { d: 2 } } }, { a: { b: '[redacted]', c: '[redacted]' } }],
    ['a["x-y"]', { a: { 'x-y': 1 } }, { a: { 'x-y': '[redacted]' } }],
    [
      'a.__proto__.b',
      JSON.parse('{"a":{"__proto__":{"b":1}}}'),
      JSON.parse('{"a":{"__proto__":{"b":"[redacted]"}}}'),
    ],
    ['restore', { restore: 1 }, { restore: '[redacted]' }],
    ['other', { restore: 1 }, { restore: 1 }],
    ['level.x', { level: { x: 1 } }, { _level: { x: '[redacted]' } }],
    ['_level.x', { level: { x: 1 } }, { _level: { x: '[redacted]' } }],
    ['a.b', { a: { toJSON: () => ({ b: 1 }) } }, { a: { b: '[redacted]' } }],
    ['a.b.c', { a: 'text' }, { a: 'text' }],
  ])('%s', (path, fields, expected) => {
    expect(told(recordOf('hi', fields), { paths: [path] })).toEqual({ message: 'hi', ...expected });
  });

  test.each(['err.config.key', 'error.config.key', '*.config.key'])('%s leads into an error', (path) => {
    const err = Object.assign(new Error('e'), { config: { key: 'x' } });

    expect(told(recordOf('hi', { err }), { paths: [path] })).toMatchObject({
      error: { type: 'Error', message: 'e', config: { key: '[redacted]' } },
    });
  });

  test('reach what a child logger bound, and later fields win', () => {
    const record = recordOf('hi', { user: { name: 'x' }, a: 1 }, { a: 2 });

    expect(told(record, { paths: ['user.name'] })).toEqual({
      message: 'hi',
      user: { name: '[redacted]' },
      a: 2,
    });
  });

  test('may be the message', () => {
    expect(told(recordOf('hi', { a: 1 }), { paths: ['message'] })).toEqual({ message: '[redacted]', a: 1 });
  });
});

describe('numbers', () => {
  test.each([4111111111111111, 4111111111111111n])('that are card numbers go (%s)', (card) => {
    expect(told(recordOf('hi', { card, cards: [card] }))).toEqual({
      message: 'hi',
      card: '[redacted]',
      cards: ['[redacted]'],
    });
  });

  test('that are none stay', () => {
    const fields = { ms: 1_700_000_000_000, wrong: 4111111111111112, small: -1, share: 0.4111111111111111 };

    expect(told(recordOf('hi', fields))).toEqual({ message: 'hi', ...fields });
  });
});

test('disabled, it hands on the very record', () => {
  const record = recordOf('jane@example.com', { password: 'x' });

  expect(redactorWith({ enabled: false }).redact(record)).toBe(record);
});

test('what is switched off stays', () => {
  const record = recordOf('jane@example.com', { password: 'x' });

  expect(told(record, { keys: [], patterns: [] })).toEqual({ message: 'jane@example.com', password: 'x' });
});

test('a getter is read once: what was looked at is what goes on', () => {
  // GIVEN
  let reads = 0;
  const fields = {
    get a() {
      return reads++ === 0 ? 'harmless' : 'jane@example.com';
    },
  };

  // THEN
  expect(told(recordOf('hi', fields, { nested: fields }))).toEqual({
    message: 'hi',
    a: 'harmless',
    nested: { a: '[redacted]' },
  });
});

describe.each(hostileValues)('%s', (_, make) => {
  test('costs its neighbours nothing', () => {
    const { redact, reports } = redactorWith({ paths: ['value.*', '*.b'] });
    const record = recordOf('hi', { before: 1, value: make(), list: [{ value: make() }], after: 2 });
    const line = JSON.parse(within(() => formatLine(redact(record)))) as unknown;

    expect(line).toMatchObject({ message: 'hi', before: 1, after: 2 });
    expect(reports).toEqual([]);
  });

  test('as fields costs other fields nothing', () => {
    if (typeof make() !== 'object') return;
    const { redact } = redactorWith();
    const record = recordOf('hi', (make() ?? {}) as Fields, { a: 1 });

    expect(JSON.parse(within(() => formatLine(redact(record))))).toMatchObject({
      message: 'hi',
      a: 1,
    });
  });
});

describe('what cannot be redacted', () => {
  test.each<[string, Given, Fields]>([
    ['a path that breaks what it hides', { paths: ['list.length'] }, { list: ['hunter2'] }],
  ])('%s: only time and level go on', (_, given, fields) => {
    // GIVEN
    const { redact, reports } = redactorWith(given);
    const record = recordOf('hunter2', { a: 1 }, fields);

    // THEN
    expect(redact(record)).toEqual({
      timeMs: record.timeMs,
      level: 'info',
      message: '[redaction failed]',
      fields: [],
    });
    expect(reports).toEqual(['redaction: a record could not be redacted; only its time and level go on']);
  });

  test('is a record that refuses to be read, too', () => {
    const { redact } = redactorWith();
    const record = { ...recordOf('hunter2'), fields: refusing() as readonly Fields[] };

    expect(redact(record).message).toBe('[redaction failed]');
  });

  test('a reporter that throws changes nothing', () => {
    const settings = complete(redactionSettings, { enabled: true, paths: ['list.length'] });
    const { redact } = makeRedactor(settings, () => {
      throw new Error('no');
    });

    expect(redact(recordOf('hi', { list: [] })).message).toBe('[redaction failed]');
  });

  /** At, one under and one over: 100 levels of objects are kept. */
  test.each([
    [99, '{"end":1}'],
    [100, '{"end":1}'],
    [101, '"[nested too deeply]"'],
  ])('%i levels deep', (levels, end) => {
    let value: object = { end: 1 };
    for (let level = 1; level < levels; level++) value = { v: value };

    expect(formatLine(redactorWith().redact(recordOf('hi', { v: value })))).toContain(end);
  });
});
