function refuse(): never {
  throw new Error('no');
}

function cycle(): object {
  const object: Record<string, unknown> = { a: 1 };
  object['self'] = object;
  object['list'] = [object, { object }];
  return object;
}

function nested(depth: number): object {
  let object: object = { end: true };
  for (let level = 0; level < depth; level++) object = { object };
  return object;
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function withoutPrototype(): object {
  return Object.assign(Object.create(null) as object, { a: 1 });
}

class Account {
  readonly #balance = 1;
  readonly owner = 'a';
  get balance(): number {
    return this.#balance;
  }
}

function refusing(): object {
  return new Proxy(
    {},
    { get: refuse, getPrototypeOf: refuse, has: refuse, ownKeys: refuse, getOwnPropertyDescriptor: refuse },
  );
}

/** What a program may hand to a logger by accident, made anew for each test. Each of it is one value of a log call. */
export const hostileValues: readonly (readonly [string, () => unknown])[] = [
  ['undefined', () => undefined],
  ['null', () => null],
  ['a function', () => refuse],
  ['a symbol', () => Symbol('s')],
  ['a BigInt', () => 2n ** 64n],
  ['NaN', () => Number.NaN],
  ['a text of 2 MB', () => 'x'.repeat(2_000_000)],
  ['lone surrogates', () => '\uD800 \uDC00'],
  ['line breaks and control characters', () => 'a\nb\r\n\u0000\u2028\u001b[31m'],
  ['an invalid date', () => new Date(Number.NaN)],
  ['a Map', () => new Map([[{}, refuse]])],
  ['a class instance', () => new Account()],
  ['an object without prototype', withoutPrototype],
  ['a cycle', cycle],
  ['a cycle with a BigInt', () => Object.assign(cycle(), { big: 1n })],
  [
    'a getter that throws',
    () => ({
      a: 1,
      get b() {
        return refuse();
      },
    }),
  ],
  [
    'a nested getter that throws',
    () => ({
      a: {
        get b() {
          return refuse();
        },
      },
    }),
  ],
  ['a nested toJSON that throws', () => ({ a: { toJSON: refuse } })],
  ['a nested proxy that throws', () => ({ a: { b: refusing() } })],
  ['a nested proxy that is revoked', () => ({ a: { b: revoked() } })],
  ['a proxy that throws', refusing],
  ['a proxy that is revoked', revoked],
  ['an array with holes and functions', () => Object.assign([], { 1: refuse, 4: undefined })],
  ['1,000 levels', () => nested(1_000)],
  ['an error without a stack', () => Object.assign(new Error('e'), { stack: undefined })],
  [
    'an error that causes itself',
    () => {
      const error = new Error('e');
      error.cause = error;
      return error;
    },
  ],
  ['an error that aggregates what is no error', () => new AggregateError([1, undefined, null, 'x'])],
];

export { cycle, nested, refuse, refusing, revoked };
