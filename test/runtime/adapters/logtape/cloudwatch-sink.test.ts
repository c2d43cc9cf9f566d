import * as logtape1 from 'logtape1';
import * as logtape2 from '@logtape/logtape';
import { getCloudWatchSink, type LogTapeSinkOptions } from 'fapilog-cloudwatch/logtape';
import { getLogger, Settings } from 'fapilog-cloudwatch';
import { memoryLogger, MemorySink } from '../../../support/memory-sink.js';

test('both versions take the sink as it is, which the compiler says', () => {
  const sink = getCloudWatchSink({ logger: memoryLogger().logger });
  const sinks: [logtape1.Sink & AsyncDisposable, logtape2.Sink & logtape2.Drainable & AsyncDisposable] = [
    sink,
    sink,
  ];

  expect(sinks).toEqual([sink, sink]);
});

describe.each([
  ['1', logtape1 as unknown as typeof logtape2],
  ['2', logtape2],
])('with LogTape %s', (version, { configure, dispose, getLogger: loggerOf, reset, withContext }) => {
  let sink: MemorySink;

  /** Opens LogTape with our sink, and a logger of the category `shop.orders`. */
  async function opened(
    options: Pick<LogTapeSinkOptions, 'messageTemplate' | 'level'> = {},
  ): Promise<logtape2.Logger> {
    const memory = memoryLogger();
    sink = memory.sink;
    const { AsyncLocalStorage } = await import('node:async_hooks');
    await configure({
      sinks: { cloudwatch: getCloudWatchSink({ logger: memory.logger, ...options }) },
      loggers: [
        { category: 'shop', sinks: ['cloudwatch'], lowestLevel: 'trace' },
        { category: ['logtape', 'meta'], sinks: [] },
      ],
      contextLocalStorage: new AsyncLocalStorage(),
    });
    return loggerOf(['shop', 'orders']);
  }

  afterEach(() => reset());

  test('each level is ours', async () => {
    const logger = await opened();
    for (const level of ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const) logger[level](level);

    expect(sink.logged.map(({ level, message, logger: name }) => [level, message, name])).toEqual(
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal'].map((level) => [level, level, 'shop.orders']),
    );
  });

  test('properties are fields, and fill the message', async () => {
    const logger = await opened();
    logger.info('order {id} of {user.name}: {items}', { id: 7, user: { name: 'Ann' }, items: [1] });

    expect(sink.told).toEqual([
      {
        message: version === '1' ? expect.stringContaining('order 7 of ') : 'order 7 of Ann: [1]',
        logger: 'shop.orders',
        id: 7,
        user: { name: 'Ann' },
        items: [1],
      },
    ]);
  });

  test('a tagged template has its values in the message, and an error as a field', async () => {
    const logger = await opened({ messageTemplate: true });
    logger.warn((l) => l`order ${7} failed: ${new TypeError('no card')} ${{ a: 1 }}`);

    expect(sink.told).toEqual([
      {
        message: 'order 7 failed: TypeError: no card {"a":1}',
        messageTemplate: 'order {} failed: {} {}',
        logger: 'shop.orders',
        error: expect.objectContaining({ type: 'TypeError', message: 'no card' }),
      },
    ]);
  });

  test('an error is the field `error`, with its stack, once', async () => {
    const logger = await opened();
    logger.error('order failed: {error}', { error: new TypeError('no card') });
    logger.error('order failed', { err: new TypeError('no card') });

    expect(sink.told).toEqual(
      ['order failed: TypeError: no card', 'order failed'].map((message) => ({
        message,
        logger: 'shop.orders',
        error: {
          type: 'TypeError',
          message: 'no card',
          stack: expect.stringContaining('cloudwatch-sink.test'),
        },
      })),
    );
  });

  test('the template is a field where it is asked for and says more than the message', async () => {
    const logger = await opened({ messageTemplate: true });
    logger.info('order {id}', { id: 7 });
    logger.info('done');

    expect(sink.told.map(({ messageTemplate }) => messageTemplate)).toEqual(['order {id}', undefined]);
  });

  test('fields of with(), of the context, and values that are read late are fields', async () => {
    const logger = await opened();
    withContext({ requestId: 'r-1' }, () =>
      logger.with({ tenant: 'acme' }).debug('rows: {rows}', () => ({ rows: 5 })),
    );

    expect(sink.told).toEqual([
      { message: 'rows: 5', logger: 'shop.orders', tenant: 'acme', requestId: 'r-1', rows: 5 },
    ]);
  });

  test('a property with the name of a field of ours keeps its value', async () => {
    const logger = await opened();
    logger.info('hi', { logger: 'theirs', level: 'odd', timestamp: 1, message: 'other' });

    expect(sink.logged).toMatchObject([
      {
        level: 'info',
        message: 'hi',
        logger: 'shop.orders',
        _logger: 'theirs',
        _level: 'odd',
        _timestamp: 1,
        _message: 'other',
      },
    ]);
  });

  test('the time is that of the record, and the level of the sink leaves out what is below', async () => {
    const logger = await opened({ level: 'warn' });
    const record = { timestamp: 1_700_000_000_000, message: ['late'], rawMessage: 'late', properties: {} };
    logger.emit({ ...record, level: 'warning' });
    logger.emit({ ...record, level: 'info' });

    expect(sink.logged.map(({ timestamp, level }) => [timestamp, level])).toEqual([
      ['2023-11-14T22:13:20.000Z', 'warn'],
    ]);
  });

  test('secrets are redacted in properties and in the message', async () => {
    const memory = new MemorySink();
    const settings = new Settings({ redaction: { enabled: true } }, { env: {} });
    const logger = getLogger({ settings, sinks: [memory] });
    await configure({
      sinks: { cloudwatch: getCloudWatchSink({ logger, messageTemplate: true }) },
      loggers: [
        { category: 'shop', sinks: ['cloudwatch'], lowestLevel: 'trace' },
        { category: ['logtape', 'meta'], sinks: [] },
      ],
    });
    loggerOf('shop').info('signed in: {user}', { user: { rawHeaders: ['password', 'hunter2'] } });
    loggerOf('shop').info((l) => l`signed in: ${{ rawHeaders: ['password', 'hunter2'] }}`);

    expect(memory.lines).toHaveLength(2);
    expect(memory.lines.join()).not.toContain('hunter2');
  });

  test('disposal flushes a logger of the application, and leaves it open', async () => {
    const logger = await opened();
    logger.info('hi');
    await dispose();

    expect([sink.flushes, sink.closes]).toEqual([1, 0]);
  });
});

describe('a record', () => {
  const record = {
    category: [],
    level: 'info',
    timestamp: 5,
    message: ['hi'],
    rawMessage: 'hi',
    properties: {},
  } as const;

  test('of the root has no field `logger`, and a place in the source is a field', () => {
    const { logger, sink } = memoryLogger();
    const sourceLocation = { file: 'file:///app/main.js', line: 3, column: 9 };
    getCloudWatchSink({ logger })({ ...record, sourceLocation });

    expect(sink.told).toEqual([{ message: 'hi', sourceLocation }]);
  });

  test('whose values throw when they are read is stored with its template', () => {
    const { logger, sink } = memoryLogger();
    getCloudWatchSink({ logger })({
      ...record,
      rawMessage: 'rows: {rows}',
      get message(): never {
        throw new Error('no rows');
      },
      get properties(): never {
        throw new Error('no rows');
      },
    });

    expect(sink.told).toEqual([{ message: 'rows: {rows}', properties: '[unreadable: no rows]' }]);
  });
});

test.each([
  [null, 'getCloudWatchSink: options is null; allowed: options such as { logGroupName }'],
  [{ messageTemplate: 1 }, 'getCloudWatchSink: options.messageTemplate is 1; allowed: true or false'],
  [{ flushInterval: 5 }, 'flushInterval'],
])('options that are wrong are named: %#', (options, message) => {
  expect(() => getCloudWatchSink(options as object)).toThrow(message);
});
