import { readLogCall } from '../../../runtime/logger/log-call.js';
import { refuse } from '../../support/hostile.js';

const fields = { a: 1 };
const error = new Error('e');

test('either order says the same', () => {
  expect(readLogCall('hi', fields, [])).toEqual(readLogCall(fields, 'hi', []));
  expect(readLogCall('hi', error, [])).toEqual(readLogCall(error, 'hi', []));
});

test('fields are handed on, not copied', () => {
  expect(readLogCall('hi', fields, []).fields).toBe(fields);
  expect(readLogCall(fields, 'hi', []).fields).toBe(fields);
});

test('an error is the field error', () => {
  expect(readLogCall(error, undefined, [])).toEqual({ message: 'e', fields: { error } });
  expect(readLogCall('hi', error, [5])).toEqual({ message: 'hi 5', fields: { error } });
});

test('a message that cannot be made is said to be so', () => {
  expect(readLogCall('hi %s', fields, [{ toString: refuse }]).message).toBe('[unreadable message]');
});
