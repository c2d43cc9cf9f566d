import * as fc from 'fast-check';
import { LEVELS, levelRank } from '../../../contract/levels.js';
import { MAX_MESSAGE_BYTES } from '../../../contract/limits.js';
import type { Fields, LogRecord } from '../../../runtime/log-record.js';
import { formatLine } from '../../../runtime/serialize/line.js';
import { longTexts, Money, nearTimes, records } from '../../support/records.js';
import { logEvent, type LogEvent } from '../../../runtime/batch/log-event.js';
import { EventEncoder } from '../../../runtime/serialize/event-encoder.js';

/** The long way: the engine, twice. */
function expected(record: LogRecord): object {
  return copied(logEvent(record.timeMs, formatLine(record), levelRank[record.level]))!;
}

function encode(record: LogRecord, encoder = new EventEncoder()): object | undefined {
  return copied(encoder.encode(record));
}

function fits(record: LogRecord): boolean {
  return Buffer.byteLength(formatLine(record)) <= MAX_MESSAGE_BYTES;
}

/** With its bytes as text, which stays. */
function copied(event: LogEvent | undefined): object | undefined {
  return event && { ...event, encoded: event.encoded.toString('utf8', 0, event.encodedBytes) };
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
  const encoder = new EventEncoder();
  fc.assert(
    fc.property(records, (record) => {
      const encoded = encode(record, encoder);
      if (encoded) expect(encoded).toEqual(expected(record));
      expect(encode(record, encoder)).toEqual(encoded);
    }),
    { numRuns: 2_000 },
  );
});

test('it writes the time of each record, whatever time and level the ones before had', () => {
  const encoder = new EventEncoder();
  fc.assert(
    fc.property(nearTimes, fc.constantFrom(...LEVELS), (timeMs, level) => {
      const record = { timeMs, level, message: 'order placed', fields: [] };
      expect(encode(record, encoder)).toEqual(expected(record));
    }),
    { numRuns: 2_000 },
  );
});

test('a long text has the same bytes as well, whatever is in it', () => {
  const encoder = new EventEncoder();
  fc.assert(
    fc.property(longTexts, fc.array(longTexts, { maxLength: 2 }), (message, fields) => {
      const record = { ...plain, message, fields: [{ first: fields[0], list: [fields[1]] }] };
      expect(encode(record, encoder)).toEqual(fits(record) ? expected(record) : undefined);
    }),
    { numRuns: 50 },
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
  ['numbers that JSON does not know', { ...plain, fields: [{ nan: NaN, list: [-Infinity] }] }],
  ['an own member that is inherited elsewhere', { ...plain, fields: [{ constructor: 1, __proto__: null }] }],
])('it takes %s', (_, record) => {
  expect(encode(record)).toEqual(expected(record));
});

test.each<[string, LogRecord]>([
  ['an object of a class', { ...plain, fields: [{ map: new Map() }] }],
  [
    'a list that says itself what it is',
    { ...plain, fields: [{ list: Object.assign([1], { toJSON: () => 2 }) }] },
  ],
  ['a function', { ...plain, fields: [{ f: () => 1 }] }],
  ['a symbol in a list', { ...plain, fields: [{ list: [Symbol('s')] }] }],
  ['a date that is none', { ...plain, fields: [{ at: new Date(NaN) }] }],
  [
    'more values than may be written twice',
    { ...plain, fields: [{ list: Array.from({ length: 4_096 }, () => 1) }] },
  ],
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
  ['one in a long text', { ...plain, message: `${'x@'.repeat(1_000)} https://user:secret@host/` }],
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
  const encoder = new EventEncoder();
  expect(encode({ ...plain, fields }, encoder)).toMatchObject({
    encoded: expect.stringContaining('\\"list\\":[1],\\"count\\":1}'),
  });
  (fields[0] as { list: number[] }).list.push(2);
  expect(encode({ ...plain, fields }, encoder)).toMatchObject({
    encoded: expect.stringContaining('\\"list\\":[1,2],\\"count\\":2}'),
  });
});

test('a name that occurs twice is noticed, however many names there were, and however long it is', () => {
  const encoder = new EventEncoder();
  for (let id = 0; id < 3_000; id++) encode({ ...plain, fields: [{ [`order-${id}`]: id }] }, encoder);
  for (const name of ['late', 'x'.repeat(1_000)]) {
    const record = { ...plain, fields: [{ [name]: 1 }, { [name]: 2 }] };
    expect(encode(record, encoder)).toBeUndefined();
    expect(encode({ ...plain, fields: [{ [name]: 1 }] }, encoder)).toBeDefined();
  }
});

test.each(['x', 'é', '東', '🔪', '"', '\n', '\u0001', '\ud800'])(
  'it takes as much of %j as an event may have',
  (text) => {
    const bytes = Buffer.byteLength(JSON.stringify(text)) - 2;
    const room = MAX_MESSAGE_BYTES - Buffer.byteLength(formatLine({ ...plain, message: '' }));
    const message = text.repeat(Math.floor(room / bytes)) + 'x'.repeat(room % bytes);
    const encoder = new EventEncoder();

    expect(encode({ ...plain, message }, encoder)).toEqual(expected({ ...plain, message }));
    expect(encode({ ...plain, message: `${message}x` }, encoder)).toBeUndefined();
    expect(encode({ ...plain, message, fields: [{ more: 1 }] }, encoder)).toBeUndefined();
  },
);

test('of frozen fields in an event over the limit, no part is remembered', () => {
  const encoder = new EventEncoder();
  const fields = [Object.freeze({ text: '"'.repeat(400_000) })];

  expect(encode({ ...plain, message: '"'.repeat(300_000), fields }, encoder)).toBeUndefined();
  expect(encode({ ...plain, fields }, encoder)).toEqual(expected({ ...plain, fields }));
});

test('the buffer of a long event does not stay', () => {
  const encoder = new EventEncoder();
  expect(encoder.encode({ ...plain, message: 'x'.repeat(500_000) })?.encoded.length).toBeGreaterThan(500_000);
  expect(encoder.encode(plain)?.encoded.length).toBeLessThanOrEqual(16_384);
});

test('what every object inherits is no member', () => {
  // oxlint-disable-next-line no-extend-native -- as some libraries do
  Object.defineProperty(Object.prototype, 'inherited', { value: 1, enumerable: true, configurable: true });
  try {
    expect(encode({ ...plain, fields: [{ own: 1 }] })).toBeUndefined();
  } finally {
    delete (Object.prototype as { inherited?: unknown }).inherited;
  }
});

test.each<[string, Fields[]]>([
  ['nothing', [{}]],
  ['nothing in a field', [{ a: {}, b: { c: undefined } }]],
  ['a symbol only', [{ [Symbol('k')]: 1 }]],
  ['a symbol only, in a field', [{ a: { [Symbol('k')]: 1 } }]],
  ['something hidden, in a list', [{ a: [Object.defineProperty({}, 'hidden', { value: 1 })] }]],
])('what holds %s is encoded as the line has it', (_, fields) => {
  const record = { ...plain, fields };

  expect(encode(record) ?? expected(record)).toEqual(expected(record));
});
