import { Agent } from 'node:http';
import { createServer } from 'node:https';
import { PassThrough, Readable } from 'node:stream';
import { Reading } from '../../../runtime/serialize/reading.js';
import { createContext, runInContext } from 'node:vm';
import { MAX_VALUES } from '../../../runtime/serialize/budget.js';
import { View, membersOf, namedViewOf, setMember, viewOf } from '../../../runtime/serialize/view.js';
import { refuse, revoked } from '../../support/hostile.js';

/** A view as its members, its items or itself. */
function told(view: unknown): unknown {
  if (View.isNamed(view)) return view.names.map((name, index) => [name, view.at(index)]);
  return View.is(view) ? Array.from({ length: view.length }, (_, index) => view.at(index)) : view;
}

class Hidden {
  readonly #secret = 1;
  get shown(): number {
    return this.#secret;
  }
}

class Owner {
  readonly name = 'o';
  greet(): string {
    return this.name;
  }
}

const elsewhere = createContext({});
const there = (source: string): object => runInContext(source, elsewhere) as object;

test.each<[string, object, unknown]>([
  [
    'an object',
    { a: 1, b: undefined },
    [
      ['a', 1],
      ['b', undefined],
    ],
  ],
  ['an empty object', {}, []],
  ['an object without prototype', Object.assign(Object.create(null) as object, { a: 1 }), [['a', 1]]],
  ['an object of another realm', there('({ a: 1 })'), [['a', 1]]],
  ['an empty object of another realm', there('({})'), []],
  ['an object with a symbol only', { [Symbol('k')]: 1 }, '[Object]'],
  ['an object with something hidden', Object.defineProperty({}, 'hidden', { value: 1 }), '[Object]'],
  ['an object that inherits all', Object.create({ a: 1 }) as object, '[Object]'],
  ['an instance of a class without a name', new (class extends Hidden {})(), '[Object]'],
  ['a name space', Math, '[Math]'],
  ['a list', [1, undefined], [1, undefined]],
  ['a list of another realm', there('[1]'), [1]],
  ['an instance', new Owner(), [['name', 'o']]],
  ['an instance that shows nothing', new Hidden(), '[Hidden]'],
  ['a Map', new Map([['k', 1]]), [['k', 1]]],
  ['a Map of another realm', there('new Map([["k", 1]])'), [['k', 1]]],
  ['a Map with keys that are no texts', new Map([[1, 'a']]), [[1, 'a']]],
  ['an empty Map', new Map(), '[empty Map]'],
  ['a Set', new Set(['a', 'b']), ['a', 'b']],
  ['a Date', new Date(0), '1970-01-01T00:00:00.000Z'],
  ['a Date that is none', new Date(Number.NaN), '[invalid Date]'],
  ['a RegExp', /a\/b/gi, '/a\\/b/gi'],
  ['a URL', new URL('http://shop/x'), 'http://shop/x'],
  [
    'parameters of a URL',
    new URLSearchParams('a=1&b=2&a=3'),
    [
      ['a', ['1', '3']],
      ['b', '2'],
    ],
  ],
  ['no parameters', new URLSearchParams(), '[empty URLSearchParams]'],
  ['headers', new Headers({ a: '1' }), [['a', '1']]],
  [
    'headers with credentials, under any name',
    new Headers({ authorization: 'Bearer hunter2', 'x-api-key': 'hunter2', 'x-id': '1' }),
    [
      ['authorization', '[redacted]'],
      ['x-api-key', '[redacted]'],
      ['x-id', '1'],
    ],
  ],
  ['a promise', Promise.resolve(1), '[Promise]'],
  ['a boxed text', new String('x'), 'x'], // oxlint-disable-line no-new-wrappers
  ['a boxed BigInt', Object(1n) as object, 1n],
  ['bytes', Buffer.from('a'), '[Buffer(1): 61]'],
  ['a stream', new Readable(), '[Readable]'],
  ['a WeakMap', new WeakMap(), '[WeakMap]'],
  ['a generator', (function* () {})(), '[Generator]'],
  ['a signal', new AbortController().signal, '[AbortSignal]'],
  ['a proxy of an object', new Proxy({ a: 1 }, {}), [['a', 1]]],
  ['a proxy of a Map', new Proxy(new Map([['k', 1]]), {}), '[Map]'],
  ['what only claims to be a Map', { [Symbol.toStringTag]: 'Map', a: 1 }, [['a', 1]]],
  ['an object with a toJSON', { a: 1, toJSON: () => ({ b: 2 }) }, { b: 2 }],
  ['an instance with a toJSON', Object.assign(new Owner(), { toJSON: () => 'o' }), 'o'],
  ['a Map with a toJSON', Object.assign(new Map([['k', 1]]), { toJSON: () => 'o' }), 'o'],
  ['a Set with a toJSON', Object.assign(new Set([1]), { toJSON: () => 'o' }), 'o'],
  ['a list with a toJSON', Object.assign([1], { toJSON: () => 'o' }), 'o'],
  [
    'an object that holds an error as raw, and more',
    Object.assign(new Owner(), { raw: new Error('e'), orderId: 7 }),
    expect.arrayContaining([['orderId', 7]]),
  ],
])('%s', (_, given, expected) => {
  expect(told(viewOf(given, 'name'))).toEqual(expected);
});

test('a toJSON gets the name of the member, and may answer with the object itself', () => {
  const object = { a: 1, toJSON: (name: string) => name };
  const itself = Object.assign(new Owner(), {
    toJSON() {
      return this as object;
    },
  });

  expect(viewOf(object, 'order')).toBe('order');
  expect(told(viewOf(itself, ''))).toEqual([
    ['name', 'o'],
    ['toJSON', expect.any(Function)],
  ]);
});

test('what is thrown comes through', () => {
  expect(() => viewOf({ toJSON: refuse }, '')).toThrow('no');
  expect(() => viewOf(revoked(), '')).toThrow('revoked');
});

test('members are read when their turn comes', () => {
  const view = viewOf(
    {
      a: 1,
      get b() {
        return refuse();
      },
    },
    '',
  ) as View;

  expect([view.names, view.count, view.at(0), view.at(1)]).toEqual([['a', 'b'], 2, 1, '[unreadable: no]']);
});

test.each([
  ['a Map', new Map(Array.from({ length: MAX_VALUES + 1 }, (_, id) => [String(id), id]))],
  ['a Set', new Set(Array.from({ length: MAX_VALUES + 1 }, (_, id) => id))],
])('of %s, no more is taken than a line can have', (_, given) => {
  const view = viewOf(given, '') as View;

  expect(view.count).toBe(MAX_VALUES + 1);
  expect(view.length).toBe(MAX_VALUES);
  expect(View.isNamed(view) ? view.names : []).toHaveLength(given instanceof Map ? MAX_VALUES : 0);
});

describe('the members of what is given as fields', () => {
  const endless: object = { toJSON: () => ({ toJSON: () => endless }) };

  test.each<[string, object, unknown]>([
    ['an object', { a: 1 }, { a: 1 }],
    ['a toJSON', { toJSON: () => ({ a: 1 }) }, { a: 1 }],
    ['a toJSON of a toJSON', { toJSON: () => ({ toJSON: () => new Map([['a', 1]]) }) }, { a: 1 }],
    ['a toJSON without end', endless, undefined],
    ['a toJSON that throws', { toJSON: refuse }, undefined],
    ['a list', [1], undefined],
    ['a Date', new Date(0), undefined],
    ['what cannot be read', revoked(), undefined],
    [
      'a member that throws',
      {
        get a() {
          return refuse();
        },
        b: 1,
      },
      { a: '[unreadable: no]', b: 1 },
    ],
  ])('%s', (_, given, expected) => {
    expect(membersOf(given)).toEqual(expected);
  });

  test('are no more than a line can have', () => {
    const members = membersOf(
      Object.fromEntries(Array.from({ length: MAX_VALUES + 5 }, (_, id) => [`f${id}`, id])),
    );

    expect(Object.keys(members!)).toHaveLength(MAX_VALUES + 1);
    expect(members!['…']).toBe('[cut: 5 more members]');
  });

  test('are a view with names', () => {
    expect(View.isNamed(namedViewOf({ a: 1 }))).toBe(true);
    expect(View.isNamed(namedViewOf([1]))).toBe(false);
    const others = [null, undefined, 1, 'x', {}, { names: [] }, revoked()];
    expect(others.filter((each) => View.is(each) || View.isNamed(each))).toEqual([]);
  });
});

test('a member may be called __proto__', () => {
  const members: Record<string, unknown> = {};
  setMember(members, '__proto__', { a: 1 });
  setMember(members, 'b', 2);

  expect(Object.entries(members)).toEqual([
    ['__proto__', { a: 1 }],
    ['b', 2],
  ]);
  expect(Object.getPrototypeOf(members)).toBe(Object.prototype);
});

describe('handles and events', () => {
  function read(value: unknown): unknown {
    return new Reading().field('name', value);
  }

  test.each([
    ['a stream', () => new PassThrough(), '[PassThrough]'],
    ['an agent', () => new Agent({ keepAlive: true }), '[Agent]'],
    ['a server, and not its private key', () => createServer({ passphrase: 'secret' }), '[Server]'],
  ])('guts of Node.js stay out: %s', (_, make, expected) => {
    expect(read(make())).toBe(expected);
  });

  test('a timer is called by its class', () => {
    const timer = setTimeout(() => undefined, 1_000);
    clearTimeout(timer);

    expect(read(timer)).toBe('[Timeout]');
  });

  test('what only has some methods of these keeps its members', () => {
    class Subscription {
      readonly topic = 'orders';
      on(): void {}
      ref(): void {}
    }

    expect(read(new Subscription())).toEqual({ topic: 'orders' });
  });

  test.each([
    [() => new Blob(['hello']), '[Blob(5)]'],
    [() => new Blob(['hello'], { type: 'text/plain' }), '[Blob(5): text/plain]'],
    [() => new File(['x'], 'a.txt', { type: 'text/plain' }), '[File(1): a.txt, text/plain]'],
  ])('what is read later tells its size, and its name and type (%#)', (make, expected) => {
    expect(read(make())).toBe(expected);
  });

  test('what shows no members may hold an error', () => {
    class ErrorEvent extends Event {
      readonly #error: Error;
      constructor(error: Error) {
        super('error');
        this.#error = error;
      }
      get error(): Error {
        return this.#error;
      }
    }
    const error = new Error('ECONNRESET');

    expect(read(new ErrorEvent(error))).toMatchObject({
      type: 'ErrorEvent',
      error: { message: 'ECONNRESET' },
    });
    expect(read(new Event('error'))).toBe('[Event]');
  });
});
