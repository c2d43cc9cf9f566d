import { boundFields } from '../../../runtime/logger/bound-fields.js';
import { refuse } from '../../support/hostile.js';

test.each<[string, object, object]>([
  ['members of an object', { a: 1 }, { a: 1 }],
  ['members of a Map', new Map([['a', 1]]), { a: 1 }],
  ['what its toJSON says', { toJSON: () => ({ a: 1 }) }, { a: 1 }],
  ['a value without members', [1], { value: [1] }],
  ['a request', new Request('https://a.b/'), { req: expect.anything() as unknown }],
  ['a response', new Response(), { res: expect.anything() as unknown }],
])('fields of many lines are %s, as in a log call', (_, given, expected) => {
  expect(boundFields(given)).toEqual(expected);
});

test('an error is the field error', () => {
  const error = new Error('e');

  expect(boundFields(error)).toEqual({ error });
});

test('a member that cannot be read leaves a mark', () => {
  const bad = Object.defineProperty({ a: 1 }, 'b', { enumerable: true, get: refuse });

  expect(boundFields(bad)).toEqual({ a: 1, b: '[unreadable: no]' });
});

test('nobody can change them', () => {
  const given = { a: 1 };
  const bound = boundFields(given);
  given.a = 2;

  expect(bound).toEqual({ a: 1 });
  expect(Object.isFrozen(bound)).toBe(true);
});
