import { createServer } from 'node:http';
import express, { type Request, type Response } from 'express';
import type { Logger as PinoLogger } from 'pino';
import { pinoHttp, type Options } from 'pino-http';
import { codesHeard } from '../../support/heard.js';
import { call, HttpBench, leaking, normal, serving, SET_COOKIE, told, tooLong } from './http-bench.js';

let bench: HttpBench;

beforeAll(async () => {
  bench = await HttpBench.start();
});

afterAll(() => bench.stop());

/** The lines of one request to an application of Express that logs through pino-http. */
function linesOf(
  isRedacted: boolean,
  options: Options,
  handle: (req: Request, res: Response) => void = () => undefined,
): Promise<string[]> {
  return bench.stored(isRedacted, async (logger) => {
    const app = express();
    app.set('env', 'test');
    // It asks for all of pino, and calls what ours has.
    app.use(pinoHttp({ ...options, logger: logger as unknown as PinoLogger }));
    app.get('/orders/:id', (req, res) => {
      res.set('set-cookie', SET_COOKIE);
      handle(req, res);
      res.json({ ok: true });
    });
    await serving(createServer(app), (url) => call(`${url}/orders/7?full=1`));
  });
}

const req = {
  id: 1,
  method: 'GET',
  url: '/orders/7?full=1',
  headers: { host: '127.0.0.1:PORT' },
  remoteAddress: '127.0.0.1',
  remotePort: 0,
};
const res = { statusCode: 200, headers: { 'content-length': '11' } };
const url = req.url;
const completed = { message: 'request completed', req, res, responseTime: 0 };

describe.each([false, true])('pino-http, with redaction %p,', (isRedacted) => {
  test('writes a line for a request', async () => {
    const lines = await linesOf(isRedacted, {});

    expect(normal(lines)).toEqual([
      '{"timestamp":"TIME","level":"info","message":"request completed","req":{"id":1,"method":"GET","url":"/orders/7?full=1","headers":{"host":"127.0.0.1:PORT"},"remoteAddress":"127.0.0.1","remotePort":0},"res":{"statusCode":200,"headers":{"content-length":"11"}},"responseTime":0}',
    ]);
    expect(leaking(lines)).toEqual([]);
    expect(tooLong(lines)).toEqual([]);
  });

  test('gives each request a logger of its own', async () => {
    const lines = await linesOf(isRedacted, {}, (given, answer) => {
      given.log.info('hello');
      given.log.info({ req: given, deep: [given, answer] }, 'again');
    });
    const routed = { ...req, params: { id: '7' } };

    expect(told(lines)).toEqual([
      { message: 'hello', req },
      { message: 'again', req: routed, deep: [routed, { statusCode: 200 }] },
      completed,
    ]);
    expect(leaking(lines)).toEqual([]);
  });

  test.each<[string, Options, object[]]>([
    [
      'customProps',
      { customProps: () => ({ tenant: 't1' }) },
      [
        { message: 'in', req, tenant: 't1' },
        { ...completed, tenant: 't1' },
      ],
    ],
    [
      'quietReqLogger',
      { quietReqLogger: true },
      [
        { message: 'in', reqId: 1 },
        { ...completed, reqId: 1 },
      ],
    ],
    [
      'quietResLogger',
      { quietResLogger: true },
      [
        { message: 'in', req },
        { message: 'request completed', res, responseTime: 0 },
      ],
    ],
    [
      'serializers',
      { serializers: { req: (given) => ({ url: given.url }), res: ({ statusCode }) => statusCode } },
      [
        { message: 'in', req: { url } },
        { ...completed, req: { url }, res: 200 },
      ],
    ],
    [
      'wrapSerializers',
      { wrapSerializers: false, serializers: { req: (given) => ({ url: given.url }) } },
      [
        { message: 'in', req: { url } },
        { ...completed, req: { url } },
      ],
    ],
    [
      'genReqId',
      { genReqId: () => 'r-7' },
      [
        { message: 'in', req: { ...req, id: 'r-7' } },
        { ...completed, req: { ...req, id: 'r-7' } },
      ],
    ],
    [
      'customAttributeKeys',
      { customAttributeKeys: { req: 'request', res: 'response' } },
      [
        { message: 'in', request: req },
        { message: 'request completed', request: req, response: res, responseTime: 0 },
      ],
    ],
    [
      'customReceivedMessage',
      { customReceivedMessage: () => 'received' },
      [{ message: 'received', req }, { message: 'in', req }, completed],
    ],
  ])('keeps its option %s', async (_, options, expected) => {
    const lines = await linesOf(isRedacted, options, (given) => given.log.info('in'));

    expect(told(lines)).toEqual(expected);
    expect(leaking(lines)).toEqual([]);
  });

  test('has its options, which it hands on, not reported as unknown ones', async () => {
    const text = () => 'text';
    const object = () => ({});
    const options: Options = {
      autoLogging: true,
      customErrorMessage: text,
      customErrorObject: object,
      customLogLevel: () => 'warn',
      customProps: object,
      customReceivedMessage: text,
      customReceivedObject: object,
      customSuccessMessage: text,
      customSuccessObject: object,
      genReqId: () => 1,
      quietReqLogger: true,
      quietResLogger: true,
    };

    expect(await codesHeard(() => linesOf(isRedacted, options))).toEqual([]);
  });

  test('writes an error with its request and response', async () => {
    const lines = await linesOf(isRedacted, {}, () => {
      throw new Error('boom');
    });

    expect(told(lines)).toEqual([
      {
        message: 'request errored',
        req,
        res: { statusCode: 500, headers: { 'content-length': expect.any(Number) } },
        error: {
          type: 'Error',
          message: 'failed with status code 500',
          stack: 'Error: failed with status code 500…',
        },
        responseTime: 0,
      },
    ]);
    expect(leaking(lines)).toEqual([]);
  });

  test('writes the error that the application has put to the response', async () => {
    const lines = await linesOf(isRedacted, {}, (_, answer) => {
      answer.statusCode = 500;
      answer.err = new RangeError('out of stock', { cause: new Error('none left') });
    });

    expect(told(lines)).toEqual([
      {
        message: 'request errored',
        req,
        res: { ...res, statusCode: 500 },
        error: {
          type: 'RangeError',
          message: 'out of stock',
          stack: 'RangeError: out of stock…',
          cause: { type: 'Error', message: 'none left', stack: 'Error: none left…' },
        },
        responseTime: 0,
      },
    ]);
    expect(leaking(lines)).toEqual([]);
  });
});
