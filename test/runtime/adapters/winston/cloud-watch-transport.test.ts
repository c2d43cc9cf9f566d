import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import winston, { type Logger } from 'winston';
import { getLogger, SettingsError, withContext } from 'fapilog-cloudwatch';
import {
  CloudWatchTransport,
  type CloudWatchTransportOptions,
} from '../../../../runtime/adapters/winston.js';
import { MemorySink, memoryLogger } from '../../../support/memory-sink.js';
import { recogniseErrorsOfNode } from '../../../support/realm.js';
import { SinkBench } from '../../../support/sink-against-server.js';

recogniseErrorsOfNode();

let bench: SinkBench;

beforeAll(async () => {
  bench = await SinkBench.start();
});

afterAll(() => bench.stop());

/** A transport on the local server, its logger, and what is stored in the end. */
function opened(options: CloudWatchTransportOptions = {}) {
  const target = bench.newTarget();
  const transport = new CloudWatchTransport({
    ...target,
    region: 'us-east-1',
    endpointUrl: bench.server.endpoint,
    env: {},
    ...options,
  });
  const logger = winston.createLogger({ transports: [transport] });
  const stored = async () => (await bench.stored(target)).map(({ message = '' }) => message);
  return { transport, logger, stored };
}

async function ended(logger: Logger): Promise<void> {
  const finished = once(logger, 'finish');
  logger.end();
  await finished;
}

/** What was warned of while something ran. */
function warningsOf(act: () => unknown): unknown[] {
  const warn = jest.spyOn(process, 'emitWarning').mockReturnValue();
  act();
  const warnings = warn.mock.calls.map(([warning]) => warning);
  warn.mockRestore();
  return warnings;
}

describe('the end', () => {
  test('of a logger comes after the delivery', async () => {
    const { logger, stored } = opened({ batchTimeoutSeconds: 60 });
    logger.info('paid');
    await ended(logger);

    expect(await stored()).toEqual([expect.stringContaining('"message":"paid"')]);
  });

  test('of a transport that is removed waits for delivery, too, and it goes on if it is added again', async () => {
    const { transport, logger, stored } = opened({ batchTimeoutSeconds: 60 });
    logger.info('first');
    logger.remove(transport);
    await transport.close();
    expect(await stored()).toHaveLength(1);
    logger.add(transport);
    logger.debug('below the level');
    logger.info('second');
    await ended(logger);

    expect(await stored()).toHaveLength(2);
  });

  test('of a transport that is added again leaves its account whole', async () => {
    const { transport, logger, stored } = opened({ batchTimeoutSeconds: 60 });
    for (const message of ['first', 'second', 'third']) {
      logger.info(message);
      void transport.close();
    }

    expect(transport.stats().accepted).toBe(3);
    expect(await transport.flush()).toMatchObject({ accepted: 3, delivered: 3, pending: 0 });
    await transport.close();
    expect(transport.stats()).toMatchObject({ accepted: 3, delivered: 3 });
    expect(await stored()).toHaveLength(3);
  });

  test('of a transport on a logger of the application counts nothing twice', async () => {
    const { logger } = memoryLogger();
    const transport = new CloudWatchTransport({ logger });
    const log = winston.createLogger({ transports: [transport] });
    log.info('first');
    await transport.close();
    log.info('second');

    expect(transport.stats()).toMatchObject({ accepted: 2, delivered: 2 });
  });

  test('leaves texts in the account that came to no line', async () => {
    const env = { FAPILOG_CORE__FILTERS: '["level"]', FAPILOG_FILTER_CONFIG__LEVEL: '{"min_level":"ERROR"}' };
    const { transport, logger, stored } = opened({ messageFormatter: ({ message }) => String(message), env });
    logger.info('left out');
    logger.error('kept');
    await ended(logger);

    expect(transport.stats()).toMatchObject({ accepted: 1, delivered: 1, filtered: { total: 1 } });
    expect(await stored()).toEqual(['kept']);
  });

  test('calls the hook of the application', () => {
    const { logger } = memoryLogger();
    let closes = 0;
    const transport = new CloudWatchTransport({ logger, close: () => void closes++ });
    winston.createLogger({ transports: [transport] }).close();

    expect(closes).toBe(1);
  });

  test('of one logger is not that of another one on the same transport, and no error', async () => {
    const { transport, logger, stored } = opened({ batchTimeoutSeconds: 60 });
    const other = winston.createLogger({ transports: [transport] });
    logger.info('first');
    const finished = once(logger, 'finish');
    logger.end();
    await nextTurn();
    other.info('still here');
    await finished;
    await transport.close();

    expect(await stored()).toEqual([expect.stringContaining('first'), expect.stringContaining('still here')]);
  });

  test('of one logger leaves the transport to the others, and comes after the delivery', async () => {
    const { transport, logger, stored } = opened({ batchTimeoutSeconds: 60 });
    let finishes = 0;
    transport.on('finish', () => void finishes++);
    const [second, third] = [0, 1].map(() => winston.createLogger({ transports: [transport] }));
    logger.info('first');
    await ended(logger);
    expect(await stored()).toHaveLength(1);
    second!.info('second');
    second!.debug('below the level');
    await ended(second!);
    third!.info('third');
    await ended(third!);

    expect(await stored()).toHaveLength(3);
    expect(finishes).toBe(1);
  });

  test('at the deadline diverts what is not delivered', async () => {
    const { transport, logger } = opened({ endpointUrl: 'http://127.0.0.1:1', batchTimeoutSeconds: 60 });
    logger.info('paid');
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    await transport.close({ deadlineMs: 10 });
    write.mockRestore();

    expect(transport.stats()).toMatchObject({ accepted: 1, diverted: { total: 1 }, pending: 0 });
  });

  test('by kthxbye calls back once all is delivered', async () => {
    const { transport, logger, stored } = opened({ batchTimeoutSeconds: 60 });
    logger.info('paid');
    const error = await new Promise((resolve) => transport.kthxbye(resolve));

    expect([error, await stored()]).toEqual([undefined, [expect.stringContaining('paid')]]);
  });
});

describe('an info', () => {
  test('is taken at once: the callback comes within the call, `logged` after it', async () => {
    const { logger } = memoryLogger();
    const transport = new CloudWatchTransport({ logger });
    const seen: string[] = [];
    transport.on('logged', (info: { message: string }) => seen.push(`logged ${info.message}`));
    transport.log({ level: 'info', message: 'paid' }, () => seen.push('called back'));
    expect(seen).toEqual(['called back']);
    await nextTurn();

    expect(seen).toEqual(['called back', 'logged paid']);
  });

  test('of a logger whose own level is none of its levels is left out, as winston does, with a warning', () => {
    const { logger, sink } = memoryLogger();
    const warnings = warningsOf(() => {
      const transports = [new CloudWatchTransport({ logger })];
      winston.createLogger({ transports, level: 'INFO' }).error('lost');
    });

    expect(sink.told).toEqual([]);
    expect(warnings).toEqual([
      'fapilog-cloudwatch/winston: nothing is stored, because the logger has no level "INFO"; allowed: one of error, warn, info, http, verbose, debug, silly',
    ]);
  });

  test('below the level of the transport, or of a silent one, is left out', () => {
    const { logger, sink } = memoryLogger();
    const quiet = new CloudWatchTransport({ logger, level: 'warn' });
    const silent = new CloudWatchTransport({ logger, silent: true });
    const log = winston.createLogger({ level: 'silly', transports: [quiet, silent] });
    for (const level of ['silly', 'info', 'warn', 'error']) log.log(level, level);

    expect(sink.told).toEqual([{ message: 'warn' }, { message: 'error' }]);
  });

  test('is taken in spite of a level that the logger does not have, with one warning', () => {
    const { logger, sink } = memoryLogger();
    const transport = new CloudWatchTransport({ logger, level: 'loud' });
    const log = winston.createLogger({ level: 'warn', transports: [transport] });
    const warnings = warningsOf(() => {
      for (const level of ['debug', 'warn', 'error']) log.log(level, level);
    });

    expect(sink.told).toEqual([{ message: 'warn' }, { message: 'error' }]);
    expect(warnings).toEqual([
      'fapilog-cloudwatch/winston: level is "loud", which the logger does not have, and its own level counts; ' +
        'allowed: one of error, warn, info, http, verbose, debug, silly, or silent',
    ]);
  });

  test('is left out, and nothing is warned of, at the level silent', () => {
    const { logger, sink } = memoryLogger();
    const log = winston.createLogger({ transports: [new CloudWatchTransport({ logger, level: 'silent' })] });
    const warnings = warningsOf(() => log.error('paid'));

    expect([sink.told, warnings]).toEqual([[], []]);
  });

  test('has the fields of the work in which it is logged, unless another transport has held it up', async () => {
    const { logger, sink } = memoryLogger();
    const release: (() => void)[] = [];
    const slow = new winston.transports.Stream({ stream: process.stderr });
    slow.log = (_info: unknown, next: () => void) => release.push(next);
    const log = winston.createLogger({ transports: [new CloudWatchTransport({ logger }), slow] });
    withContext({ requestId: 'r-1' }, () => {
      for (let id = 0; id < 40; id++) log.info('paid', { id });
    });
    const taken = sink.told.length;
    await withContext({ requestId: 'r-2' }, async () => {
      while (sink.told.length < 40) {
        release.splice(0).forEach((next) => next());
        await nextTurn();
      }
    });

    expect(taken).toBeGreaterThan(10);
    expect(sink.told.map((line) => line['requestId'])).toEqual(
      Array.from({ length: 40 }, (_, id) => (id < taken ? 'r-1' : undefined)),
    );
    expect(sink.told.map((line) => line['id'])).toEqual(Array.from({ length: 40 }, (_, id) => id));
  });

  test('that cannot be read is counted, and nothing is thrown', () => {
    const { logger } = memoryLogger();
    const transport = new CloudWatchTransport({ logger });
    const bad = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no');
        },
      },
    );
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    transport.log(bad);
    write.mockRestore();

    expect(transport.stats()).toMatchObject({ accepted: 1, dropped: { total: 1 } });
  });

  test('that a format of the transport throws at is stored without it', () => {
    const { logger, sink } = memoryLogger();
    const format = winston.format(() => {
      throw new Error('no');
    })();
    const warnings = warningsOf(() => {
      const log = winston.createLogger({ transports: [new CloudWatchTransport({ logger, format })] });
      log.info('paid', { id: 7 });
      log.info('paid', { id: 8 });
    });

    expect(sink.told).toEqual([
      { message: 'paid', id: 7 },
      { message: 'paid', id: 8 },
    ]);
    expect(warnings).toHaveLength(1);
  });

  test('that a format of the transport filters out is not stored', () => {
    const { logger, sink } = memoryLogger();
    const format = winston.format((info) => (info['isPrivate'] ? false : info))();
    const log = winston.createLogger({ transports: [new CloudWatchTransport({ logger, format })] });
    log.info('one', { isPrivate: true });
    log.info('two');

    expect(sink.told).toEqual([{ message: 'two' }]);
  });
});

describe('a text that is made on purpose', () => {
  const { combine, json, printf, timestamp, uncolorize } = winston.format;

  test.each([
    [
      'a format of the transport',
      { format: printf(({ level, message }) => `${level}: ${String(message)}!`) },
      'info: paid!',
    ],
    ['messageFormatter', { messageFormatter: ({ message }) => `<${String(message)}>` }, '<paid>'],
    ['jsonMessage: false', { jsonMessage: false }, 'info - paid'],
  ] satisfies [string, CloudWatchTransportOptions, string][])(
    'by %s is the whole line',
    async (_, options, line) => {
      const { transport, logger, stored } = opened(options);
      logger.info('paid', { id: 7 });
      await ended(logger);

      expect(await stored()).toEqual([line]);
      expect(transport.stats()).toMatchObject({ accepted: 1, delivered: 1 });
    },
  );

  test.each([
    ['without format.splat()', winston.format.json()],
    ['with it', winston.format.splat()],
  ])('by jsonMessage: false has its placeholders filled %s', async (_, format) => {
    const { transport, stored } = opened({ jsonMessage: false });
    const logger = winston.createLogger({ transports: [transport], format });
    logger.info('step %d of %d', 1, 3);
    logger.info('100 %s');
    await ended(logger);

    expect(await stored()).toEqual(['info - step 1 of 3', 'info - 100 %s']);
  });

  test('by jsonMessage: false has secrets hidden in what fills a placeholder', async () => {
    const env = { FAPILOG_REDACTION__ENABLED: 'true' };
    const { logger, stored } = opened({ env, jsonMessage: false });
    logger.info('signed in: %j', { user: 'ada', password: 'secret-4' });
    await ended(logger);

    expect(await stored()).toEqual(['info - signed in: {"user":"ada","password":"[redacted]"}']);
  });

  test('has its secrets hidden as in a message', async () => {
    const env = { FAPILOG_REDACTION__ENABLED: 'true' };
    const { logger, stored } = opened({ env, messageFormatter: ({ message }) => String(message) });
    logger.info('from https://ada:secret-4@shop.example/ for ada@shop.example');
    await ended(logger);
    const [line] = await stored();

    expect(line).toMatch(/^from https:/);
    expect(line).not.toMatch(/secret-4|ada@/);
  });

  test('hides credentials in URLs without being told to', async () => {
    const { logger, stored } = opened({ messageFormatter: ({ message }) => String(message) });
    logger.info('from https://ada:secret-4@shop.example/');
    await ended(logger);

    expect(await stored()).toEqual(['from https://***@shop.example/']);
  });

  test('is the message where the lines are those of a logger', () => {
    const { logger, sink } = memoryLogger();
    const messageFormatter = (): string => 'told';
    winston
      .createLogger({ transports: [new CloudWatchTransport({ logger, messageFormatter })] })
      .info('paid', { id: 7 });

    expect(sink.told).toEqual([{ message: 'told', id: 7 }]);
  });

  test('is none if a format has made the JSON of members, or only changed them', async () => {
    for (const format of [json(), combine(timestamp(), json()), uncolorize()]) {
      const { logger, stored } = opened({ format });
      logger.info('paid', { id: 7 });
      await ended(logger);

      expect((await stored()).map((line) => JSON.parse(line) as object)).toMatchObject([
        { level: 'info', message: 'paid', id: 7 },
      ]);
    }
  });

  test.each<[string, unknown]>([
    ['a promise', Promise.resolve('late')],
    ['an object', {}],
    ['nothing', undefined],
  ])('falls back if the formatter returns %s', async (_, value) => {
    const { logger, stored } = opened({ messageFormatter: () => value as string });
    const warnings = warningsOf(() => logger.info('paid'));
    await ended(logger);

    expect(await stored()).toEqual(['info - paid']);
    expect(warnings).toEqual([expect.stringContaining('because it returned no text')]);
  });

  test('that is empty, which the service refuses, is none', async () => {
    const { logger, stored } = opened({ messageFormatter: () => '' });
    const byFormat = opened({ format: winston.format.printf(() => '') });
    for (const each of [logger, byFormat.logger]) each.info('paid');
    await Promise.all([ended(logger), ended(byFormat.logger)]);

    expect(await stored()).toEqual(['info - paid']);
    expect(await byFormat.stored()).toEqual([expect.stringContaining('"message":"paid"')]);
  });

  test('falls back if the formatter throws', async () => {
    const { logger, stored } = opened({
      messageFormatter: () => {
        throw new Error('no');
      },
    });
    const warnings = warningsOf(() => logger.info('paid'));
    await ended(logger);

    expect(await stored()).toEqual(['info - paid']);
    expect(warnings).toEqual([expect.stringContaining('messageFormatter, because it threw')]);
  });
});

describe('options', () => {
  test('that are malformed are named, all at once', () => {
    const options = {
      level: 7,
      silent: 'no',
      format: {},
      uploadRate: '1s',
      messageFormatter: 'x',
      awsOptions: 5,
    };
    const make = (): unknown => new CloudWatchTransport(options as never);

    expect(make).toThrow(SettingsError);
    for (const name of Object.keys(options))
      expect(make).toThrow(`new CloudWatchTransport: options.${name} is`);
  });

  test.each<[string, CloudWatchTransportOptions]>([
    ['lines', {}],
    ['lines and texts', { messageFormatter: () => 'x' }],
  ])('for the sink of %s are named with them', (_, more) => {
    const options = {
      ...more,
      logGroupName: '/x',
      uploadRate: '2000',
      retentionInDays: 31,
      jsonMessage: 'yes',
    };
    const make = (): unknown => new CloudWatchTransport({ ...options, env: {} } as never);

    for (const name of ['uploadRate', 'retentionInDays', 'jsonMessage'])
      expect(make).toThrow(`new CloudWatchTransport: options.${name} is`);
  });

  test.each<[CloudWatchTransportOptions, string]>([
    [{ awsRegion: 'eu-central' }, 'options.awsRegion is "eu-central"; allowed: '],
    [{ awsOptions: { region: 'eu-central' } }, 'options.awsOptions.region is "eu-central"; allowed: '],
    [{ awsOptions: { endpoint: 'nowhere' } }, 'options.awsOptions.endpoint is "nowhere"; allowed: '],
    [{ uploadRate: 1e9 }, 'options.uploadRate is 1000000000; allowed: as batchTimeoutSeconds, '],
    [{ awsRegion: 'eu-west-1', region: 'eu-central' }, 'options.region is "eu-central"; allowed: '],
  ])('%j is named as it was given', (options, message) => {
    expect(() => new CloudWatchTransport({ logGroupName: '/x', env: {}, ...options })).toThrow(
      `new CloudWatchTransport: ${message}`,
    );
  });

  test.each(['/myapp', 7, null, []])('%p are none', (options) => {
    expect(() => new CloudWatchTransport(options as never)).toThrow(/new CloudWatchTransport: options is/);
  });

  test('that nobody knows are refused', () => {
    expect(() => new CloudWatchTransport({ logGroup: '/x', env: {} } as never)).toThrow(/logGroup\b/);
  });

  test('of winston’s transports have their effect', () => {
    const { logger, sink } = memoryLogger();
    const infos: unknown[] = [];
    const transport = new CloudWatchTransport({
      logger,
      name: 'till',
      handleExceptions: true,
      handleRejections: true,
      log: (info, next) => {
        infos.push(info);
        next();
      },
    });
    winston.createLogger({ transports: [] }).add(transport).info('paid').close();

    expect([transport.name, transport.handleExceptions, transport.handleRejections]).toEqual([
      'till',
      true,
      true,
    ]);
    expect([infos.length, sink.told]).toEqual([1, []]);
  });

  test('without any, the environment says where lines go', () => {
    const before = process.env;
    process.env = { ...before, FAPILOG_CORE__LOG_LEVEL: 'silent' };
    const transport = new CloudWatchTransport();
    winston.createLogger({ transports: [transport] }).info('paid');
    process.env = before;

    expect(transport.stats()).toMatchObject({ accepted: 0 });
  });
});

test('a logger that is given stays open', async () => {
  const sink = new MemorySink();
  const logger = getLogger({ sinks: [sink] });
  const log = winston.createLogger({ transports: [new CloudWatchTransport({ logger })] });
  log.info('paid');
  await ended(log);

  expect([sink.told.length, sink.flushes > 0, sink.closes]).toEqual([1, true, 0]);
});
