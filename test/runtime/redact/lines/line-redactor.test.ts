import * as fc from 'fast-check';
import { redactionSettings } from '../../../../contract/settings/redaction.js';
import { complete } from '../../../../contract/settings/setting.js';
import type { Fields } from '../../../../runtime/log-record.js';
import { edited } from '../../../../runtime/redact/lines/edits.js';
import { objectNode } from '../../../../runtime/redact/lines/json-nodes.js';
import { LineRedactor } from '../../../../runtime/redact/lines/line-redactor.js';
import { makeRedactor, noRedactor } from '../../../../runtime/redact/redactor.js';
import { formatLine } from '../../../../runtime/serialize/line.js';

const PATHS = ['user.iban', 'orders[*].iban', '*.pin', 'list[1]', 'whole', 'a["b c"].d'];

const settings = complete(redactionSettings, { enabled: true, paths: PATHS });
const redactor = makeRedactor(settings, () => undefined);
const off = new LineRedactor(noRedactor);
const on = new LineRedactor(redactor);

function rewritten(line: string, by = on): string {
  return edited(line, by.edits(objectNode(line)!));
}

/** What the same redaction makes of a record with these fields. */
function redacted(fields: Fields): unknown {
  const record = { timeMs: 1_768_478_400_000, level: 'info', message: 'm', fields: [fields] } as const;
  const {
    timestamp: _,
    level: __,
    message: ___,
    ...rest
  } = JSON.parse(formatLine(redactor.redact(record))) as Fields;
  return rest;
}

const NAMES = [
  'user',
  'iban',
  'orders',
  'pin',
  'list',
  'whole',
  'a',
  'b c',
  'd',
  'password',
  'Api-Key',
  'name',
  'value',
  'key',
  'id',
  'msg',
  'jane@host.example',
  'mail to x@y.example',
  '__proto__',
  'req.headers.cookie',
  'é😀',
];

/** Those of requests and responses; without names that are hidden, whose numbers depend on what is read. */
const OF_HTTP = [
  ...NAMES.filter((name) => !name.includes('@')),
  'headers',
  'rawHeaders',
  'trailers',
  'header',
  'method',
  'auth',
  'host',
  'authorization',
  'http.request.header.set-cookie',
];

const texts = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom(
    'cookie',
    'password',
    'host',
    'HTTP/1.1 200 OK\r\nset-cookie: abc\r\nhost: x',
    'card 4111 1111 1111 1111',
    'jane@host.example',
    '\n"\\/',
    'https://u:p@host.example/x',
    '{"password":"x"}',
    'token=abc&x=1',
    'Authorization: Bearer abcdef123456',
    'ASIAABCDEFGHIJKLMNOP',
    '',
  ),
);

const numbers = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constant(4111111111111111),
);

const objectsOf = (names: readonly string[]): fc.Arbitrary<Fields> =>
  fc.letrec<{ value: unknown; fields: Fields }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      texts,
      numbers,
      fc.constantFrom(null, true, false),
      fc.array(tie('value'), { maxLength: 4 }),
      tie('fields'),
    ),
    fields: fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 5, noNullPrototype: false }),
  })).fields;

const objects = objectsOf(NAMES);
const objectsOfHttp = objectsOf(OF_HTTP);

/** White space where JSON allows it. */
const spaced = (value: unknown): string => JSON.stringify(value, undefined, 1);

test('what is hidden in a line is what is hidden in a record with the same members', () => {
  fc.assert(
    fc.property(fc.oneof(objects, objectsOfHttp), fc.boolean(), (value, isSpaced) => {
      const line = isSpaced ? spaced(value) : JSON.stringify(value);
      expect(JSON.parse(rewritten(line))).toEqual(redacted(JSON.parse(line) as Fields));
    }),
    { numRuns: 2_000 },
  );
});

test('hiding twice is hiding once', () => {
  fc.assert(
    fc.property(objects, (value) => {
      const once = rewritten(JSON.stringify(value));
      expect(rewritten(once)).toBe(once);
    }),
  );
});

test('without redaction, a line without URLs and headers keeps every byte', () => {
  fc.assert(
    fc.property(objects, (value) => {
      const line = spaced(value);
      const bare = line.replaceAll('u:p@', '');
      expect(rewritten(bare, off)).toBe(bare);
    }),
  );
});

test('a record that is not redacted hides the headers that a line hides', () => {
  fc.assert(
    fc.property(objectsOfHttp, (value) => {
      const line = JSON.stringify(value);
      const record = {
        timeMs: 0,
        level: 'info',
        message: 'm',
        fields: [JSON.parse(line) as Fields],
      } as const;
      const { timestamp: _, level: __, message: ___, ...rest } = JSON.parse(formatLine(record)) as Fields;
      expect(JSON.parse(rewritten(line, off))).toEqual(rest);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  [
    'numbers that JavaScript cannot hold',
    '{"n":12345678901234567890.10, "m":1E+2,"password":"x"}',
    '{"n":12345678901234567890.10, "m":1E+2,"password":"[redacted]"}',
  ],
  [
    'members of one name',
    '{"password":"x","a":1,"password":{"y":[1]}}',
    '{"password":"[redacted]","a":1,"password":"[redacted]"}',
  ],
  [
    'paths to members of one name',
    '{"user":{"iban":"a","iban":"b"},"user":{"iban":"c"}}',
    '{"user":{"iban":"[redacted]","iban":"[redacted]"},"user":{"iban":"[redacted]"}}',
  ],
  ['escapes', '{"pass\\u0077ord":"x","t":"\\u00e9\\/"}', '{"pass\\u0077ord":"[redacted]","t":"\\u00e9\\/"}'],
  ['an escaped URL', '{"t":"http:\\/\\/u:p@host\\/"}', '{"t":"http://***@host/"}'],
  ['a card number too large for JavaScript', '{"n":6304000000000000000}', '{"n":"[redacted]"}'],
])('with %s, all else stays as it stands', (_, line, expected) => {
  expect(rewritten(line)).toBe(expected);
});

describe('headers, whatever is configured', () => {
  const request = {
    id: 1,
    method: 'GET',
    url: '/orders?x=1',
    headers: {
      host: 'a.example',
      authorization: 'S1',
      Cookie: 'S2',
      'X-Api-Key': 'S3',
      'x-own': ['S4'],
      accept: '*/*',
    },
    remoteAddress: '::1',
  };

  test('those of a request stay only if they hold no credential', () => {
    const headers =
      '{"host":"a.example","authorization":"[redacted]","Cookie":"[redacted]","X-Api-Key":"[redacted]","x-own":"[redacted]","accept":"*/*"}';
    const line = JSON.stringify({ level: 30, req: request });

    expect(rewritten(line, off)).toBe(line.replace(JSON.stringify(request.headers), headers));
  });

  test.each([
    ['a response', { statusCode: 200, headers: { 'set-cookie': ['S'], 'content-length': 3 } }],
    [
      'an error of a client',
      {
        err: {
          config: { url: '/', headers: { Authorization: 'S' }, auth: { username: 'u', password: 'S' } },
          response: { status: 401, headers: { 'www-authenticate': 'S' } },
        },
      },
    ],
    ['raw headers', { method: 'GET', rawHeaders: ['Host', 'x', 'Cookie', 'S', 'X-Token', 'S'] }],
    [
      'pairs',
      {
        url: '/',
        headers: [
          ['cookie', 'S'],
          ['host', 'x'],
        ],
      },
    ],
    ['named values', { url: '/', headers: [{ name: 'Cookie', value: 'S' }] }],
    [
      'the headers of bunyan',
      { res: { statusCode: 200, header: 'HTTP/1.1 200 OK\r\nSet-Cookie: S\r\nContent-Length: 3\r\n\r\n' } },
    ],
    [
      'an event of API Gateway',
      {
        rawPath: '/',
        cookies: ['S'],
        headers: { authorization: 'S' },
        multiValueHeaders: { 'X-Api-Key': ['S'] },
      },
    ],
    ['headers of something else', { headers: { authorization: 'S', token: 'S' } }],
  ])('%s shows no credential', (_, members) => {
    const line = JSON.stringify({ level: 30, ...members });
    const shown = rewritten(line, off);

    expect(off.mayHide(line)).toBe(true);
    expect(shown).not.toMatch(/\bS\b/);
    expect(Object.keys(JSON.parse(shown) as object)).toEqual(Object.keys(JSON.parse(line) as object));
  });

  test('other members called headers stay, but for the names of secrets', () => {
    const line = '{"headers":{"tenant":"acme","x":1},"header":"Date: today"}';

    expect(rewritten(line, off)).toBe(line);
  });

  test('a line that was cut shows no credential either', () => {
    const line = JSON.stringify({ req: request });

    expect(objectNode(line.slice(0, -4))).toBeUndefined();
    expect(off.maskText(line.slice(0, -4))).not.toMatch(/S[123]/);
  });
});
