import * as fc from 'fast-check';
import { correlationPaths, parsePath, valueAt } from '../../../runtime/lambda/correlation-path.js';

function read(event: unknown, path: string): unknown {
  return valueAt(event, parsePath(path)!);
}

describe('a path', () => {
  test.each<[string, readonly (string | number)[]]>([
    ['id', ['id']],
    ['requestContext.requestId', ['requestContext', 'requestId']],
    ['headers."x-amzn-trace-id"', ['headers', 'x-amzn-trace-id']],
    ['headers.x-amzn-trace-id', ['headers', 'x-amzn-trace-id']],
    ['headers["x-amzn-trace-id"]', ['headers', 'x-amzn-trace-id']],
    ['Records[0].Sns.MessageId', ['Records', 0, 'Sns', 'MessageId']],
    ['[0][12].id', [0, 12, 'id']],
    [String.raw`"a.b"."c \"d\" \\"`, ['a.b', 'c "d" \\']],
    ['detail.größe.$id', ['detail', 'größe', '$id']],
  ])('%s is read', (text, path) => {
    expect(parsePath(text)).toEqual(path);
  });

  test.each([
    '',
    '.',
    'a.',
    '.a',
    'a..b',
    'a b',
    ' a',
    'a[',
    'a[]',
    'a[-1]',
    'a[01]',
    'a[1.5]',
    'a[b]',
    'a.[0]',
    'a[0]b',
    '"a"b',
    'a"b"',
    '"a',
    '""',
    String.raw`"\x"`,
    "a['b']",
    '[0',
    'a[99999999999]',
  ])('%j is none', (text) => {
    expect(parsePath(text)).toBeUndefined();
  });

  const names = fc.string({ minLength: 1, unit: 'grapheme' });
  const segments = fc.array(fc.oneof(names, fc.nat(999_999)), { minLength: 1, maxLength: 5 });

  test('of any names and positions, in quotes and brackets, is read as it was written, and leads to its value', () => {
    fc.assert(
      fc.property(segments, fc.anything(), (path, value) => {
        const text = path.map((each) => `[${JSON.stringify(each)}]`).join('');
        const event = path.reduceRight<unknown>((inner, name) => ({ __proto__: null, [name]: inner }), value);

        expect(parsePath(text)).toEqual(path);
        expect(read(event, text)).toBe(value);
      }),
    );
  });

  test('of any text is read or refused, and reading an event by it never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.anything({ withNullPrototype: true, withBigInt: true }), (text, event) => {
        const path = parsePath(text);
        if (path) valueAt(event, path);
      }),
    );
  });
});

describe('the value at a path', () => {
  test('is found whatever the case of a header', () => {
    const event = { headers: { 'X-Request-Id': 'a', 'x-REQUEST-id': 'b' } };

    expect(read(event, 'headers.x-request-id')).toBe('a');
    expect(read(event, 'headers.x-REQUEST-id')).toBe('b');
    expect(read({ multiValueHeaders: { 'X-Id': ['a'] } }, 'multiValueHeaders.x-id[0]')).toBe('a');
    expect(read({ request: event }, 'request.headers."X-REQUEST-ID"')).toBe('a');
  });

  test('is found by its exact name elsewhere', () => {
    expect(read({ detail: { ID: 1 } }, 'detail.id')).toBeUndefined();
    expect(read({ ID: 1 }, 'id')).toBeUndefined();
  });

  test.each([
    'constructor',
    'headers.constructor',
    'headers.toString',
    'list.length[0]',
    'text.length',
    'nothing.id',
    'no.id',
  ])('is none at %s', (path) => {
    expect(read({ headers: {}, list: [], text: 'text', nothing: null }, path)).toBeUndefined();
  });

  test('is none where reading throws', () => {
    const event = Object.defineProperty({}, 'id', {
      get: () => JSON.parse('{') as unknown,
      enumerable: true,
    });

    expect(read(event, 'id')).toBeUndefined();
  });
});

/** As the guides of the services show them, cut to what matters. */
const events: Record<keyof typeof correlationPaths, unknown> = {
  apiGatewayRest: { resource: '/', requestContext: { requestId: 'id', stage: 'prod' } },
  apiGatewayHttp: { version: '2.0', requestContext: { requestId: 'id' } },
  apiGatewayWebSocket: { requestContext: { eventType: 'MESSAGE', requestId: 'id', connectionId: 'c' } },
  functionUrl: { version: '2.0', requestContext: { requestId: 'id' } },
  applicationLoadBalancer: { requestContext: { elb: {} }, headers: { 'x-amzn-trace-id': 'id' } },
  appSyncResolver: { info: {}, request: { headers: { 'x-amzn-trace-id': 'id' } } },
  appSyncAuthorizer: { authorizationToken: 't', requestContext: { apiId: 'a', requestId: 'id' } },
  eventBridge: { version: '0', id: 'id', 'detail-type': 'Scheduled Event' },
  sqs: { Records: [{ messageId: 'id', eventSource: 'aws:sqs' }] },
  sns: { Records: [{ EventSource: 'aws:sns', Sns: { MessageId: 'id' } }] },
  s3: { Records: [{ responseElements: { 'x-amz-request-id': 'id', 'x-amz-id-2': 'x' } }] },
  dynamoDbStream: { Records: [{ eventID: 'id', eventName: 'INSERT' }] },
  kinesis: { Records: [{ eventID: 'id', kinesis: {} }] },
};

test.each(Object.entries(correlationPaths))('%s: %s leads to an id in an event', (name, path) => {
  expect(read(events[name as keyof typeof events], path)).toBe('id');
});
