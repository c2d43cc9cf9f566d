import { isBalanced, type Fields } from '../../../runtime/index.js';
import type { Logger } from '../../../runtime/logger/logger.js';
import { cycle, hostileValues, nested, refuse, refusing, revoked } from '../../support/hostile.js';
import { memoryLogger } from '../../support/memory-sink.js';
import { within } from '../../support/within.js';

/** What a log call leaves. The call is stopped if it does not return. */
function leftBy(call: (logger: Logger) => void): object {
  const { logger, sink } = memoryLogger();
  within(() => call(logger));
  const breaks = sink.lines.filter((line) => /[\n\r]/.test(line)).length;
  return { logged: sink.logged, breaks, isBalanced: isBalanced(logger.stats()) };
}

/**
 * The law: whatever it is given, a log call returns, throws nothing, and leaves one line: a JSON object that has the
 * time, the level and a message.
 */
function oneLine(members: object = {}): object {
  const line = {
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    level: 'info',
    message: expect.any(String),
    ...members,
  };
  return { logged: [expect.objectContaining(line)], breaks: 0, isBalanced: true };
}

describe.each(hostileValues)('%s', (_, make) => {
  test('may be the message', () => {
    expect(leftBy((logger) => logger.info(make()))).toEqual(oneLine());
  });

  test('may stand before the message', () => {
    const message = expect.stringMatching(/hi$|…\[cut: \d+ characters\]$/);

    expect(leftBy((logger) => logger.info(make(), 'hi'))).toEqual(oneLine({ message }));
  });

  test('may stand after the message', () => {
    const message = expect.stringMatching(/^hi/);

    expect(leftBy((logger) => logger.info('hi', make()))).toEqual(oneLine({ message }));
  });

  test('may stand behind', () => {
    expect(leftBy((logger) => logger.info('hi', { a: 1 }, make()))).toEqual(oneLine({ a: 1 }));
  });
});

describe.each(hostileValues.filter(([, make]) => typeof make() === 'object'))('%s as fields', (_, make) => {
  test('may be bound to a child', () => {
    expect(leftBy((logger) => logger.child(make() as Fields).info('hi', { a: 1 }))).toEqual(
      oneLine({ message: 'hi', a: 1 }),
    );
  });
});

/** Proxies have tests of their own, below. */
const nestable = hostileValues.filter(([name]) => !/proxy that/.test(name) || name.includes('nested'));

describe.each(nestable)('%s as a field', (_, make) => {
  test('costs its neighbours nothing', () => {
    expect(leftBy((logger) => logger.info('hi', { before: 1, value: make(), after: 2 }))).toEqual(
      oneLine({ message: 'hi', before: 1, after: 2 }),
    );
  });

  test('may be in the context', () => {
    expect(
      leftBy((logger) => logger.withContext({ value: make() }, () => logger.info('hi', { a: 1 }))),
    ).toEqual(oneLine({ message: 'hi', a: 1 }));
  });
});

describe('a value that cannot be read', () => {
  test.each<[string, () => object, unknown]>([
    [
      'a getter',
      () => ({
        get value() {
          return refuse();
        },
      }),
      '[unreadable: no]',
    ],
    [
      'a nested getter',
      () => ({
        value: {
          a: 1,
          get b() {
            return refuse();
          },
        },
      }),
      { a: 1, b: '[unreadable: no]' },
    ],
    ['toJSON', () => ({ value: { toJSON: refuse } }), '[unreadable: no]'],
    ['a BigInt', () => ({ value: 2n ** 64n }), '18446744073709551616'],
    ['an invalid date', () => ({ value: new Date(Number.NaN) }), '[invalid Date]'],
    ['NaN', () => ({ value: Number.NaN }), 'NaN'],
    [
      'a cycle',
      () => ({ value: cycle() }),
      { a: 1, self: '[circular]', list: ['[circular]', { object: '[circular]' }] },
    ],
  ])('leaves a mark or null in its place: %s', (_, fields, value) => {
    expect(leftBy((logger) => logger.info('hi', fields()))).toEqual(oneLine({ value }));
  });

  test.each([
    [() => 'mine', { message: 'hi mine' }],
    [refuse, { message: 'hi [unreadable: no]' }],
    [() => ({ shown: 1 }), { message: 'hi', shown: 1 }],
    [() => undefined, { message: 'hi null' }],
  ])('does not replace the line: toJSON of the fields (%p)', (toJSON, expected) => {
    const { logger, sink } = memoryLogger();

    logger.info('hi', { a: 1, toJSON });

    expect(sink.told).toEqual([expected]);
  });

  test('says what it is if JSON has no word for it', () => {
    const { logger, sink } = memoryLogger();

    logger.info('hi', { f: refuse, s: Symbol('s'), u: undefined, a: 1 });

    expect(sink.told).toEqual([{ message: 'hi', f: '[Function: refuse]', s: 'Symbol(s)', a: 1 }]);
  });
});

describe('defects', () => {
  // `instanceof` asks a proxy for its prototype; there is a guard for the first two arguments, and none for fields.
  test('a revoked proxy may be a field', () => {
    expect(leftBy((logger) => logger.info('hi', { value: revoked(), a: 1 }))).toEqual(oneLine({ a: 1 }));
  });

  test('a proxy that throws may be a field', () => {
    expect(leftBy((logger) => logger.info('hi', { value: refusing(), a: 1 }))).toEqual(oneLine({ a: 1 }));
  });

  // What was thrown is asked whether it is an error, without a guard.
  test('what a getter throws may be a revoked proxy', () => {
    const fields = Object.defineProperty({ a: 1 }, 'value', {
      enumerable: true,
      get() {
        throw revoked();
      },
    });

    expect(leftBy((logger) => logger.info('hi', fields))).toEqual(oneLine({ a: 1 }));
  });

  // The message of an error is read outside of any guard.
  test('the message of an error may be a getter that throws', () => {
    const error = Object.defineProperty(new Error('e'), 'message', { get: refuse });

    expect(leftBy((logger) => logger.info(error))).toEqual(oneLine());
  });

  test('the message of an error may be no text', () => {
    const error = Object.assign(new Error('e'), { message: 5 });

    expect(leftBy((logger) => logger.info(error))).toEqual(oneLine({ message: '5' }));
  });

  // The way that takes objects apart member by member follows cycles: twice as long for each level of the stack.
  test('an object may refer to itself twice and have a getter that throws', () => {
    const self: Record<string, unknown> = {};
    Object.assign(self, { one: self, two: self });
    Object.defineProperty(self, 'bad', { enumerable: true, get: refuse });

    expect(leftBy((logger) => logger.info('hi', { self }))).toEqual(oneLine({ message: 'hi' }));
  });

  // Beyond the stack, too, each level is tried in two ways before it is taken apart.
  test('fields may be nested 5,000 levels deep', () => {
    expect(leftBy((logger) => logger.info('hi', { deep: nested(5_000) }))).toEqual(
      oneLine({ message: 'hi' }),
    );
  });

  // Causes are followed to a depth, but errors of errors are multiplied on the way.
  test('an aggregate error may hold itself several times', () => {
    const error = new AggregateError([], 'e');
    error.errors.push(...Array.from({ length: 8 }, () => error));

    expect(leftBy((logger) => logger.info('hi', { error }))).toEqual(oneLine({ message: 'hi' }));
  });
});

test('below the level, hostile values are not touched', () => {
  const { logger, sink } = memoryLogger('info');

  for (const [, make] of hostileValues) logger.debug(make(), make());

  expect(sink.lines).toEqual([]);
});

/** Objects that log themselves when they are read. */
const talkative: readonly (readonly [string, (logger: Logger) => object])[] = [
  [
    'a toJSON',
    (logger) => {
      const object = { toJSON: (): number => (logger.info('again', object), 1) };
      return object;
    },
  ],
  [
    'a nested toJSON',
    (logger) => {
      const object = { inner: { toJSON: (): number => (logger.info('again', object), 1) } };
      return object;
    },
  ],
  [
    'a toJSON of a class',
    (logger) =>
      new (class Talkative {
        toJSON(): number {
          logger.info('again', this);
          logger.info('and again', { me: this });
          return 1;
        }
      })(),
  ],
  [
    'a getter',
    (logger) => {
      const object = {
        get a(): number {
          logger.info(object);
          return 1;
        },
      };
      return object;
    },
  ],
  [
    'a proxy',
    (logger) => {
      const object: object = new Proxy({}, { ownKeys: () => (logger.info('again', object), []) });
      return object;
    },
  ],
  [
    'the stack of an error',
    (logger) => {
      const error = new Error('no');
      Object.defineProperty(error, 'stack', { get: () => (logger.error(error), 'stack') });
      return error;
    },
  ],
];

test.each(talkative)('%s that logs its own object ends, and what is too much is counted', (_, make) => {
  const { logger, sink } = memoryLogger();
  within(() => logger.info('first', make(logger)));
  expect(logger.stats().dropped.byReason['threw']).toBeGreaterThan(0);
  expect(isBalanced(logger.stats())).toBe(true);

  const { accepted } = logger.stats();
  logger.info('after');
  expect([sink.told.at(-1), logger.stats().accepted]).toEqual([{ message: 'after' }, accepted + 1]);
});
