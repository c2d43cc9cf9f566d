import { channel } from 'node:diagnostics_channel';
import { captureConsole, type ConsoleCapture } from 'fapilog-cloudwatch/console';
import { DIAGNOSTICS_CHANNEL, getLogger, Settings, withContext } from 'fapilog-cloudwatch';
import { SettingsError } from '../../../../contract/problems.js';
import { memoryLogger, MemorySink } from '../../../support/memory-sink.js';

/** What the console printed, by method. */
let printed: [string, ...unknown[]][];
let before: Record<string, unknown>;
let capture: ConsoleCapture | undefined;

const METHODS = [
  'debug',
  'log',
  'info',
  'warn',
  'error',
  'dir',
  'dirxml',
  'table',
  'trace',
  'assert',
] as const;

beforeEach(() => {
  printed = [];
  before = { ...console };
  for (const name of METHODS) console[name] = (...args: unknown[]) => void printed.push([name, ...args]);
});

afterEach(() => {
  capture?.restore();
  capture = undefined;
  Object.assign(console, before);
});

function captured(options: { passThrough?: boolean } = {}): MemorySink {
  const { logger, sink } = memoryLogger();
  capture = captureConsole({ logger, ...options });
  return sink;
}

test('each method has its level', () => {
  const sink = captured();
  for (const name of ['debug', 'log', 'info', 'dirxml', 'warn', 'error', 'trace'] as const)
    console[name](name);
  console.dir({ id: 7 });
  console.table([{ a: 1 }]);
  console.assert(false, 'no order');

  expect(sink.logged.map(({ level, message }) => [level, message])).toEqual([
    ['debug', 'debug'],
    ['info', 'log'],
    ['info', 'info'],
    ['info', 'dirxml'],
    ['warn', 'warn'],
    ['error', 'error'],
    ['trace', 'trace'],
    ['info', ''],
    ['info', ''],
    ['error', 'Assertion failed: no order'],
  ]);
});

describe('a line', () => {
  test('has an error with its stack, and objects as fields', () => {
    const sink = captured();
    console.error('payment failed', new TypeError('no card'), { orderId: 'ord-1' });

    expect(sink.told).toEqual([
      {
        message: 'payment failed',
        error: {
          type: 'TypeError',
          message: 'no card',
          stack: expect.stringContaining('capture-console.test'),
        },
        orderId: 'ord-1',
      },
    ]);
  });

  test('of trace has the stack from its caller on', () => {
    const sink = captured();
    console.trace('at %d', 5);
    const { message, stack } = sink.told[0]!;

    expect(message).toBe('at 5');
    expect(String(stack).split('\n').slice(0, 2)).toEqual([
      'Trace: at 5',
      expect.stringContaining('capture-console.test'),
    ]);
  });

  test('of trace without arguments is called so', () => {
    const sink = captured();
    console.trace();

    expect(sink.told).toEqual([{ message: 'Trace', stack: expect.stringContaining('Trace') }]);
  });

  test('of a table has the rows, with only those columns that are printed', () => {
    const sink = captured();
    const rows = [{ id: 1, token: 'hunter2' }, { id: 2 }, 'none'];
    console.table(rows, ['id']);
    console.table(new Map([['a', { id: 3, token: 'hunter2' }]]), ['id']);
    console.table({ b: { id: 4 } });
    console.table('no table');

    expect(sink.told).toEqual([
      { message: '', table: [{ id: 1 }, { id: 2 }, 'none'] },
      { message: '', table: { a: { id: 3 } } },
      { message: '', table: { b: { id: 4 } } },
      { message: 'no table' },
    ]);
  });

  test('of an assertion is there only where it fails', () => {
    const sink = captured();
    console.assert(true, 'fine');
    console.assert(false);
    console.assert(0, ...([{ id: 7 }] as unknown as [string]));
    console.assert('', 'order %s', 'o-1');

    expect(sink.told).toEqual([
      { message: 'Assertion failed' },
      { message: 'Assertion failed', id: 7 },
      { message: 'Assertion failed: order o-1' },
    ]);
  });

  test('is none where only space is printed', () => {
    const sink = captured();
    console.log();
    console.log('');
    console.error('', '');

    expect(sink.lines).toEqual([]);
    expect(printed).toHaveLength(3);
  });

  test('has the fields of the work in which it is printed', () => {
    const sink = captured();
    withContext({ requestId: 'r-1' }, () => console.log('hi'));

    expect(sink.told).toEqual(
      [{ requestId: 'r-1', message: 'hi' }].map((line) => expect.objectContaining(line)),
    );
  });

  test('is redacted, in its text, too', () => {
    const sink = new MemorySink();
    const settings = new Settings({ redaction: { enabled: true } }, { env: {} });
    capture = captureConsole({ logger: getLogger({ settings, sinks: [sink] }) });
    console.log(
      '%o %j %s',
      { rawHeaders: ['password', 'hunter2'] },
      { rawHeaders: ['password', 'hunter2'] },
      'x',
      { rawHeaders: ['password', 'hunter2'] },
    );

    expect(sink.lines.join()).not.toContain('hunter2');
  });
});

describe('the console', () => {
  test('prints as before, or nothing', () => {
    captured({ passThrough: true });
    console.log('%s', 'a', 1);
    capture!.restore();
    captured({ passThrough: false });
    console.log('b');

    expect(printed).toEqual([['log', '%s', 'a', 1]]);
  });

  test.each([
    ['nothing known', {}, 'memory', 1],
    ['Lambda', { AWS_LAMBDA_FUNCTION_NAME: 'api' }, 'memory', 0],
    ['ECS', { ECS_CONTAINER_METADATA_URI_V4: 'http://127.0.0.1/v4' }, 'memory', 0],
    ['a sink that prints', {}, 'stdout_json', 0],
  ])('prints by default with %s: %j %s, %d lines', (_, env, name, lines) => {
    const variables = { ...process.env };
    Object.assign(process.env, env);
    try {
      capture = captureConsole({ logger: getLogger({ sinks: [new MemorySink(name)] }) });
    } finally {
      process.env = variables;
    }
    console.log('hi');

    expect(printed).toHaveLength(lines);
  });

  test('has its own methods back after restore() and close(), and the line goes nowhere else', async () => {
    const own = METHODS.map((name) => console[name]);
    const first = captured();
    capture!.restore();
    const second = captured();
    await capture!.close();
    console.log('hi');

    expect(METHODS.map((name) => console[name])).toEqual(own);
    expect([...first.lines, ...second.lines]).toEqual([]);
    expect(printed).toEqual([['log', 'hi']]);
  });

  test('keeps a method that somebody else put there after us, which prints through ours', () => {
    const sink = captured();
    const ours = console.log;
    const theirs = (...args: unknown[]): void => ours('theirs', ...args);
    console.log = theirs;
    capture!.restore();
    console.log('hi');

    expect(console.log).toBe(theirs);
    expect(console.warn).not.toBe(ours);
    expect(printed).toEqual([['log', 'theirs', 'hi']]);
    expect(sink.lines).toEqual([]);
  });

  test('is captured once at a time', () => {
    captured();
    expect(() => captureConsole({ logger: getLogger({ sinks: [] }) })).toThrow(SettingsError);
    expect(() => captureConsole()).toThrow('restore() the other one first');
    capture!.restore();

    expect(() => captured()).not.toThrow();
  });

  test('prints again where the logger was closed by its owner', async () => {
    const { logger } = memoryLogger();
    capture = captureConsole({ logger, passThrough: false });
    await logger.close();
    console.log('late');

    expect(printed).toEqual([['log', 'late']]);
    expect(capture.stats()).toMatchObject({ accepted: 0, dropped: { total: 0 } });
  });
});

test('the console of Jest is captured, and given back', () => {
  Object.assign(console, before);
  const { log } = console;
  const sink = captured({ passThrough: false });
  console.log('hi');
  capture!.restore();

  expect(sink.told).toEqual([{ message: 'hi' }]);
  expect(console.log).toBe(log);
});

describe('no line is captured', () => {
  test('that a sink prints while it takes one, of the console or of a logger', () => {
    const sink = new MemorySink();
    const printer = new MemorySink('printer');
    const write = printer.write.bind(printer);
    printer.write = (record) => {
      write(record);
      console.log('printed by a sink');
    };
    const logger = getLogger({ sinks: [sink, printer] });
    capture = captureConsole({ logger, passThrough: false });
    console.log('hi');
    logger.info('ho');

    expect(sink.told.map(({ message }) => message)).toEqual(['hi', 'ho']);
    expect(printed).toEqual([
      ['log', 'printed by a sink'],
      ['log', 'printed by a sink'],
    ]);
  });

  test('that a getter prints', () => {
    const sink = captured({ passThrough: false });
    console.log('order %j', {
      get id() {
        console.warn('deprecated');
        return 7;
      },
    });

    expect(sink.told.map(({ message }) => message)).toEqual(['order {"id":7}']);
    expect(printed).toEqual([['warn', 'deprecated']]);
  });

  test('in which a listener tells what the package reports', () => {
    const sink = captured({ passThrough: false });
    const tell = (report: unknown): void => console.error(report);
    channel(DIAGNOSTICS_CHANNEL).subscribe(tell);
    getLogger({ sinks: [sink] }).log('no level');
    channel(DIAGNOSTICS_CHANNEL).unsubscribe(tell);

    expect(printed).toMatchObject([['error', { code: 'log.level' }]]);
    expect(sink.told.map(({ message }) => message)).toEqual(['no level']);
  });

  test('that is printed past the capture', () => {
    // As Node does it.
    console.table = () => console.log('┌─┐');
    const sink = captured();
    capture!.original.error('past it');
    capture!.original.table([]);

    expect(printed).toEqual([
      ['error', 'past it'],
      ['log', '┌─┐'],
    ]);
    expect(sink.lines).toEqual([]);
  });

  test('below the level', () => {
    const { logger, sink } = memoryLogger();
    capture = captureConsole({ logger, level: 'warn' });
    console.log('a');
    console.warn('b');

    expect(sink.told.map(({ message }) => message)).toEqual(['b']);
  });
});

test.each([
  [null, 'captureConsole: options is null; allowed: options such as { logger }'],
  [{ passThrough: 'yes' }, 'captureConsole: options.passThrough is "yes"; allowed: true or false'],
  [{ level: 'loud' }, 'captureConsole: options.level is "loud"'],
  [{ passthrough: true }, 'passthrough'],
])('options that are wrong are named, and nothing is captured: %#', (options, message) => {
  const { log } = console;

  expect(() => captureConsole(options as object)).toThrow(message);
  expect(console.log).toBe(log);
});
