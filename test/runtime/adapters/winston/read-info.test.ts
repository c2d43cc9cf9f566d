import { request } from 'node:http';
import * as fc from 'fast-check';
import winston, { type Logger, type LoggerOptions } from 'winston';
import { CloudWatchTransport } from '../../../../runtime/adapters/winston.js';
import { lineName } from '../../../../runtime/serialize/names.js';
import { memoryLogger, type Line } from '../../../support/memory-sink.js';
import { recogniseErrorsOfNode } from '../../../support/realm.js';

recogniseErrorsOfNode();

const { format } = winston;

/** What is stored of calls of a winston logger, without time and level. */
function toldBy(call: (logger: Logger) => void, options: LoggerOptions = {}): readonly Line[] {
  const { logger, sink } = memoryLogger();
  const transports = [new CloudWatchTransport({ logger })];
  call(winston.createLogger({ level: 'silly', ...options, transports }));
  return sink.told;
}

const error = Object.assign(new TypeError('boom', { cause: new Error('why') }), {
  code: 'E_BOOM',
  orderId: 7,
});
const shown = {
  type: 'TypeError',
  message: 'boom',
  stack: error.stack,
  code: 'E_BOOM',
  orderId: 7,
  cause: { type: 'Error', message: 'why' },
};

describe('law: message and fields of a call are those of the line', () => {
  const names = fc.constantFrom(
    'id',
    'level',
    'message',
    'timestamp',
    'stack',
    'splat',
    'severity',
    '__proto__',
  );

  const field = fc.string({ minLength: 1 });

  test.each([
    ['without formats of its own', undefined, false],
    ['with format.errors()', format.errors({ stack: true }), false],
    ['with format.splat(), which puts a field `message` in place of the message', format.splat(), true],
  ])('%s', (_, given, isSplat) => {
    const message = fc.stringMatching(/^[^%]*$/);
    const fields = fc.dictionary(names, field).filter((all) => !(isSplat && Object.hasOwn(all, 'message')));
    fc.assert(
      fc.property(message, fields, (text, all) => {
        const [line] = toldBy((logger) => logger.info(text, all), given && { format: given });
        const expected = Object.entries(all).map(([name, value]) => [lineName(name), value]);

        expect(new Map(Object.entries(line!))).toEqual(
          new Map([['message', text], ...(expected as [string, string][])]),
        );
      }),
    );
  });
});

describe('placeholders', () => {
  test.each([[{}], [{ format: format.splat() }]])('are filled, by winston or here', (options) => {
    const call = (logger: Logger) => logger.info('%s has %d of %j', 'a', 2, ['b'], { id: 7 });

    expect(toldBy(call, options)).toEqual([{ message: 'a has 2 of ["b"]', id: 7 }]);
  });

  test('are filled once: what a value brings along stays text', () => {
    const call = (logger: Logger) => logger.info('%s is full', '100%d');

    expect(toldBy(call, { format: format.splat() })).toMatchObject([{ message: '100%d is full' }]);
    expect(toldBy(call)).toEqual([{ message: '100%d is full' }]);
  });

  test('stay beside their values where nobody can tell whether they are filled', () => {
    expect(toldBy((logger) => logger.info('step 1 of %d', 1))).toEqual([
      { message: 'step 1 of %d', splat: [1] },
    ]);
  });
});

test('placeholders in the message of an error are text', () => {
  const [line] = toldBy((logger) => logger.error('failed:', new Error('at 100%d'), { id: 7 }));

  expect(line).toMatchObject({ message: 'failed: at 100%d', id: 7, error: { message: 'at 100%d' } });
});

test('values that winston leaves out are in the line', () => {
  const told = toldBy((logger) => {
    logger.info('hello', 'world', 5);
    logger.info('a', { x: 1 }, { y: 2 }, error);
    logger.info('when', new Date(0));
    logger.info('counts', new Map([['k', 2]]));
    logger.info('list', [1, 2]);
    logger.info('falsy', { message: 0 });
    logger.info({ id: 7 });
    logger.info(5);
    logger.info(null);
  });

  expect(told).toMatchObject([
    { message: 'hello world 5' },
    { message: 'a', x: 1, y: 2, error: shown },
    { message: 'when 1970-01-01T00:00:00.000Z' },
    { message: 'counts', k: 2 },
    { message: 'list [1,2]' },
    { message: 'falsy', _message: 0 },
    { message: '', id: 7 },
    { message: '5' },
    { message: 'null' },
  ]);
});

describe('an error', () => {
  const calls: Readonly<Record<string, (logger: Logger) => void>> = {
    alone: (logger) => logger.error(Object.assign(copied(), { orderId: 7 })),
    'as the second argument of log': (logger) => logger.log('error', copied()),
    'as a message': (logger) => logger.log({ level: 'error', message: copied() as unknown as string }),
    'behind a message': (logger) => logger.error('it failed:', error),
    'in a field err': (logger) => logger.error('boom', { err: error }),
    'in a field error': (logger) => logger.error('boom', { error }),
    'in place of a placeholder': (logger) => logger.error('%s', error),
    'of a child': (logger) => logger.child({}).error('boom', error),
  };

  /** winston makes the level a member of an error that is an info. */
  function copied(): Error {
    const { stack, cause } = error;
    const copy = Object.assign(new TypeError('boom', { cause }), { code: 'E_BOOM', orderId: 7 });
    return Object.defineProperty(copy, 'stack', { value: stack });
  }

  test.each(Object.keys(calls))('%s is the field error with type, stack, cause and members', (name) => {
    const [line] = toldBy(calls[name]!, { defaultMeta: { service: 'shop' } });

    expect(line).toMatchObject({ error: shown, service: 'shop' });
    expect(line!['message']).toContain('boom');
    expect(Object.keys(line!).toSorted()).toEqual(['error', 'message', 'service']);
    expect(Object.keys(line!['error'] as object).toSorted()).toEqual(Object.keys(shown).toSorted());
  });

  test.each(Object.keys(calls))(
    '%s, behind format.errors(), has its type, text, stack and members',
    (name) => {
      const [line] = toldBy(calls[name]!, { format: format.errors({ stack: true, cause: true }) });
      const { type, message, stack } = shown;

      expect(line!['error']).toMatchObject({ type, message, stack, cause: shown.cause });
      expect(JSON.stringify(line)).toContain('"orderId":7');
    },
  );

  test('of a child logger alone is one, too, by its stack', () => {
    const [line] = toldBy((logger) => logger.child({ part: 'till' }).error(error));

    expect(line).toMatchObject({
      message: 'boom',
      part: 'till',
      orderId: 7,
      error: { type: 'TypeError', message: 'boom' },
    });
    expect(line).not.toHaveProperty('stack');
  });

  test('shows no more of itself than formats have left', () => {
    const hide = format((info) => {
      info.message = String(info.message).replaceAll('4111', '****');
      info['stack'] = '[no stack]';
      info['card'] = '[no card]';
      return info;
    });
    const secret = Object.assign(new Error('card 4111 refused'), { card: '4111' });
    const told = toldBy((logger) => logger.error('failed', secret), { format: hide() });

    expect(JSON.stringify(told)).not.toContain('4111');
    expect(told).toEqual([
      {
        message: 'failed card **** refused',
        error: { type: 'Error', stack: '[no stack]', card: '[no card]' },
      },
    ]);
  });
});

test('what a format takes away stays away', () => {
  const hide = format((info) => {
    delete info['password'];
    return info;
  });
  const told = toldBy(
    (logger) => {
      logger.info('signed in', { user: 'ada', password: 'secret-1' });
      logger.info(
        'signed in',
        new (class {
          user = 'ada';
          password = 'secret-2';
        })(),
      );
    },
    { format: hide() },
  );

  expect(told).toEqual([
    { message: 'signed in', user: 'ada' },
    { message: 'signed in', user: 'ada' },
  ]);
});

test('an error keeps message and stack through formats of the transport', () => {
  const { logger, sink } = memoryLogger();
  const transport = new CloudWatchTransport({ logger, format: format.timestamp() });
  winston.createLogger({ transports: [transport] }).error(new TypeError('boom'));

  expect(sink.told).toMatchObject([
    { message: 'boom', error: { type: 'TypeError', stack: expect.stringContaining('boom') } },
  ]);
  expect(sink.told[0]!['error']).not.toHaveProperty('timestamp');
});

test('a request shows no header that may hold a secret, wherever it stands', () => {
  const sent = request({ host: '127.0.0.1', port: 1, headers: { authorization: 'Bearer secret-3' } });
  sent.on('error', () => undefined);
  sent.end();
  const told = toldBy((logger) => {
    logger.info('sent', sent);
    logger.info('sent', { req: sent });
    logger.info(sent as unknown as string);
    logger.child({}).log('info', sent as unknown as string);
  });
  sent.destroy();

  expect(JSON.stringify(told)).not.toContain('secret-3');
  for (const line of told.slice(0, 3))
    expect(line).toMatchObject({ req: { method: 'GET', url: 'http://127.0.0.1:1/' } });
});

test('default fields and those of a child are in each line', () => {
  const told = toldBy((logger) => logger.child({ requestId: 'r-1' }).info('paid', { id: 7 }), {
    defaultMeta: { service: 'shop' },
  });

  expect(told).toEqual([{ message: 'paid', service: 'shop', requestId: 'r-1', id: 7 }]);
});

test('formats that change members change the line; texts of other formats do not', () => {
  const { combine, label, metadata, printf, simple, logstash, ms } = format;
  const say = (logger: Logger) => logger.info('paid', { id: 7 });

  expect(toldBy(say, { format: combine(label({ label: 'till' }), simple()) })).toEqual([
    { message: 'paid', id: 7, label: 'till' },
  ]);
  expect(toldBy(say, { format: printf(() => 'text') })).toEqual([{ message: 'paid', id: 7 }]);
  expect(toldBy(say, { format: metadata() })).toEqual([{ message: 'paid', metadata: { id: 7 } }]);
  expect(toldBy(say, { format: logstash() })).toEqual([{ message: 'paid', id: 7 }]);
  expect(toldBy(say, { format: ms() })).toMatchObject([{ message: 'paid', ms: '+0ms' }]);
});
