import { createServer } from 'node:http';
import express, { type Request, type Response } from 'express';
import { call, HttpBench, leaking, serving, SET_COOKIE, normal, told, tooLong } from './http-bench.js';
import type { Logger } from '../../../runtime/logger/logger.js';

let bench: HttpBench;

beforeAll(async () => {
  bench = await HttpBench.start();
});

afterAll(() => bench.stop());

type Handle = (req: Request, res: Response, logger: Logger) => void;

/** The lines of one request to an application that logs each request by a middleware of its own. */
function linesOf(isRedacted: boolean, handle: Handle): Promise<string[]> {
  return bench.stored(isRedacted, async (logger) => {
    const app = express();
    app.use((req, res, next) => {
      res.once('finish', () => logger.info('request', { req, res }));
      next();
    });
    app.get('/orders/:id', (req, res) => {
      res.set('set-cookie', SET_COOKIE);
      handle(req, res, logger);
      res.json({ ok: true });
    });
    app.use((error: Error, req: Request, res: Response, next: () => void) => {
      logger.error(error, 'failed', { req, res, next });
      res.statusCode = 500;
      res.json({ ok: false });
    });
    await serving(createServer(app), (url) => call(`${url}/orders/7?full=1`));
  });
}

const req = {
  method: 'GET',
  url: '/orders/7?full=1',
  params: { id: '7' },
  headers: { host: '127.0.0.1:PORT' },
  remoteAddress: '127.0.0.1',
  remotePort: 0,
};
/** Before and after its route. */
const { params: _, ...bare } = req;
const res = { statusCode: 200 };
const sent = { statusCode: 200, headers: { 'content-length': '11' } };

describe.each([false, true])('Express, with redaction %p,', (isRedacted) => {
  test('has a short line of a request and its response', async () => {
    const lines = await linesOf(isRedacted, () => undefined);

    expect(normal(lines)).toEqual([
      '{"timestamp":"TIME","level":"info","message":"request","req":{"method":"GET","url":"/orders/7?full=1","params":{"id":"7"},"headers":{"host":"127.0.0.1:PORT"},"remoteAddress":"127.0.0.1","remotePort":0},"res":{"statusCode":200,"headers":{"content-length":"11"}}}',
    ]);
    expect(leaking(lines)).toEqual([]);
    expect(tooLong(lines)).toEqual([]);
  });

  test('has a short form of both wherever they stand', async () => {
    const lines = await linesOf(isRedacted, (given, answer, logger) => {
      logger.info(given);
      logger.info({ a: 1 }, 'third', answer);
      logger.info('deep', { list: [{ given }], map: new Map([['res', answer]]), socket: given.socket });
      logger.withContext({ req: given }, () => logger.info('context'));
      logger.info('text %s', given);
    });

    expect(told(lines)).toEqual([
      { message: '', req },
      { message: 'third', a: 1, res },
      { message: 'deep', list: [{ given: req }], map: { res }, socket: '[Socket]' },
      { message: 'context', req },
      { message: expect.stringMatching(/^text {"method":"GET","url":"\/orders\/7\?full=1",/) },
      { message: 'request', req, res: sent },
    ]);
    expect(leaking(lines)).toEqual([]);
  });

  test('has an error with its request', async () => {
    const lines = await linesOf(isRedacted, () => {
      throw new Error('boom');
    });

    expect(told(lines)).toEqual([
      {
        message: 'failed',
        error: { type: 'Error', message: 'boom', stack: 'Error: boom…' },
        req: bare,
        res,
        next: '[Function: next]',
      },
      { message: 'request', req: bare, res: { statusCode: 500, headers: { 'content-length': '12' } } },
    ]);
    expect(leaking(lines)).toEqual([]);
  });
});
