import * as standard from 'pino-std-serializers';
import { axiosShape, httpName, httpShape, withoutHttpGuts } from '../../../runtime/serialize/http-shapes.js';
import { createServer, get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { type AddressInfo } from 'node:net';
import { refuse, revoked } from '../../support/hostile.js';

const headers = { host: 'shop', authorization: 'Bearer secret', cookie: 'a=secret', 'content-length': '5' };
const shown = { host: 'shop', 'content-length': '5' };

/** What there is of a request of Node.js; frameworks have stand-ins of it in their tests. */
const incoming = {
  httpVersion: '1.1',
  rawHeaders: Object.entries(headers).flat(),
  socket: { remoteAddress: '10.0.0.1', remotePort: 5 },
  method: 'GET',
  url: '/x',
  headers,
};
const address = { remoteAddress: '10.0.0.1', remotePort: 5 };
const req = { method: 'GET', url: '/x', headers: shown, ...address };

const server = {
  statusCode: 404,
  headersSent: true,
  getHeaders: () => ({ 'set-cookie': ['secret'], 'content-length': 9 }),
  writeHead: refuse,
};
const res = { statusCode: 404, headers: { 'content-length': 9 } };

const outgoing = {
  method: 'POST',
  protocol: 'https:',
  host: 'api',
  path: '/y',
  getHeaders: () => headers,
  getHeader: (): string | undefined => undefined,
  setNoDelay: refuse,
};

test.each<[string, object, object]>([
  ['a request', incoming, req],
  ['a request with an id', { ...incoming, id: 'r-1' }, { id: 'r-1', ...req }],
  ['a request with parameters', { ...incoming, params: { id: '7' } }, { ...req, params: { id: '7' } }],
  ['a request without parameters', { ...incoming, params: {} }, req],
  [
    'a request without socket',
    { ...incoming, socket: undefined },
    { method: 'GET', url: '/x', headers: shown },
  ],
  [
    'a request with none of these headers',
    { ...incoming, headers: {} },
    { method: 'GET', url: '/x', ...address },
  ],
  ['a request that a framework holds', { method: 'GET', url: '/x', raw: incoming }, req],
  [
    'an answer of another service',
    { ...incoming, statusCode: 200, statusMessage: 'OK' },
    { statusCode: 200, statusMessage: 'OK', headers: shown },
  ],
  ['a response', server, res],
  ['a response that a framework holds', { statusCode: 404, raw: server }, res],
  ['a response before it is sent', { ...server, headersSent: false }, { ...res, statusCode: 404 }],
  ['a request on its way out', outgoing, { method: 'POST', url: 'https://api/y' }],
  [
    'a request on its way out with a port',
    { ...outgoing, getHeader: () => 'api:8443' },
    { method: 'POST', url: 'https://api:8443/y' },
  ],
  [
    'a Request',
    new Request('http://shop/x', { method: 'POST', headers: { ...headers, 'x-api-key': 'secret' } }),
    { method: 'POST', url: 'http://shop/x', headers: shown },
  ],
  [
    'a Response',
    new Response('x', { status: 201, headers: { 'set-cookie': 'secret' } }),
    { statusCode: 201 },
  ],
  [
    'a Request that a framework holds',
    { method: 'GET', url: '/x', raw: new Request('http://shop/x') },
    { method: 'GET', url: 'http://shop/x' },
  ],
])('the shape of %s', (_, given, expected) => {
  expect(httpShape(given)).toEqual(expected);
});

test.each<[string, object]>([
  ['an object', {}],
  ['an object that looks a little like a request', { method: 'GET', url: '/x', headers }],
  ['an object with something raw', { raw: 'x' }],
  ['an Error', new Error('e')],
  ['a Map', new Map()],
  ['what cannot be read', revoked()],
  [
    'what throws',
    {
      ...incoming,
      get headers() {
        return refuse();
      },
    },
  ],
])('%s has none', (_, given) => {
  expect(httpShape(given)).toBeUndefined();
});

test.each<[string, object, string | undefined]>([
  ['a request', incoming, 'req'],
  ['a response', server, 'res'],
  ['an answer of another service', { ...incoming, statusCode: 200 }, 'res'],
  ['a request on its way out', outgoing, 'req'],
  ['a Request', new Request('http://shop/'), 'req'],
  ['a Response', new Response(), 'res'],
  ['a request that a framework holds', { method: 'GET', url: '/x', raw: incoming }, 'req'],
  ['an object that holds a request', { id: 7, raw: incoming }, undefined],
  ['anything else', { method: 'GET' }, undefined],
  ['what cannot be read', revoked(), undefined],
])('the name of %s', (_, given, expected) => {
  expect(httpName(given)).toBe(expected);
});

test('the real ones of Node.js are known', async () => {
  const listening = createServer((_, answer) => answer.end('ok')).listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const sent = get({ port: (listening.address() as AddressInfo).port, host: '127.0.0.1', agent: false });
  const [[received, answer], [answered]] = (await Promise.all([
    once(listening, 'request'),
    once(sent, 'response'),
  ])) as [[IncomingMessage, object], [IncomingMessage]];
  answered.resume();
  await once(listening.close(), 'close');

  expect([sent, received, answer, answered].map(httpName)).toEqual(['req', 'req', 'res', 'res']);
});

describe('members of errors of clients', () => {
  test.each<[string, unknown, unknown]>([
    ['no object', 'x', 'x'],
    ['an object without headers', { a: 1 }, { a: 1 }],
    [
      'options of axios',
      {
        method: 'get',
        url: '/x',
        baseURL: 'http://shop',
        headers,
        data: 'secret',
        auth: { password: 'secret' },
      },
      { method: 'get', url: '/x', baseURL: 'http://shop', headers: '[redacted]' },
    ],
    [
      'a response of superagent',
      { status: 502, body: { why: 1 }, text: '{"why":1}', req: { headers }, headers },
      { status: 502, body: { why: 1 }, headers: '[redacted]' },
    ],
    ['a response of Node.js', { ...incoming, statusCode: 502 }, { statusCode: 502, headers: shown }],
    [
      'options of got',
      { url: new URL('http://shop/x'), headers, username: 'u', password: 'secret' },
      { url: new URL('http://shop/x'), headers: '[redacted]' },
    ],
  ])('%s', (_, given, expected) => {
    expect(withoutHttpGuts(given)).toEqual(expected);
  });

  test('what cannot be read stays, to be marked where it is read', () => {
    const proxy = revoked();

    expect(withoutHttpGuts(proxy)).toBe(proxy);
  });
});

test('what axios makes of an answer is known by the request in it', () => {
  const answer = {
    status: 200,
    statusText: 'OK',
    data: [1],
    headers,
    config: { headers },
    request: outgoing,
  };

  expect(axiosShape(answer)).toEqual({
    status: 200,
    statusText: 'OK',
    data: [1],
    headers: '[redacted]',
  });
  expect(axiosShape({ ...answer, request: {} })).toBeUndefined();
  const { config: _config, ...withoutConfig } = answer;
  expect(axiosShape(withoutConfig)).toBeUndefined();
});

test('what axios makes of a request is known by its headers', () => {
  class AxiosHeaders {
    readonly authorization = 'secret';
    readonly [Symbol.toStringTag] = 'AxiosHeaders';
  }
  const config = { method: 'get', url: '/x', headers: new AxiosHeaders(), auth: { password: 'secret' } };

  expect(axiosShape(config)).toEqual({ method: 'get', url: '/x', headers: '[redacted]' });
  expect(axiosShape({ status: 200, data: 1, headers: new AxiosHeaders() })).toEqual({
    status: 200,
    data: 1,
    headers: '[redacted]',
  });
});

describe('what a client puts into an error', () => {
  test('of what a client puts into an error, the place is told and no header', () => {
    const config = { method: 'get', url: '/orders', data: 'secret', headers: { authorization: 'secret' } };

    expect(withoutHttpGuts(config)).toEqual({ method: 'get', url: '/orders', headers: '[redacted]' });
  });

  test('of an answer, status and content are told', () => {
    const response = {
      status: 400,
      statusText: 'Bad Request',
      data: { reason: 'no id' },
      headers: {},
      config: {},
    };

    expect(withoutHttpGuts(response)).toEqual({
      status: 400,
      statusText: 'Bad Request',
      data: { reason: 'no id' },
      headers: '[redacted]',
    });
  });

  test('what has headers and is neither keeps all else', () => {
    expect(withoutHttpGuts({ headers: ['id', 'name'], rows: 7 })).toEqual({ headers: '[redacted]', rows: 7 });
  });

  test('what cannot be read shows nothing', () => {
    const bad = Object.defineProperty({ headers: {} }, 'a', {
      enumerable: true,
      get() {
        throw new Error('no');
      },
    });

    expect(withoutHttpGuts(bad)).toEqual({ headers: '[redacted]' });
  });
});

describe('a request has the shape that pino gives it', () => {
  const url = { path: '/parsed' };

  test.each<[string, object]>([
    ['of Node.js', incoming],
    [
      'of Express',
      {
        ...incoming,
        id: 'r-1',
        originalUrl: '/whole?a=1',
        path: '/x',
        params: { id: '7' },
        query: { a: '1' },
      },
    ],
    ['of Fastify', { ...incoming, id: 'r-2', originalUrl: '/whole', raw: incoming, params: { id: '7' } }],
    [
      'of hapi',
      { ...incoming, path: '/x', url, info: { id: 'r-3', remoteAddress: '10.0.0.2', remotePort: 6 } },
    ],
    ['with an id that is asked for', { ...incoming, id: () => 'r-4' }],
    ['with a URL that is parsed', { ...incoming, url }],
  ])('%s', (_, given) => {
    const {
      query: _query,
      headers: _headers,
      ...told
    } = { ...standard.req(given as never) } as Record<string, unknown>;
    const expected = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));

    expect(httpShape(given)).toEqual({ ...expected, headers: shown });
  });
});
