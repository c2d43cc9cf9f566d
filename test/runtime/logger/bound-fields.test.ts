import { boundFields } from '../../../runtime/logger/bound-fields.js';
import { refuse } from '../../support/hostile.js';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { type AddressInfo } from 'node:net';

test('are a copy that nobody can change', () => {
  const given = { a: 1 };
  const bound = boundFields(given);
  given.a = 2;

  expect(bound).toEqual({ a: 1 });
  expect(Object.isFrozen(bound)).toBe(true);
});

test('are as they were, whatever happens to the objects in them', () => {
  const user = { name: 'a', roles: new Set(['reader']) };
  const bound = boundFields({ user });
  user.name = 'b';
  user.roles.add('admin');

  expect(bound).toEqual({ user: { name: 'a', roles: ['reader'] } });
});

test('a getter is asked once', () => {
  let asked = 0;
  const bound = boundFields({
    get a() {
      return ++asked;
    },
  });

  expect([bound['a'], bound['a'], asked]).toEqual([1, 1, 1]);
});

const error = new Error('e');

test.each([
  ['nothing', undefined, {}],
  ['null', null, {}],
  ['an error', error, { error }],
  ['a Map', new Map([['k', 1]]), { k: 1 }],
  ['what a toJSON says', { secret: 1, toJSON: () => ({ shown: 1 }) }, { shown: 1 }],
  ['a list', [1], { value: [1] }],
  ['a text', 'x', { value: 'x' }],
  ['a number', 5, { value: 5 }],
  [
    'a name that is special',
    JSON.parse('{"__proto__":1}') as object,
    JSON.parse('{"__proto__":1}') as object,
  ],
])('have what is given, whatever it is: %s', (_, given, expected) => {
  const bound = boundFields(given as object);

  expect(JSON.stringify(bound)).toBe(JSON.stringify(expected));
  expect(bound).toEqual(expected);
});

test('a request is written down while it has an address', async () => {
  const server = createServer((_, res) => res.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const requested = once(server, 'request') as Promise<[object]>;
  await (await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/x`)).text();
  const [req] = await requested;
  const bound = boundFields({ req });
  server.closeAllConnections();
  await once(server.close(), 'close');

  expect(bound['req']).toEqual({
    method: 'GET',
    url: '/x',
    headers: { host: expect.stringMatching(/^127\.0\.0\.1:\d+$/) },
    remoteAddress: '127.0.0.1',
    remotePort: expect.any(Number),
  });
});

describe('fields of many lines', () => {
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
});
