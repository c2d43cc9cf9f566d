import { formatLine } from '../../../runtime/serialize/line.js';
import { EventEncoder } from '../../../runtime/serialize/event-encoder.js';
import type { Fields } from '../../../runtime/log-record.js';

function lineOf(fields: Fields): Fields {
  const {
    timestamp: _,
    level: __,
    message: ___,
    ...rest
  } = JSON.parse(formatLine({ timeMs: 0, level: 'info', message: 'm', fields: [fields] })) as Fields;
  return rest;
}

const HIDDEN = '[redacted]';

describe('a request of which a serializer has made a plain object', () => {
  test.each<[string, Fields, Fields]>([
    [
      'is shown with those headers that hold no credential',
      { req: { method: 'GET', url: '/', headers: { host: 'h', authorization: 'Bearer x', 'x-own': 'x' } } },
      { req: { method: 'GET', url: '/', headers: { host: 'h', authorization: HIDDEN, 'x-own': HIDDEN } } },
    ],
    [
      'is shown without the values of raw headers',
      { res: { statusCode: 200, rawHeaders: ['Host', 'h', 'Set-Cookie', 'x'] } },
      { res: { statusCode: 200, rawHeaders: ['Host', 'h', 'Set-Cookie', HIDDEN] } },
    ],
    [
      'is shown without credentials in its trailers',
      { req: { method: 'GET', headers: {}, trailers: { cookie: 'x' } } },
      { req: { method: 'GET', headers: {}, trailers: { cookie: HIDDEN } } },
    ],
    [
      'is shown without credentials in a head',
      { res: { statusCode: 200, header: 'HTTP/1.1 200 OK\r\nSet-Cookie: x\r\nHost: h\r\n' } },
      { res: { statusCode: 200, header: `HTTP/1.1 200 OK\r\nSet-Cookie: ${HIDDEN}\r\nHost: h\r\n` } },
    ],
    [
      'may be the fields',
      { method: 'GET', headers: { cookie: 'x' } },
      { method: 'GET', headers: { cookie: HIDDEN } },
    ],
    [
      'may have a list of pairs',
      { headers: [['cookie', 'x'], { name: 'authorization', value: 'x' }] },
      { headers: [['cookie', HIDDEN], { name: 'authorization', value: HIDDEN }] },
    ],
    [
      'may be in the attributes of OpenTelemetry',
      { 'http.request.header.authorization': ['x'], 'http.request.header.host': ['h'] },
      { 'http.request.header.authorization': HIDDEN, 'http.request.header.host': ['h'] },
    ],
  ])('%s', (_, fields, expected) => {
    expect(lineOf(fields)).toEqual(expected);
  });
});

test.each<[string, Fields]>([
  ['the headers of a table', { path: 'a.csv', headers: ['id', 'name', 'price'] }],
  ['the headers of a message', { topic: 't', headers: { attempt: 1, source: 'shop' } }],
  ['a number of headers', { method: 'GET', headers: 7 }],
  ['a header that is no text', { method: 'GET', header: { id: 'x' } }],
])('of anything else, all is shown: %s', (_, fields) => {
  expect(lineOf(fields)).toEqual(fields);
});

test('the objects of the application stay as they are', () => {
  const headers = { cookie: 'x' };
  lineOf({ method: 'GET', headers });

  expect(headers).toEqual({ cookie: 'x' });
});

test('the fast path leaves such a record to the slow one', () => {
  const record = { timeMs: 0, level: 'info', message: 'm', fields: [{ headers: { cookie: 'x' } }] } as const;

  expect(new EventEncoder().encode(record)).toBeUndefined();
});
