import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import { LEVELS } from '../../../contract/levels.js';
import { isBalanced, withContext, type LogMethod } from '../../../runtime/index.js';
import { thrownBy } from '../../support/environment.js';
import { codesHeard } from '../../support/heard.js';
import { root } from '../../support/imports.js';
import { memoryLogger } from '../../support/memory-sink.js';
import { refuse } from '../../support/hostile.js';

const NOW = Date.parse('2026-11-22T08:00:00.123Z');

beforeEach(() => jest.useFakeTimers({ now: NOW, doNotFake: ['performance'] }));

afterEach(() => jest.useRealTimers());

describe('a log call', () => {
  test('is one line: time of the call, level, message, fields', () => {
    const { logger, sink } = memoryLogger();

    logger.info('cloudwatch ready', { service: 'api', port: 8_080 });

    expect(sink.lines).toEqual([
      '{"timestamp":"2026-11-22T08:00:00.123Z","level":"info","message":"cloudwatch ready","service":"api","port":8080}',
    ]);
  });

  test('has the time at which it was made, whatever happens while its values are read', () => {
    const { logger, sink } = memoryLogger();
    const slow = {
      get taken() {
        jest.setSystemTime(NOW + 5_000);
        return true;
      },
    };

    logger.info('slow', slow);
    logger.info('next');

    expect(sink.logged.map(({ timestamp }) => timestamp)).toEqual([
      '2026-11-22T08:00:00.123Z',
      '2026-11-22T08:00:05.123Z',
    ]);
    expect(sink.records.map(({ timeMs }) => timeMs)).toEqual([NOW, NOW + 5_000]);
  });

  test('has the level of its method', () => {
    const { logger, sink } = memoryLogger();

    for (const level of LEVELS) logger[level](level);

    expect(sink.logged.map(({ level, message }) => [level, message])).toEqual(
      LEVELS.map((level) => [level, level]),
    );
  });

  test('has the level that log() is given, in any case and by any name', () => {
    const { logger, sink } = memoryLogger();
    const words = [...LEVELS, 'INFO', 'Error', 'WARNING', 'critical'];

    for (const word of words) logger.log(word, '%s is %d', word, 7, { port: 8_080 });
    logger.log('silent', 'not a line');

    expect(sink.logged.map(({ level, message, port }) => [level, message, port])).toEqual(
      [...LEVELS, 'info', 'error', 'warn', 'fatal'].map((level, index) => [
        level,
        `${words[index]} is 7`,
        8_080,
      ]),
    );
  });

  test('of log() is left out by its level', () => {
    const { logger, sink } = memoryLogger('error');

    logger.log('WARN', 'not a line');
    logger.log('ERROR', 'a line');

    expect(sink.told).toEqual([{ message: 'a line' }]);
  });

  test('of log() without a level is a line at info with all that it was given, which is reported once', async () => {
    const { logger, sink } = memoryLogger();
    const hostile = { toString: refuse, toLowerCase: refuse };
    const log = logger.log as LogMethod;

    const codes = await codesHeard(() => {
      log('AUDIT', 'signed in', { user: 7 });
      log('done');
      log({ order: 1 }, 'paid');
      log(undefined, 'none');
      log(hostile as object, 'read');
      log('__proto__', 'odd');
      log();
    });

    expect(codes).toEqual(['log.level']);
    expect(sink.logged.map(({ level }) => level)).toEqual(Array(7).fill('info'));
    expect(sink.told.slice(0, 4)).toEqual([
      { message: 'AUDIT signed in', user: 7 },
      { message: 'done' },
      { message: 'paid', order: 1 },
      { message: 'none' },
    ]);
    expect(sink.told.slice(4).map(({ message }) => message)).toEqual(['read', '__proto__ odd', 'undefined']);
  });

  test('works without its logger, as a callback', () => {
    const { logger, sink } = memoryLogger();
    const { info } = logger;

    ['a', 'b'].forEach((word) => info(word));

    expect(sink.told).toEqual([{ message: 'a' }, { message: 'b' }]);
  });

  test('returns nothing', () => {
    const { logger } = memoryLogger();

    expect(logger.info('a')).toBeUndefined();
    expect(logger.silent()).toBeUndefined();
  });

  test('that is silent is no line', () => {
    const { logger, sink } = memoryLogger();

    logger.silent();

    expect(sink.lines).toEqual([]);
  });

  test('is accounted for', () => {
    const { logger } = memoryLogger();

    logger.info('a');
    logger.info('b');

    expect(logger.stats()).toMatchObject({ accepted: 2, delivered: 2, pending: 0 });
    expect(isBalanced(logger.stats())).toBe(true);
  });
});

describe('message and fields', () => {
  test.each<[string, (info: LogMethod) => void, object]>([
    ['a message', (info) => info('hi'), { message: 'hi' }],
    ['an empty message', (info) => info(''), { message: '' }],
    ['a message and fields', (info) => info('hi', { a: 1 }), { message: 'hi', a: 1 }],
    ['fields and a message', (info) => info({ a: 1 }, 'hi'), { message: 'hi', a: 1 }],
    ['fields only', (info) => info({ a: 1 }), { message: '', a: 1 }],
    ['fields and undefined', (info) => info({ a: 1 }, undefined), { message: '', a: 1 }],
    ['a message and undefined', (info) => info('hi', undefined), { message: 'hi' }],
    ['a message and null', (info) => info('hi', null), { message: 'hi null' }],
    ['a message and values', (info) => info('took', 5, true), { message: 'took 5 true' }],
    ['a pattern and values', (info) => info('%s took %d ms', 'job', 5), { message: 'job took 5 ms' }],
    ['a pattern without values', (info) => info('100%s'), { message: '100%s' }],
    ['a message, fields and values', (info) => info('took %d', { a: 1 }, 5), { message: 'took 5', a: 1 }],
    ['fields, a pattern and values', (info) => info({ a: 1 }, 'took %d', 5), { message: 'took 5', a: 1 }],
    ['a message and two objects', (info) => info('hi', { a: 1 }, { b: 2 }), { message: 'hi', a: 1, b: 2 }],
    ['a number', (info) => info(5), { message: '5' }],
    ['a number and a message', (info) => info(5, 'hi'), { message: '5 hi' }],
    ['nothing', (info) => info(), { message: 'undefined' }],
  ])('may be %s', (_, call, expected) => {
    const { logger, sink } = memoryLogger();

    call(logger.info);

    expect(sink.told).toEqual([expected]);
  });

  test('are taken as they are at the time of the call', () => {
    const { logger, sink } = memoryLogger();
    const fields = { a: 1, list: [1] };

    logger.info('before', fields);
    fields.a = 2;
    fields.list.push(2);
    logger.info('after', fields);

    expect(sink.told).toEqual([
      { message: 'before', a: 1, list: [1] },
      { message: 'after', a: 2, list: [1, 2] },
    ]);
  });

  test('are not changed by logging', () => {
    const { logger, sink } = memoryLogger();
    const fields = Object.freeze({ message: 'mine', error: Object.freeze(new Error('e')) });

    logger.info('hi', fields);

    expect(sink.logged).toMatchObject([{ message: 'hi', _message: 'mine', error: { message: 'e' } }]);
  });
});

describe('an error', () => {
  const error = new RangeError('out of range');
  const plain = { type: 'RangeError', message: 'out of range', stack: error.stack };

  test.each<[string, (log: LogMethod) => void, object]>([
    ['alone', (log) => log(error), { message: 'out of range', error: plain }],
    ['before a message', (log) => log(error, 'failed'), { message: 'failed', error: plain }],
    ['after a message', (log) => log('failed', error), { message: 'failed', error: plain }],
    ['before a pattern', (log) => log(error, 'failed %d', 5), { message: 'failed 5', error: plain }],
    ['among the fields', (log) => log('failed', { error, a: 1 }), { message: 'failed', error: plain, a: 1 }],
    ['as err', (log) => log({ err: error }, 'failed'), { message: 'failed', error: plain }],
    ['under another name', (log) => log('failed', { reason: error }), { message: 'failed', reason: plain }],
  ])('may stand %s', (_, log, expected) => {
    const { logger, sink } = memoryLogger();

    log(logger.error);

    expect(sink.told).toEqual([expected]);
  });
});

describe('the level', () => {
  test('lets pass what is not below it', () => {
    const { logger, sink } = memoryLogger('info');

    for (const level of LEVELS) logger[level](level);

    expect(sink.logged.map(({ level }) => level)).toEqual(['info', 'warn', 'error', 'fatal']);
    expect(logger.stats().accepted).toBe(4);
  });

  test('may change at run time, up and down', () => {
    const { logger, sink } = memoryLogger('info');

    logger.debug('1');
    logger.level = 'debug';
    logger.debug('2');
    logger.level = 'error';
    logger.warn('3');
    logger.error('4');

    expect(sink.logged.map(({ message }) => message)).toEqual(['2', '4']);
    expect(logger.level).toBe('error');
  });

  test("understands Python's names, in any case", () => {
    const { logger } = memoryLogger();
    const levels = ['WARNING', 'critical', 'Debug', 'warn'].map((name) => {
      logger.level = name;
      return logger.level;
    });

    expect(levels).toEqual(['warn', 'fatal', 'debug', 'warn']);
  });

  test('tells what is enabled', () => {
    const { logger } = memoryLogger('info');

    expect(LEVELS.filter((level) => logger.isLevelEnabled(level))).toEqual([
      'info',
      'warn',
      'error',
      'fatal',
    ]);
    expect([logger.isLevelEnabled('WARNING'), logger.isLevelEnabled('DEBUG')]).toEqual([true, false]);
  });

  test('may be silent: then nothing is logged', () => {
    const { logger, sink } = memoryLogger();
    const child = logger.child({}, { level: 'SILENT' });
    logger.level = 'silent';

    for (const level of LEVELS) {
      logger[level](level);
      child[level](level);
    }

    expect([logger.level, child.level]).toEqual(['silent', 'silent']);
    expect(logger.stats().accepted).toBe(0);
    expect(sink.lines).toEqual([]);
    expect(LEVELS.filter((level) => logger.isLevelEnabled(level))).toEqual([]);
  });

  test('ends to be silent when it is set to another', () => {
    const { logger, sink } = memoryLogger();
    const child = logger.child({}, { level: 'silent' });

    child.fatal('1');
    child.level = 'trace';
    child.trace('2');

    expect(sink.told).toEqual([{ message: '2' }]);
  });

  test.each(['silent', 'trace', 'fatal'] as const)('enables silent at %s, as in pino', (level) => {
    const { logger } = memoryLogger();
    logger.level = level;

    expect(logger.isLevelEnabled('silent')).toBe(pino({ level }).isLevelEnabled('silent'));
  });

  test.each([
    [
      'inf',
      'level is "inf"; allowed: one of trace, debug, info, warn, error, fatal, silent; did you mean "info"?',
    ],
    ['audit', 'level is "audit"; allowed: one of trace, debug, info, warn, error, fatal, silent'],
    ['', 'level is ""; allowed: one of trace, debug, info, warn, error, fatal, silent'],
    ['constructor', 'level is "constructor"; allowed: one of trace, debug, info, warn, error, fatal, silent'],
  ])('is never %p, and stays as it was', (word, message) => {
    const { logger } = memoryLogger('info');

    expect(thrownBy(() => (logger.level = word))).toMatchObject({ code: 'FAPILOG_LEVEL' });
    expect(() => (logger.level = word)).toThrow(new TypeError(message));
    expect(() => logger.isLevelEnabled(word)).toThrow(new TypeError(message));
    expect(() => logger.child({}, { level: word })).toThrow(new TypeError(message));
    expect(logger.level).toBe('info');
  });

  test('spares what is below it every look at its values', () => {
    const { logger, sink } = memoryLogger('info');

    logger.debug('hi', {
      get a() {
        return refuse();
      },
    });
    logger.debug('%s', { toString: refuse });

    expect(sink.lines).toEqual([]);
  });
});

describe('a child', () => {
  test("carries its fields and its parents', the youngest winning", () => {
    const { logger, sink } = memoryLogger();
    const child = logger.child({ a: 1, b: 1 });
    const grandchild = child.child({ b: 2, c: 2 });

    grandchild.info('grandchild', { c: 3 });
    child.info('child');
    logger.info('parent');

    expect(sink.told).toEqual([
      { message: 'grandchild', a: 1, b: 2, c: 3 },
      { message: 'child', a: 1, b: 1 },
      { message: 'parent' },
    ]);
    expect([logger, child, grandchild].map((each) => each.bindings())).toEqual([
      {},
      { a: 1, b: 1 },
      { a: 1, b: 2, c: 2 },
    ]);
  });

  test("has a level of its own: its parent's at first, or the one given", () => {
    const { logger, sink } = memoryLogger('info');
    const same = logger.child({});
    const own = logger.child({}, { level: 'WARNING' });

    logger.level = 'error';
    same.level = 'debug';

    expect([logger, same, own].map(({ level }) => level)).toEqual(['error', 'debug', 'warn']);
    logger.warn('1');
    same.debug('2');
    own.info('3');
    own.warn('4');
    expect(sink.logged.map(({ message }) => message)).toEqual(['2', '4']);
  });

  test('does not let its fields out through its bindings', () => {
    const { logger, sink } = memoryLogger();
    const child = logger.child({ a: 1 });

    Object.assign(child.bindings(), { a: 2, b: 2 });
    child.info('hi');

    expect(sink.told).toEqual([{ message: 'hi', a: 1 }]);
  });

  test('carries errors, too', () => {
    const { logger, sink } = memoryLogger();

    logger.child({ err: new Error('e') }).info('hi');

    expect(sink.logged).toMatchObject([{ error: { type: 'Error', message: 'e' } }]);
  });

  test('shares its sinks and their account', async () => {
    const { logger, sink } = memoryLogger();
    const child = logger.child({});

    child.info('a');
    await child.flush();
    const account = await child.close();

    expect(account).toEqual(logger.stats());
    expect(account.accepted).toBe(1);
    expect([sink.flushes, sink.closes]).toEqual([1, 1]);
  });

  test('is closed at the end of its block by `await using`, also of one that throws', async () => {
    const { logger, sink } = memoryLogger();
    const work = async (): Promise<void> => {
      await using disposed = logger;
      disposed.info('in the block');
      refuse();
    };

    await expect(work()).rejects.toThrow('no');

    expect([sink.closes, logger.isClosed]).toEqual([1, true]);
  });
});

describe('what pino has besides', () => {
  test('the names and numbers of the levels', () => {
    const { logger } = memoryLogger('info');

    expect(logger.levels).toEqual(pino().levels);
    expect(logger.levels.values.silent).toBe(Infinity);
    expect(Object.keys(logger.levels.values)).toEqual(LEVELS);
  });

  test.each([...LEVELS, 'silent'] as const)('the number of the level %s', (level) => {
    const { logger } = memoryLogger();
    logger.level = level;

    expect(logger.levelVal).toBe(pino({ level }).levelVal);
  });

  test('bindings that are added, for this logger and children that it makes from now on', () => {
    const { logger, sink } = memoryLogger();
    const child = logger.child({ a: 1 });
    const before = child.child({});
    child.setBindings({ a: 2, b: 2 });

    for (const each of [logger, child, before, child.child({ c: 3 })]) each.info('hi');

    expect(sink.told).toEqual([
      { message: 'hi' },
      { message: 'hi', a: 2, b: 2 },
      { message: 'hi', a: 1 },
      { message: 'hi', a: 2, b: 2, c: 3 },
    ]);
    expect(child.bindings()).toEqual({ a: 2, b: 2 });
  });

  test('a prefix before each message, behind that of the parent', () => {
    const { logger, sink } = memoryLogger();
    const child = logger.child({}, { msgPrefix: '[api] ' });
    const grandchild = child.child({}, { msgPrefix: '[orders] ' });

    grandchild.info('hi %s', 'x');
    child.error(new Error('e'));
    child.child({}).info({ a: 1 });
    logger.info('hi');

    expect(sink.logged.map(({ message }) => message)).toEqual(['[api] [orders] hi x', '[api] e', '', 'hi']);
    expect([logger, child, grandchild].map(({ msgPrefix }) => msgPrefix)).toEqual([
      undefined,
      '[api] ',
      '[api] [orders] ',
    ]);
  });

  test('each member, or the documents say that it is absent', () => {
    const { logger } = memoryLogger();
    const documents = readFileSync(join(root, 'docs/logger.md'), 'utf8');
    const absent = [...documents.matchAll(/^\| (.+) \| absent \|/gm)].flatMap(([, cell]) =>
      [...cell!.matchAll(/`(\w+)`/g)].map(([, name]) => name!),
    );
    const ofPino = membersOf(pino()).filter((name) => !(name in EventEmitter.prototype));

    expect(ofPino.filter((name) => !(name in logger)).toSorted()).toEqual(
      absent.filter((name) => ofPino.includes(name)).toSorted(),
    );
  });

  test('its serializers, where Fastify looks for them', () => {
    const { logger } = memoryLogger();
    const serializers = { user: () => 'parent', order: () => 'parent' };
    const child = logger.child({}, { serializers }).child({}, { serializers: { user: () => 'child' } });
    const found = child[Symbol.for('pino.serializers') as never] as Record<string, () => unknown>;

    expect(logger[Symbol.for('pino.serializers') as never]).toEqual({});
    expect(Object.entries(found).map(([name, serializer]) => [name, serializer()])).toEqual([
      ['user', 'child'],
      ['order', 'parent'],
    ]);
  });

  test('a function that is called once everything is settled', async () => {
    const { logger, sink } = memoryLogger();
    const flushes: number[] = [];

    const account = await logger.flush(() => flushes.push(sink.flushes));

    expect(flushes).toEqual([1]);
    expect(account).toEqual(logger.stats());
  });

  test('no other option of a child: each is reported once', async () => {
    const { logger, sink } = memoryLogger();
    const options = {
      redact: ['a'],
      formatters: {},
      level: 'info',
      msgPrefix: undefined,
      customLevels: undefined,
    };

    const codes = await codesHeard(() => {
      logger.child({}, options).child({}, options);
      logger.child({}, { redact: ['b'] } as object).info('hi');
    });

    expect(codes).toEqual(['child.redact', 'child.formatters']);
    expect(sink.told).toEqual([{ message: 'hi' }]);
  });
});

describe('fields of a type that is an interface', () => {
  interface Tenant {
    id: string;
  }

  test('may be bound, be in the context and be logged', () => {
    const { logger, sink } = memoryLogger();
    const tenant: Tenant = { id: 't' };

    logger.child(tenant).info('child');
    logger.withContext(tenant, () => logger.info('context'));
    withContext(tenant, () => logger.info('context'));
    logger.info('fields', tenant);
    logger.info(tenant, 'fields');
    logger.child({}).setBindings(tenant);

    expect(sink.told.map(({ id }) => id)).toEqual(['t', 't', 't', 't', 't']);
  });
});

/** The names of all members of an object. */
function membersOf(object: object | null): string[] {
  if (object === null) return [];
  return [
    ...Object.getOwnPropertyNames(object),
    ...membersOf(Object.getPrototypeOf(object) as object | null),
  ];
}
