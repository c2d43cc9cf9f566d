import {
  cellText,
  lineOf,
  readLine,
  requestPath,
  sizeInWords,
  tracePath,
  valueAt,
} from '../../../local/viewer/client/logs/line.js';
import { lossRecord } from '../../../runtime/ack/losses.js';
import { formatLine } from '../../../runtime/serialize/line.js';

const NOW = Date.UTC(2026, 10, 29, 1, 12, 55, 42);

describe('a line', () => {
  test('of the sink has its level and message', () => {
    const line = readLine(formatLine({ timeMs: NOW, level: 'warn', message: 'slow', fields: [{ ms: 900 }] }));

    expect(line).toMatchObject({ level: 'warn', text: 'slow', isLoss: false, isFolded: false });
    expect(line.fields).toMatchObject({ ms: 900 });
  });

  test('of the sink has its error', () => {
    const error = new TypeError('x is not a function');
    const line = readLine(
      formatLine({ timeMs: NOW, level: 'error', message: 'failed', fields: [{ error }] }),
    );

    expect(line.error).toBe('TypeError: x is not a function');
  });

  test('tells that events are lost', () => {
    const record = lossRecord({ reason: 'queueFull', count: 3, fromMs: NOW, toMs: NOW }, NOW);

    expect(readLine(formatLine(record)).isLoss).toBe(true);
    expect(readLine('{"droppedEvents":3}').isLoss).toBe(false);
    expect(readLine('{"droppedEvents":"3","reason":"x","from":"","to":""}').isLoss).toBe(false);
  });

  test.each([
    ['{"level":50,"msg":"pino"}', 'error', 'pino'],
    ['{"level":"WARNING","message":"python"}', 'warn', 'python'],
    ['{"severity":"CRITICAL","message":"google"}', 'fatal', 'google'],
    ['{"level":"verbose","event":"structlog"}', undefined, 'structlog'],
    ['{"level":{},"a":1}', undefined, '{"level":{},"a":1}'],
    ['{"level":"constructor","a":1}', undefined, '{"level":"constructor","a":1}'],
    ['{"level":"__proto__","a":1}', undefined, '{"level":"__proto__","a":1}'],
    ['{"message":{"a":1}}', undefined, '{"message":{"a":1}}'],
    ['2026-11-29T01:12:55Z\tid\tERROR\tfrom Lambda', 'error', '2026-11-29T01:12:55Z\tid\tERROR\tfrom Lambda'],
    ['plain words', undefined, 'plain words'],
    ['[1,2]', undefined, '[1,2]'],
    ['{"broken":', undefined, '{"broken":'],
    ['null', undefined, 'null'],
    ['', undefined, ''],
  ])('%s has a level and a text', (message, level, text) => {
    expect(readLine(message)).toMatchObject({ level, text });
  });

  test('of a megabyte is read at its beginning only', () => {
    const message = JSON.stringify({ level: 'error', message: 'big', body: 'x'.repeat(1_000_000) });

    expect(readLine(message)).toMatchObject({
      level: 'error',
      text: 'big',
      isFolded: true,
      fields: undefined,
    });
    expect(readLine('y'.repeat(70_000)).text).toHaveLength(2_048);
  });

  test('is read once for each event', () => {
    const event = {
      id: '1',
      group: 'g',
      stream: 's',
      timestamp: NOW,
      ingestionTime: NOW,
      message: '{"a":1}',
    };

    expect(lineOf(event)).toBe(lineOf(event));
  });
});

describe('a value', () => {
  const fields = JSON.parse('{"user":{"id":7},"items":[{"a":1}],"no":null,"__proto__":{"x":1}}') as unknown;

  test.each([
    [['user', 'id'], 7],
    [['items', 0, 'a'], 1],
    [['no', 'a'], undefined],
    [['user', 'toString'], undefined],
    [['constructor'], undefined],
  ])('at %j', (path, expected) => {
    expect(valueAt(fields, path)).toBe(expected);
  });

  test('fills a cell', () => {
    expect([undefined, 'a', 1, null, { b: 1 }].map(cellText)).toEqual(['', 'a', '1', 'null', '{"b":1}']);
  });
});

test('a request and a trace are found by their usual names', () => {
  expect(requestPath({ request_id: 'r' })).toEqual(['request_id']);
  expect(requestPath({ requestId: '', reqId: 'r' })).toEqual(['reqId']);
  expect(tracePath({ traceId: 't' })).toEqual(['traceId']);
  expect(tracePath({ traceId: 7 })).toBeUndefined();
});

test('sizes are in words', () => {
  expect([2_048, 1_048_576, 1_600_000].map(sizeInWords)).toEqual(['2 KiB', '1.0 MiB', '1.5 MiB']);
});
