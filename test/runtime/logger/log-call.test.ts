import { readLogCall, readValues, type LogCall } from '../../../runtime/logger/log-call.js';
import { refuse } from '../../support/hostile.js';

const fields = { a: 1 };
const error = new Error('e');

function read(...args: readonly unknown[]): LogCall {
  return readLogCall(args);
}

test('either order says the same', () => {
  expect(read('hi', fields)).toEqual(read(fields, 'hi'));
  expect(read('hi', error)).toEqual(read(error, 'hi'));
});

test('fields are handed on, not copied', () => {
  expect(read('hi', fields).fields).toBe(fields);
  expect(read(fields, 'hi').fields).toBe(fields);
  expect(read(fields).fields).toBe(fields);
});

test('an error is the field error, and lends its message where there is none', () => {
  expect(read(error)).toEqual({ message: 'e', fields: { error } });
  expect(read(error, fields)).toEqual({ message: 'e', fields: { error, a: 1 } });
  expect(read(fields, error)).toEqual({ message: 'e', fields: { a: 1, error } });
  expect(read({ err: error })).toEqual({ message: 'e', fields: { err: error } });
  expect(read(new TypeError(''))).toMatchObject({ message: 'TypeError' });
  expect(read('hi', error, 5)).toEqual({ message: 'hi 5', fields: { error } });
  expect(read('hi', fields, error)).toEqual({ message: 'hi', fields: { a: 1, error } });
  expect(read('hi', error, fields)).toEqual({ message: 'hi', fields: { error, a: 1 } });
});

test('a field message is the message where there is no other', () => {
  expect(read({ message: 'mine', a: 1 })).toEqual({ message: 'mine', fields });
  expect(read(error, { message: 'mine' })).toEqual({ message: 'mine', fields: { error } });
  expect(read({ message: 'mine' }, 'hi')).toEqual({ message: 'hi', fields: { message: 'mine' } });
  expect(read({ message: { a: 1 } })).toEqual({ message: '', fields: { message: { a: 1 } } });
});

test('of two values that want one name, both stay', () => {
  const second = new Error('second');
  expect(read({ a: 1 }, { a: 2 })).toEqual({ message: '', fields: { a: 1, _a: 2 } });
  expect(read(error, second)).toEqual({ message: 'e', fields: { error, _error: second } });
  expect(read({ error: 'E_CODE' }, error)).toEqual({ message: 'e', fields: { error, _error: 'E_CODE' } });
  expect(read('hi', { err: error }, error)).toEqual({ message: 'hi', fields: { err: error } });
});

test('values of which none is a template stay as they are', () => {
  expect(readValues(['%s %%', 'x', fields, error])).toEqual({ message: '%s %% x', fields: { a: 1, error } });
  expect(readValues([error])).toEqual({ message: 'e', fields: { error } });
});

test('what cannot be made text is said to be so', () => {
  expect(read('hi %s', { toJSON: refuse }).message).toBe('hi [unreadable: no]');
  expect(read('hi', { toJSON: refuse }).message).toBe('hi [unreadable: no]');
});

test('an object that says that it is text is one, in any place', () => {
  const text = { toJSON: () => 'text' };

  expect(read(text)).toEqual({ message: 'text', fields: undefined });
  expect(read('hi', text)).toEqual({ message: 'hi text', fields: undefined });
  expect(read(text, 'hi')).toEqual({ message: 'text hi', fields: undefined });
  expect(read('hi', fields, text)).toEqual({ message: 'hi text', fields });
});

test('whatever an error has as its message is lent', () => {
  const unreadable = Object.defineProperty(new Error('e'), 'message', { get: refuse });

  expect(read(unreadable).message).toBe('[unreadable: no]');
  expect(read('hi %s', unreadable).message).toBe('hi [unreadable: no]');
  expect(read(Object.assign(new Error('e'), { message: { a: 1 } })).message).toBe('{"a":1}');
  expect(read(Object.assign(new RangeError('e'), { message: undefined })).message).toBe('RangeError');
});

test('an error in place of a placeholder is told in short there, and in full as a field', () => {
  for (const placeholder of ['%s', '%d', '%j', '%o', '%O']) {
    expect(read(`hi ${placeholder}`, error)).toEqual({ message: 'hi Error: e', fields: { error } });
  }
});

test('a field err that cannot be read does not keep an error out', () => {
  const bad = Object.defineProperty({}, 'err', { enumerable: true, get: refuse });

  expect(read('hi', bad, error)).toEqual({ message: 'hi', fields: { err: '[unreadable: no]', error } });
});

test('a value that there is no room for leaves a mark in the message', () => {
  const lists = Array.from({ length: 30 }, () => Array.from({ length: 200_000 }, () => 0));
  const { message } = read('%s', ...lists);

  expect(message.endsWith(' [cut: a value]')).toBe(true);
  expect(message).not.toContain('undefined');
});

test('a name that is given often is numbered', () => {
  const { fields: all } = read('hi', ...Array.from({ length: 1_000 }, (_, id) => ({ id })));

  expect(Object.keys(all!)).toHaveLength(1_000);
  expect(all).toMatchObject({ id: 0, _id: 1, ________id: 8, _id_9: 9, _id_999: 999 });
});

test('rules that throw do not make a log call throw, and nothing is shown', () => {
  const rules = { isSensitive: () => false, shownName: (name: string) => name, mask: refuse };

  expect(readLogCall(['login %j', { password: 'hunter2' }], rules)).toEqual({
    message: '[unreadable message]',
    fields: undefined,
  });
});
