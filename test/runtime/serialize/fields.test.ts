import type { Fields } from '../../../runtime/log-record.js';
import { readContent, readRecord } from '../../../runtime/serialize/fields.js';
import { lineName } from '../../../runtime/serialize/names.js';

function membersOf(...fields: Fields[]): Fields {
  return readContent({ timeMs: 0, level: 'info', message: 'hi', fields }).members;
}

/** As its text, which has the order of the members in it. */
function json(...fields: Fields[]): string {
  return JSON.stringify(membersOf(...fields));
}

const err = Object.assign(new Error('first'), { stack: 'at first' });
const later = Object.assign(new Error('later'), { stack: 'at later' });
const first = { type: 'Error', message: 'first', stack: 'at first' };
const second = { type: 'Error', message: 'later', stack: 'at later' };

test.each([
  ['a', 'a'],
  ['message', '_message'],
  ['level', '_level'],
  ['timestamp', '_timestamp'],
  ['_message', '_message'],
  ['error', 'error'],
  ['Message', 'Message'],
])('a field %p is called %p in the line', (key, expected) => {
  expect(lineName(key)).toBe(expected);
});

describe('names that collide', () => {
  test.each<[string, Fields[], Fields]>([
    ['err, an error', [{ err }], { error: first }],
    ['err, no error', [{ err: 'E' }], { err: 'E' }],
    ['err and a code as error', [{ err, error: 'E' }], { error: first, _error: 'E' }],
    ['a code as error and err', [{ error: 'E', err }], { _error: 'E', error: first }],
    ['two errors', [{ error: err, err: later }], { error: first, _error: second }],
    ['two errors, the other way round', [{ err, error: later }], { error: first, _error: second }],
    ['an error in a later layer', [{ err }, { error: later }], { _error: first, error: second }],
    ['an err in a later layer', [{ error: err }, { err: later }], { _error: first, error: second }],
    ['the same error twice', [{ err }, { err: later }], { error: second }],
    ['an err that is no error any more', [{ err }, { err: 'E' }], { err: 'E' }],
    ['an err that becomes one', [{ err: 'E' }, { err }], { error: first }],
    ['message', [{ message: 'mine' }], { _message: 'mine' }],
    ['message and _message', [{ message: 1, _message: 2 }], { _message: 1, __message: 2 }],
    ['_message and message', [{ _message: 1, message: 2 }], { _message: 1, __message: 2 }],
    ['_message in a later layer', [{ message: 1 }, { _message: 2 }], { __message: 1, _message: 2 }],
    ['_error beside both', [{ _error: 1, err, error: 'E' }], { _error: 1, error: first, __error: 'E' }],
  ])('%s', (_, layers, expected) => {
    expect(membersOf(...layers)).toEqual(expected);
  });
});

describe('layers', () => {
  test('the later of two values stays, at the place of the earlier', () => {
    expect(json({ a: 1, b: 1 }, { c: 1, a: 2 }, { b: 3 })).toBe('{"a":2,"b":3,"c":1}');
  });

  test('what is undefined is no value, and replaces none', () => {
    expect(json({ a: 1, b: undefined }, { a: undefined, c: 2 })).toBe('{"a":1,"c":2}');
  });

  test('null is a value, and replaces one', () => {
    expect(json({ a: 1 }, { a: null })).toBe('{"a":null}');
  });

  test('a name that is special is a name as any other', () => {
    const special = JSON.parse('{"__proto__":1,"constructor":2,"toString":3}') as Fields;

    expect(json(special, { hasOwnProperty: 4 })).toBe(
      '{"__proto__":1,"constructor":2,"toString":3,"hasOwnProperty":4}',
    );
  });

  test('a getter is asked once, and one that throws leaves a mark', () => {
    let asked = 0;
    const fields = {
      get a() {
        return ++asked;
      },
      get b() {
        throw new Error('no');
      },
    };

    expect(membersOf(fields)).toEqual({ a: 1, b: '[unreadable: no]' });
    expect(asked).toBe(1);
  });

  test('what has no members is the member value', () => {
    expect(membersOf(new Date(0) as never, [1] as never)).toEqual({ value: [1] });
    expect(membersOf({ toJSON: () => 'x' })).toEqual({ value: 'x' });
    expect(membersOf({ toJSON: () => undefined })).toEqual({});
  });

  test('more fields than there is room for are counted', () => {
    const many = Object.fromEntries(Array.from({ length: 300_000 }, (_, id) => [`f${id}`, id]));
    const members = membersOf(many);

    expect(members['…']).toMatch(/^\[cut: \d+ more fields\]$/);
    expect(Number(/\d+/.exec(members['…'] as string))).toBe(300_000 - Object.keys(members).length + 1);
  });
});

test('what was read reads the same again, whatever the application does meanwhile', () => {
  const fields = { list: [1], err };
  const record = { timeMs: 5, level: 'info', message: 'hi', fields: [fields] } as const;
  const read = readRecord(record);
  fields.list.push(2);

  expect(readContent(read).members).toEqual({ list: [1], error: first });
  expect(readContent({ ...read, fields: [{ error: later, a: 1 }, ...read.fields] }).members).toEqual({
    error: first,
    a: 1,
    list: [1],
  });
  expect(read).toMatchObject({ timeMs: 5, level: 'info', message: 'hi' });
});
