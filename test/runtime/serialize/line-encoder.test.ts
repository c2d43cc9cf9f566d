import * as fc from 'fast-check';
import { LEVELS } from '../../../contract/levels.js';
import type { LogRecord } from '../../../runtime/log-record.js';
import { lineOf } from '../../../runtime/serialize/line.js';
import { LineEncoder } from '../../../runtime/serialize/line-encoder.js';

const awkwardKeys =
  'timestamp level message err error __proto__ constructor toJSON 0 12 -1 same service a"b \\ größe'
    .split(' ')
    .concat('', '\ud800', 'https://u:p@host');

const awkwardTexts =
  ' https://user:secret@host/path ssh://git@host a@b.c http://token@host x:// \ud83d \ude00\ud83d 🚀 " \\ \ufffd'
    .split(' ')
    .concat('\u0000\u001f\u007f\u2028\n\r\t\b\f', 'see "http://a:b@c"');

const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...awkwardTexts), fc.string());

class Money {
  readonly #cents: number;
  readonly currency = 'EUR';

  constructor(cents: number) {
    this.#cents = cents;
  }

  toJSON(key: string): string {
    return `${key} ${this.#cents}`;
  }
}

/** Everything that a value can be, and that JSON knows, does not know, or refuses. */
const values = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    texts,
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.constantFrom(null, undefined, -0, NaN, Infinity, 10n, Symbol('s'), () => 1),
    fc.date().filter((date) => !Number.isNaN(date.getTime())),
    fc.constant(new Date(NaN)),
    fc.integer().map((cents) => new Money(cents)),
    texts.map((message) => new TypeError(message)),
    fc.constantFrom(Object(1), Object('boxed'), Object(true), /x/, new Map([[1, 2]]), new Uint8Array(3)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(texts, fc.constantFrom(...awkwardKeys)), tie('value'), { maxKeys: 4 }),
  ),
})).value;

const keys = fc.oneof(texts, fc.constantFrom(...awkwardKeys));

const someFields = fc
  .tuple(fc.dictionary(keys, values, { maxKeys: 5 }), fc.boolean())
  .map(([fields, isFrozen]) => (isFrozen ? Object.freeze(fields) : fields));

const records: fc.Arbitrary<LogRecord> = fc.record({
  timeMs: fc.oneof(fc.date({ noInvalidDate: true }).map(Number), fc.double()),
  level: fc.constantFrom(...LEVELS),
  message: texts,
  fields: fc.array(someFields, { maxLength: 3 }),
});

/** The long way: the engine, twice. */
function expected(record: LogRecord): { text: string; added: number } {
  const line = lineOf(record);
  const text = JSON.stringify(line).slice(1, -1);
  return { text, added: text.length - line.length };
}

function encode(record: LogRecord): ReturnType<LineEncoder['encode']> {
  return new LineEncoder().encode(record);
}

test('what it encodes are the bytes that JSON.stringify makes of the line and of that again', () => {
  fc.assert(
    fc.property(records, (record) => {
      const encoded = encode(record);
      if (encoded) expect(encoded).toEqual(expected(record));
    }),
    { numRuns: 2_000 },
  );
});

test('it remembers nothing of a record that another one could show', () => {
  const encoder = new LineEncoder();
  fc.assert(
    fc.property(records, (record) => {
      const encoded = encoder.encode(record);
      if (encoded) expect(encoded).toEqual(expected(record));
      expect(encoder.encode(record)).toEqual(encoded);
    }),
    { numRuns: 2_000 },
  );
});

const plain: LogRecord = { timeMs: 1_795_334_400_123, level: 'info', message: 'order placed', fields: [] };
const fixed = Object.freeze({ service: 'api', pid: 42 });

test.each<[string, LogRecord]>([
  ['a message alone', plain],
  ['fields of each kind', { ...plain, fields: [fixed, { id: 7, ok: true, none: null, left: undefined }] }],
  ['what has to be escaped', { ...plain, message: 'a "quoted"\nline 🚀', fields: [{ 'k"ey': '\\' }] }],
  ['what is nested', { ...plain, fields: [{ list: [1, 'a', [null], undefined], at: { x: { y: 'z' } } }] }],
  ['a date', { ...plain, fields: [{ at: new Date(0) }] }],
  [
    'an address, or a URL without credentials',
    { ...plain, message: 'me@home', fields: [{ u: 'https://a/b' }] },
  ],
  ['an object of a class', { ...plain, fields: [{ map: new Map(), typed: new Uint8Array(2) }] }],
  ['an own member that is inherited elsewhere', { ...plain, fields: [{ constructor: 1, __proto__: null }] }],
])('it takes %s', (_, record) => {
  expect(encode(record)).toEqual(expected(record));
});

test.each<[string, LogRecord]>([
  ['an error', { ...plain, fields: [{ error: new Error('no') }] }],
  ['a name of the line', { ...plain, fields: [{ level: 'high' }] }],
  ['a name that occurs twice', { ...plain, fields: [fixed, { service: 'other' }] }],
  ['a name that engines put first', { ...plain, fields: [{ 1: 'one' }] }],
  ['a cycle', { ...plain, fields: [cyclic()] }],
  ['BigInt', { ...plain, fields: [{ big: 1n }] }],
  ['what says itself what it is', { ...plain, fields: [{ price: new Money(5) }] }],
  [
    'what cannot be read',
    {
      ...plain,
      fields: [
        {
          get bad(): never {
            throw new Error('no');
          },
        },
      ],
    },
  ],
  ['a URL with credentials', { ...plain, message: 'at https://user:secret@host/' }],
  ['one deep inside', { ...plain, fields: [{ a: [{ b: 'https://user:secret@host/' }] }] }],
  ['one for a name', { ...plain, fields: [{ a: { 'https://user:secret@host/': 1 } }] }],
])('it leaves %s to the long way', (_, record) => {
  expect(encode(record)).toBeUndefined();
});

function cyclic(): Record<string, unknown> {
  const cycle: Record<string, unknown> = {};
  cycle['self'] = [cycle];
  return cycle;
}

test('what is frozen only on the outside, or reads differently each time, is read each time', () => {
  let count = 0;
  const fields = [
    Object.freeze({ list: [1] }),
    Object.freeze({
      get count() {
        return ++count;
      },
    }),
  ];
  const encoder = new LineEncoder();
  const encoded = (): string | undefined => encoder.encode({ ...plain, fields })?.text;
  expect(encoded()).toContain('{\\"list\\":[1],\\"count\\":1}'.slice(1));
  fields[0] = fields[0]!;
  (fields[0] as { list: number[] }).list.push(2);
  expect(encoded()).toContain('\\"list\\":[1,2],\\"count\\":2}');
});
