import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { boundFields } from '../../../runtime/logger/bound-fields.js';

test('are a copy that nobody can change', () => {
  const given = { a: 1 };
  const bound = boundFields(given);
  given.a = 2;

  expect(bound).toEqual({ a: 1 });
  expect(Object.isFrozen(bound)).toBe(true);
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
