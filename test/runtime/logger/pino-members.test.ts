import { memoryLogger } from '../../support/memory-sink.js';

/** pino's symbols are its own: others find them on the prototype of a logger by their names. */
function memberOf(logger: object, name: string): unknown {
  return (logger as Record<symbol, unknown>)[Symbol(name)];
}

test('a logger has its bindings as a text, as pino does', () => {
  const { logger } = memoryLogger();

  expect(memberOf(logger.child({ a: 1, b: [2] }), 'pino.chindings')).toBe('{"a":1,"b":[2]}');
});

test('a logger has what makes JSON', () => {
  const stringify = memberOf(memoryLogger().logger, 'pino.stringify') as (value: unknown) => string;

  expect(stringify({ a: [1] })).toBe('{"a":[1]}');
});

test('no other symbol is answered, and a logger is an object as any other', () => {
  const { logger } = memoryLogger();

  expect(memberOf(logger, 'pino.other')).toBeUndefined();
  expect(memberOf(logger, 'constructor')).toBeUndefined();
  expect(Object.prototype.toString.call(logger)).toBe('[object Object]');
  expect(Object.hasOwn(logger, 'level')).toBe(false);
  expect('then' in logger).toBe(false);
});
