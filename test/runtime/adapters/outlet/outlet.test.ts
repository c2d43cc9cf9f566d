import { Outlet } from '../../../../runtime/adapters/outlet/outlet.js';
import type { GivenRecord } from '../../../../runtime/logger/given-record.js';
import { SettingsError } from '../../../../contract/problems.js';
import { getLogger, withContext } from 'fapilog-cloudwatch';
import { MemorySink } from '../../../support/memory-sink.js';

const record: GivenRecord = {
  timeMs: 1_700_000_000_000,
  level: 'debug',
  content: () => ({ message: 'order placed', fields: { orderId: 7 } }),
};

describe('records of another logger', () => {
  test('go through a logger with their own time, whatever its level, and get its fields', () => {
    const sink = new MemorySink();
    const logger = getLogger({ sinks: [sink], level: 'error' }).child({ app: 'shop' });

    new Outlet('test', { logger }).write(record);

    expect(sink.logged).toMatchObject([
      {
        timestamp: '2023-11-14T22:13:20.000Z',
        level: 'debug',
        message: 'order placed',
        app: 'shop',
        orderId: 7,
      },
    ]);
  });

  test('are left out at silent, and below the level of the outlet', () => {
    const sink = new MemorySink();
    const silent = getLogger({ sinks: [sink], level: 'silent' });
    new Outlet('test', { logger: silent }).write(record);
    new Outlet('test', { logger: getLogger({ sinks: [sink] }), level: 'info' }).write(record);

    expect(sink.lines).toEqual([]);
  });

  test('have the fields of the work that hands them over, unless they come late', () => {
    const sink = new MemorySink();
    const outlet = new Outlet('test', { logger: getLogger({ sinks: [sink] }) });

    withContext({ requestId: 'r-1' }, () => {
      outlet.write(record);
      outlet.write({ ...record, isDetached: true });
    });

    expect(sink.logged.map((line) => line['requestId'])).toEqual(['r-1', undefined]);
  });

  test('that throw when they are read are counted, and do not throw', () => {
    const logger = getLogger({ sinks: [new MemorySink()] });
    const outlet = new Outlet('test', { logger });

    outlet.write({
      ...record,
      content() {
        throw new Error('unreadable');
      },
    });

    expect(outlet.stats().dropped.byReason).toEqual({ threw: 1 });
  });
});

test('the end closes what the outlet made, and leaves a logger of the application open', async () => {
  const sink = new MemorySink();
  const flush = jest.spyOn(sink, 'flush');
  const logger = getLogger({ sinks: [sink] });
  await new Outlet('test', { logger }).end();
  await new Outlet('test', { logger }).end({ deadlineMs: 5 });

  expect(logger.isClosed).toBe(false);
  expect(flush.mock.calls).toEqual([[{ deadlineMs: 10_000 }], [{ deadlineMs: 5 }]]);
});

test.each([
  [{ logger: {} }, 'test: options.logger is {}; allowed: a logger of getLogger()'],
  [
    { logger: getLogger({ sinks: [] }), region: 'eu-west-1' },
    'options of a sink such as region, and not both',
  ],
  [{ level: 'loud' }, 'test: options.level is "loud"; allowed:'],
  [{ logGroupNam: '/x' }, 'logGroupNam'],
])('options that are wrong are named: %#', (options, message) => {
  expect(() => new Outlet('test', options as object)).toThrow(SettingsError);
  expect(() => new Outlet('test', options as object)).toThrow(message);
});
