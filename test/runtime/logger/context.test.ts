import { setImmediate } from 'node:timers/promises';
import { withContext } from '../../../runtime/index.js';
import { memoryLogger } from '../../support/memory-sink.js';

test('every call within carries the fields, and none outside', () => {
  const { logger, sink } = memoryLogger();

  logger.info('before');
  const result = withContext({ traceId: 't' }, () => {
    logger.info('within');
    return 5;
  });
  logger.info('after');

  expect(result).toBe(5);
  expect(sink.told).toEqual([
    { message: 'before' },
    { message: 'within', traceId: 't' },
    { message: 'after' },
  ]);
});

test('work that is no function is refused by name', () => {
  expect(() => withContext({}, undefined as never)).toThrow(
    new TypeError('withContext takes fields, then work, a function; it was given undefined as work'),
  );
});

test('whatever logger makes the call carries them', () => {
  const one = memoryLogger();
  const other = memoryLogger();

  one.logger.withContext({ traceId: 't' }, () => {
    one.logger.child({ a: 1 }).info('one');
    other.logger.info('other');
  });

  expect(one.sink.told).toEqual([{ message: 'one', a: 1, traceId: 't' }]);
  expect(other.sink.told).toEqual([{ message: 'other', traceId: 't' }]);
});

test('fields last across what is awaited, and those of requests in flight do not mix', async () => {
  const { logger, sink } = memoryLogger();
  const request = (id: number) =>
    logger.withContext({ id }, async () => {
      logger.info('begin');
      await setImmediate();
      await Promise.resolve().then(() => logger.info('middle'));
      await new Promise<void>((resolve) => process.nextTick(resolve));
      logger.info('end');
      return id;
    });

  expect(await Promise.all([request(1), request(2), request(3)])).toEqual([1, 2, 3]);

  for (const id of [1, 2, 3]) {
    const lines = sink.told.filter((line) => 'id' in line && line.id === id);
    expect(lines).toEqual(['begin', 'middle', 'end'].map((message) => ({ message, id })));
  }
  expect(sink.lines).toHaveLength(9);
});

test('inner fields win over outer ones, and leave with the inner scope', () => {
  const { logger, sink } = memoryLogger();

  withContext({ a: 1, b: 1 }, () => {
    withContext({ b: 2, c: 2 }, () => logger.info('inner'));
    logger.info('outer');
  });

  expect(sink.told).toEqual([
    { message: 'inner', a: 1, b: 2, c: 2 },
    { message: 'outer', a: 1, b: 1 },
  ]);
});

test('the call wins over the context, and the context over the bindings', () => {
  const { logger, sink } = memoryLogger();
  const child = logger.child({ a: 'bindings', b: 'bindings', c: 'bindings' });

  withContext({ b: 'context', c: 'context', d: 'context' }, () =>
    child.info('hi', { c: 'call', d: 'call', e: 'call' }),
  );

  expect(sink.told).toEqual([
    { message: 'hi', a: 'bindings', b: 'context', c: 'call', d: 'call', e: 'call' },
  ]);
});

test('what the work throws or rejects with comes through, and the scope ends', async () => {
  const { logger, sink } = memoryLogger();
  const error = new Error('e');
  const rejected = withContext({ a: 1 }, () => Promise.reject(error));

  expect(() =>
    withContext({ a: 1 }, () => {
      throw error;
    }),
  ).toThrow(error);
  await expect(rejected).rejects.toBe(error);
  logger.info('after');

  expect(sink.told).toEqual([{ message: 'after' }]);
});
