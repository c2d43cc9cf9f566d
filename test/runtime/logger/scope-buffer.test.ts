import { setImmediate, setTimeout } from 'node:timers/promises';
import {
  getLogger,
  isBalanced,
  LEVELS,
  withContext,
  type ContextOptions,
  type Level,
} from '../../../runtime/index.js';
import type { Logger } from '../../../runtime/logger/logger.js';
import { inInvocation } from '../../../runtime/logger/invocation.js';
import { openScope } from '../../../runtime/logger/open-scope.js';
import { runIn } from '../../../runtime/logger/scope.js';
import { Settings, type SettingsInput } from '../../../runtime/settings/settings.js';
import { MemorySink, memoryLogger } from '../../support/memory-sink.js';

const DEBUG: ContextOptions = { bufferLevel: 'debug' };

const atInfo = (): ReturnType<typeof memoryLogger> => memoryLogger('info');

function loggerWith(input: SettingsInput, sinks: readonly MemorySink[]): Logger {
  return getLogger({
    settings: new Settings({ ...input, core: { enrich: false, ...input.core } }, { env: {} }),
    sinks,
  });
}

const messages = (sink: MemorySink): unknown[] => sink.told.map(({ message }) => message);

/** Logs at each level, named by it. */
function logAll(logger: Logger): void {
  for (const level of LEVELS) logger[level](level);
}

describe('lines below the level of their logger', () => {
  test('are left out if the work succeeds, and counted as filtered', () => {
    const { logger, sink } = atInfo();

    const result = withContext(
      {},
      () => {
        logger.debug('a');
        logger.info('b');
        logger.debug('c');
        return 7;
      },
      DEBUG,
    );

    expect(result).toBe(7);
    expect(messages(sink)).toEqual(['b']);
    expect(logger.stats()).toMatchObject({
      accepted: 1,
      filtered: { total: 2, byReason: { buffer: 2 } },
      buffered: 0,
      dropped: { total: 0 },
    });
  });

  test('come before the error, in order, with their own times and the fields of the context', async () => {
    const { logger, sink } = atInfo();

    await withContext(
      { id: 7 },
      async () => {
        logger.debug('a', { n: 1 });
        await setTimeout(5);
        logger.child({ c: 1 }).debug('b');
        await setTimeout(5);
        logger.error('failed');
      },
      DEBUG,
    );

    expect(sink.told).toEqual([
      { message: 'a', id: 7, n: 1 },
      { message: 'b', id: 7, c: 1 },
      { message: 'failed', id: 7 },
    ]);
    const [a, b, failed] = sink.records.map(({ timeMs }) => timeMs);
    expect(b! - a!).toBeGreaterThanOrEqual(4);
    expect(failed! - b!).toBeGreaterThanOrEqual(4);
  });

  test('are logged if the work throws, and the error is thrown on', () => {
    const { logger, sink } = atInfo();
    const error = new Error('e');
    const failing = (): void =>
      withContext(
        {},
        () => {
          logger.debug('a');
          throw error;
        },
        DEBUG,
      );

    expect(failing).toThrow(error);
    expect(messages(sink)).toEqual(['a']);
    expect(logger.stats().filtered.total).toBe(0);
  });

  test('are logged if the work rejects, before anybody handles it', async () => {
    const { logger, sink } = atInfo();
    const error = new Error('e');
    const rejected = logger.withContext(
      {},
      async () => {
        logger.debug('a');
        await setImmediate();
        throw error;
      },
      DEBUG,
    );

    await expect(rejected).rejects.toBe(error);
    expect(messages(sink)).toEqual(['a']);
  });

  test('wait anew after an error', () => {
    const { logger, sink } = atInfo();

    withContext(
      {},
      () => {
        logger.debug('a');
        logger.fatal('b');
        logger.debug('c');
        logger.error('d');
        logger.debug('e');
      },
      DEBUG,
    );

    expect(messages(sink)).toEqual(['a', 'b', 'c', 'd']);
  });

  test.each<
    [logger: Level | 'silent', buffer: ContextOptions['bufferLevel'], once: Level[], waiting: Level[]]
  >([
    ['info', 'debug', ['info', 'warn'], ['debug']],
    ['info', 'trace', ['info', 'warn'], ['trace', 'debug']],
    ['error', 'info', [], ['info', 'warn']],
    ['info', 'info', ['warn'], ['info']],
    ['debug', 'debug', ['info', 'warn'], ['debug']],
    ['trace', 'debug', ['info', 'warn'], ['trace', 'debug']],
    ['info', 'warn', [], ['info', 'warn']],
    ['fatal', 'debug', [], ['debug', 'info', 'warn']],
    ['silent', 'trace', [], []],
  ])('of a logger at %s with a bufferLevel of %s', (level, bufferLevel, once, waiting) => {
    const { logger, sink } = memoryLogger();
    logger.level = level;

    withContext(
      {},
      () => {
        for (const each of LEVELS.slice(0, 4)) logger[each](each);
        expect(messages(sink)).toEqual(once);
        expect(logger.stats().buffered).toBe(waiting.length);
        logger.fatal('end');
      },
      { bufferLevel },
    );

    expect(messages(sink)).toEqual([...once, ...waiting, ...(level === 'silent' ? [] : ['end'])]);
  });

  test('count as enabled where they would wait, and nowhere else', () => {
    const { logger } = atInfo();
    const enabled = (): Level[] => LEVELS.filter((level) => logger.child({}).isLevelEnabled(level));
    const usual = ['info', 'warn', 'error', 'fatal'];

    expect(enabled()).toEqual(usual);
    withContext({}, () => expect(enabled()).toEqual(['debug', ...usual]), DEBUG);
    withContext({}, () => expect(enabled()).toEqual(['debug', ...usual]), { sampleRate: 1 });
    withContext({}, () => expect(enabled()).toEqual(usual), { sampleRate: 0 });
    withContext({}, () => expect(enabled()).toEqual(usual), {});
    expect(enabled()).toEqual(usual);
    expect(logger.level).toBe('info');
  });

  test('of an error that the logger leaves out do not go on', () => {
    const { logger, sink } = memoryLogger();
    logger.level = 'fatal';

    withContext(
      {},
      () => {
        logger.debug('a');
        logger.error('silenced');
      },
      DEBUG,
    );

    expect(messages(sink)).toEqual([]);
  });
});

describe('a line that waits', () => {
  test('is as it was when it was logged', () => {
    const { logger, sink } = atInfo();
    const order = { id: 7, items: ['a'], at: new Date(0) };
    const error = new TypeError('then');

    withContext(
      { order },
      () => {
        logger.debug('a', { order, error });
        order.id = 8;
        order.items.push('b');
        order.at.setTime(1);
        error.message = 'now';
        logger.error('b');
      },
      DEBUG,
    );

    expect(sink.told[0]).toMatchObject({
      order: { id: 7, items: ['a'], at: '1970-01-01T00:00:00.000Z' },
      error: { type: 'TypeError', message: 'then' },
    });
  });

  test('passes filters and routes when it goes on, not before', () => {
    const seen: string[] = [];
    const [all, errors] = [new MemorySink('all'), new MemorySink('errors')];
    const logger = loggerWith(
      {
        core: { logLevel: 'info', filters: ['level'] },
        filterConfig: { level: { minLevel: 'debug' } },
        sinkRouting: {
          enabled: true,
          rules: [{ levels: ['error'], sinks: ['errors'] }],
          fallbackSinks: ['all'],
        },
      },
      [all, errors],
    );

    withContext(
      {},
      () => {
        logger.trace('a');
        logger.debug('b');
        seen.push(...all.lines);
        logger.error('c');
      },
      { bufferLevel: 'trace' },
    );

    expect(seen).toEqual([]);
    expect([messages(all), messages(errors)]).toEqual([['b'], ['c']]);
    expect(logger.stats().filtered.byReason).toEqual({ level: 1 });
  });

  test('is redacted', () => {
    const sink = new MemorySink();
    const logger = loggerWith({ redaction: { enabled: true } }, [sink]);

    withContext(
      {},
      () => {
        logger.debug('a', { password: 'secret' });
        logger.error('b');
      },
      DEBUG,
    );

    expect(sink.lines.join()).not.toContain('secret');
    expect(messages(sink)).toEqual(['a', 'b']);
  });

  test('goes to the sinks of its own logger, and to the account of that one', () => {
    const [one, other] = [atInfo(), atInfo()];

    withContext(
      {},
      () => {
        one.logger.debug('a');
        other.logger.debug('b');
        expect([one.logger.stats().buffered, other.logger.stats().buffered]).toEqual([1, 1]);
        one.logger.error('c');
        other.logger.debug('d');
      },
      DEBUG,
    );

    expect([messages(one.sink), messages(other.sink)]).toEqual([['a', 'c'], ['b']]);
    expect(one.logger.stats().filtered.total).toBe(0);
    expect(other.logger.stats().filtered.byReason).toEqual({ buffer: 1 });
  });

  test('does not go on with a flush', async () => {
    const { logger, sink } = atInfo();

    await withContext(
      {},
      async () => {
        logger.debug('a');
        await logger.flush();
        expect(messages(sink)).toEqual([]);
      },
      DEBUG,
    );

    expect(messages(sink)).toEqual([]);
  });

  test('goes on when its logger closes, and later ones are none of its context', async () => {
    const [one, other] = [atInfo(), atInfo()];

    await withContext(
      {},
      async () => {
        one.logger.debug('a');
        other.logger.debug('b');
        const account = await one.logger.close();
        expect(account).toMatchObject({ accepted: 1, buffered: 0 });
        one.logger.debug('c');
        expect(one.logger.isLevelEnabled('debug')).toBe(false);
        expect(other.logger.stats().buffered).toBe(1);
      },
      DEBUG,
    );

    expect([messages(one.sink), messages(other.sink)]).toEqual([['a'], []]);
    expect(isBalanced(one.logger.stats())).toBe(true);
  });

  test('goes on if a getter of it logs an error', () => {
    const { logger, sink } = atInfo();
    const order = {
      get id() {
        logger.error('inner');
        return 7;
      },
    };

    withContext(
      {},
      () => {
        logger.debug('first');
        logger.debug('second', { order });
        expect(messages(sink)).toEqual(['first', 'inner']);
        logger.error('last');
      },
      DEBUG,
    );

    expect(messages(sink)).toEqual(['first', 'inner', 'second', 'last']);
  });

  test('goes on if a getter of it ends the context', () => {
    const { logger, sink } = atInfo();
    const { scope, end } = openScope({}, DEBUG);
    const order = {
      get id() {
        end(false);
        return 7;
      },
    };

    runIn(scope, () => logger.debug('read', { order }));

    expect(sink.told).toEqual([{ message: 'read', order: { id: 7 } }]);
    expect(logger.stats()).toMatchObject({ buffered: 0, accepted: 1 });
  });

  test('goes on though a sink throws at the one before', () => {
    const sink = new MemorySink();
    const logger = loggerWith({ core: { logLevel: 'info' } }, [sink]);
    const write = sink.write.bind(sink);
    sink.write = (record) => {
      if (record.message === 'a') throw new Error('full');
      write(record);
    };

    withContext(
      {},
      () => {
        logger.debug('a');
        logger.debug('b');
        logger.error('c');
      },
      DEBUG,
    );

    expect(messages(sink)).toEqual(['b', 'c']);
    expect(logger.stats()).toMatchObject({ accepted: 3, dropped: { byReason: { threw: 1 } } });
  });
});

describe('contexts within each other', () => {
  test('share the lines where the inner one has no options', () => {
    const { logger, sink } = atInfo();

    withContext(
      { a: 1 },
      () => {
        logger.debug('outer');
        withContext({ b: 2 }, () => logger.debug('inner'));
        withContext({ b: 3 }, () => logger.debug('other'), {});
        expect(logger.stats().buffered).toBe(3);
        logger.error('failed');
      },
      DEBUG,
    );

    expect(sink.told).toEqual([
      { message: 'outer', a: 1 },
      { message: 'inner', a: 1, b: 2 },
      { message: 'other', a: 1, b: 3 },
      { message: 'failed', a: 1 },
    ]);
  });

  test('have lines of their own where it has some, and an error in it has those of the outer one go on first', () => {
    const { logger, sink } = atInfo();

    withContext(
      {},
      () => {
        logger.debug('outer');
        withContext({}, () => logger.trace('left out'), { bufferLevel: 'trace' });
        withContext(
          {},
          () => {
            logger.trace('inner');
            logger.error('failed');
          },
          { bufferLevel: 'trace' },
        );
        logger.debug('later');
      },
      DEBUG,
    );

    expect(messages(sink)).toEqual(['outer', 'inner', 'failed']);
    expect(logger.stats().filtered.byReason).toEqual({ buffer: 2 });
  });

  test('an error in the outer one leaves those of the inner one waiting', async () => {
    const { logger, sink } = atInfo();

    await withContext(
      {},
      async () => {
        logger.debug('outer');
        const inner = withContext(
          {},
          async () => {
            logger.debug('inner');
            await setImmediate();
          },
          DEBUG,
        );
        logger.error('failed');
        await inner;
      },
      DEBUG,
    );

    expect(messages(sink)).toEqual(['outer', 'failed']);
  });

  test('lines of work that goes on wait with the outer context, and without one are those of the logger', async () => {
    const { logger, sink } = atInfo();
    let forgotten: Promise<void> | undefined;
    let alone: Promise<void> | undefined;
    const goOn = async (): Promise<void> => {
      await setTimeout(5);
      expect(logger.isLevelEnabled('debug')).toBe(false);
      logger.debug('all is over');
      logger.info('by the level');
    };

    await withContext(
      {},
      async () => {
        withContext(
          {},
          () => {
            forgotten = setImmediate().then(() => logger.debug('inner is over'));
          },
          DEBUG,
        );
        await forgotten;
        expect(logger.stats().buffered).toBe(1);
        alone = goOn();
      },
      DEBUG,
    );
    await alone;

    expect(messages(sink)).toEqual(['by the level']);
    expect(logger.stats().filtered.byReason).toEqual({ buffer: 1 });
  });
});

test('a hundred contexts in flight do not mix, and each has its lines in their order', async () => {
  const { logger, sink } = atInfo();
  const request = (id: number): Promise<void> =>
    withContext(
      { id },
      async () => {
        for (const step of [0, 1, 2, 3]) {
          logger.debug('step', { step });
          await (id % 2 === 0 ? setImmediate() : setTimeout(id % 7));
        }
        if (id % 3 === 0) logger.error('failed');
        if (id % 5 === 0) throw new Error('thrown');
      },
      DEBUG,
    );

  await Promise.allSettled(Array.from({ length: 100 }, (_, id) => request(id)));

  for (let id = 0; id < 100; id++) {
    const steps =
      id % 3 === 0 || id % 5 === 0 ? [0, 1, 2, 3].map((step) => ({ message: 'step', step, id })) : [];
    const failed = id % 3 === 0 ? [{ message: 'failed', id }] : [];
    expect(sink.told.filter((line) => line['id'] === id)).toEqual([...steps, ...failed]);
  }
  expect(sink.lines.length + logger.stats().filtered.total).toBe(400 + 34);
  expect(logger.stats().buffered).toBe(0);
});

describe('more lines than there is room for', () => {
  const line = (name: string): string => name.padEnd(36, '.');

  test('leave out the oldest ones, and one line says how many', () => {
    const { logger, sink } = atInfo();

    withContext(
      { id: 7 },
      () => {
        for (const name of 'abcde') logger.debug(line(name));
        expect(logger.stats()).toMatchObject({ buffered: 3, filtered: { byReason: { buffer: 2 } } });
        logger.error('failed');
        logger.debug('later');
        logger.error('again');
      },
      { bufferLevel: 'debug', bufferBytes: 330 },
    );

    expect(messages(sink)).toEqual([
      '2 log records were suppressed by buffer',
      ...['c', 'd', 'e'].map(line),
      'failed',
      'later',
      'again',
    ]);
    expect(sink.logged[0]).toMatchObject({ level: 'warn', id: 7, suppressed: 2, filter: 'buffer' });
    expect(sink.records[0]!.timeMs).toBeLessThanOrEqual(sink.records[1]!.timeMs);
  });

  test('do not say so if the work succeeds', () => {
    const { logger, sink } = atInfo();

    withContext(
      {},
      () => {
        for (const name of 'abcde') logger.debug(line(name));
      },
      { bufferLevel: 'debug', bufferBytes: '330' },
    );

    expect(messages(sink)).toEqual([]);
    expect(logger.stats()).toMatchObject({ buffered: 0, filtered: { byReason: { buffer: 5 } } });
  });

  test('one that is too large by itself leaves the others waiting', () => {
    const { logger, sink } = atInfo();

    withContext(
      {},
      () => {
        logger.debug('a');
        logger.debug('b'.repeat(330));
        logger.debug('c');
        logger.error('failed');
      },
      { bufferLevel: 'debug', bufferBytes: 330 },
    );

    expect(messages(sink)).toEqual(['1 log record was suppressed by buffer', 'a', 'c', 'failed']);
  });

  test('say so with the ids of the invocation, whoever ends the context', () => {
    const { logger, sink } = atInfo();
    const { scope, end } = openScope({}, { bufferLevel: 'debug', bufferBytes: 200 });

    runIn(inInvocation(scope, { requestId: 'req-1' }), () => {
      for (const name of 'abcde') logger.debug(name);
    });
    end(true);

    expect(sink.told[0]).toMatchObject({ filter: 'buffer', requestId: 'req-1' });
    expect(sink.told.at(-1)).toEqual({ message: 'e', requestId: 'req-1' });
  });

  test('of one logger are not spoken of when another one closes', async () => {
    const [one, other] = [atInfo(), atInfo()];

    await withContext(
      {},
      async () => {
        one.logger.debug('a');
        for (const name of 'abcde') other.logger.debug(line(name));
        await one.logger.close();
        expect(messages(other.sink)).toEqual([]);
      },
      { bufferLevel: 'debug', bufferBytes: 330 },
    );

    expect(messages(other.sink)).toEqual([]);
  });

  test('have room for 20 KB without a number', () => {
    const { logger } = atInfo();

    withContext(
      {},
      () => {
        for (let count = 0; count < 300; count++) logger.debug('x'.repeat(36));
        expect(logger.stats().buffered).toBeGreaterThan(180);
        expect(logger.stats().buffered).toBeLessThanOrEqual(204);
      },
      DEBUG,
    );
  });
});

describe('a share of contexts', () => {
  test.each<[ContextOptions, string[]]>([
    [{ sampleRate: 1 }, ['debug', 'info', 'warn', 'error', 'fatal']],
    [{ sampleRate: 1, bufferLevel: 'trace' }, [...LEVELS]],
    [{ sampleRate: 1, bufferLevel: 'info' }, ['info', 'warn', 'error', 'fatal']],
    [{ sampleRate: 0 }, ['info', 'warn', 'error', 'fatal']],
  ])('is logged from the bufferLevel on, at once: %o', (options, expected) => {
    const { logger, sink } = atInfo();

    withContext({}, () => logAll(logger), options);

    expect(messages(sink)).toEqual(expected);
    expect(logger.stats().filtered.total).toBe(0);
  });

  test('of none, lines wait', () => {
    const { logger, sink } = atInfo();

    withContext({}, () => logger.debug('a'), { ...DEBUG, sampleRate: 0 });

    expect(messages(sink)).toEqual([]);
    expect(logger.stats().filtered.byReason).toEqual({ buffer: 1 });
  });

  test('is chosen once for each context, about as often as asked for', () => {
    const { logger, sink } = atInfo();
    for (let id = 0; id < 1_000; id++) {
      withContext(
        { id },
        () => {
          logger.debug('a');
          logger.debug('b');
        },
        { ...DEBUG, sampleRate: 0.5 },
      );
    }

    expect(sink.lines.length).toBeGreaterThan(800);
    expect(sink.lines.length).toBeLessThan(1_200);
    const ids = sink.told.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) === index)).toHaveLength(ids.length / 2);
  });

  test('is chosen by the outermost context, unless an inner one has a rate', () => {
    const { logger, sink } = atInfo();

    withContext(
      {},
      () => {
        withContext({}, () => logger.trace('a'), { bufferLevel: 'trace' });
        withContext({}, () => logger.debug('b'), { ...DEBUG, sampleRate: 0 });
        withContext({}, () => logger.debug('c'), {});
      },
      { sampleRate: 1 },
    );

    expect(messages(sink)).toEqual(['a', 'c']);
  });
});

describe('an error that is logged where the stack is full', () => {
  /** Calls itself until there is no stack left. */
  function exhaust(atEnd: () => void): void {
    try {
      exhaust(atEnd);
    } catch {
      atEnd();
    }
  }

  test.each<[string, (logger: Logger) => void, readonly string[]]>([
    ['the next line that waits', (logger) => logger.debug('next'), ['next']],
    ['the end', () => undefined, []],
  ])('costs no line that waits: they go on with %s', (_, then, left) => {
    const { logger, sink } = atInfo();
    let count = 0;

    withContext(
      {},
      () => {
        logger.debug('waits');
        logger.debug('waits, too');
        // The first ones cannot begin; each further one has a little more room.
        exhaust(() => {
          if (count++ >= 1_000) return;
          logger.error('deep');
          throw new Error('climb');
        });
        then(logger);
      },
      DEBUG,
    );

    const lines = messages(sink).filter((message) => message !== 'deep');
    expect(lines).toEqual(['waits', 'waits, too']);
    expect(logger.stats()).toMatchObject({ buffered: 0, filtered: { total: left.length } });
  });
});
