import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import type { Logger } from '../../../runtime/logger/logger.js';
import { call, HttpBench, leaking, normal, serving, SET_COOKIE, told, tooLong } from './http-bench.js';

let bench: HttpBench;

beforeAll(async () => {
  bench = await HttpBench.start();
});

afterAll(() => bench.stop());

/** The lines of one request to an application that logs each request by a middleware of its own. */
function linesOf(isRedacted: boolean, handle: (c: Context, logger: Logger) => void): Promise<string[]> {
  return bench.stored(isRedacted, async (logger) => {
    const app = new Hono();
    app.use(async (c, next) => {
      await next();
      logger.info('request', { req: c.req, res: c.res });
    });
    app.get('/orders/:id', (c) => {
      handle(c, logger);
      for (const cookie of SET_COOKIE) c.header('set-cookie', cookie, { append: true });
      return c.json({ ok: true });
    });
    app.onError((error, c) => {
      logger.error(error, 'failed', { req: c.req.raw });
      return c.text('no', 500);
    });
    await serving(createServer(getRequestListener(app.fetch)), (url) => call(`${url}/orders/7?full=1`));
  });
}

const req = {
  method: 'GET',
  url: 'http://127.0.0.1:PORT/orders/7?full=1',
  headers: { host: '127.0.0.1:PORT' },
};
const res = { statusCode: 200 };

describe.each([false, true])('Hono, with redaction %p,', (isRedacted) => {
  test('has a short line of a request and its response', async () => {
    const lines = await linesOf(isRedacted, () => undefined);

    expect(normal(lines)).toEqual([
      '{"timestamp":"TIME","level":"info","message":"request","req":{"method":"GET","url":"http://127.0.0.1:PORT/orders/7?full=1","headers":{"host":"127.0.0.1:PORT"}},"res":{"statusCode":200}}',
    ]);
    expect(leaking(lines)).toEqual([]);
    expect(tooLong(lines)).toEqual([]);
  });

  test('has a short form of a request wherever it stands', async () => {
    const lines = await linesOf(isRedacted, (c, logger) => {
      logger.info(c.req);
      logger.info({ a: 1 }, 'third', c.req.raw);
      logger.info('deep', { list: [{ req: c.req }], raw: c.req.raw });
      logger.child({ req: c.req }).info('child');
      logger.info('context', { c });
    });

    expect(told(lines)).toEqual([
      { message: '', req },
      { message: 'third', a: 1, req },
      { message: 'deep', list: [{ req }], raw: req },
      { message: 'child', req },
      {
        message: 'context',
        c: expect.objectContaining({
          env: {
            incoming: { ...req, url: '/orders/7?full=1', remoteAddress: '127.0.0.1', remotePort: 0 },
            outgoing: res,
          },
        }),
      },
      { message: 'request', req, res },
    ]);
    expect(leaking(lines)).toEqual([]);
  });

  test('has an error with its request', async () => {
    const lines = await linesOf(isRedacted, () => {
      throw new Error('boom');
    });

    expect(told(lines)).toEqual([
      { message: 'failed', error: { type: 'Error', message: 'boom', stack: 'Error: boom…' }, req },
      { message: 'request', req, res: { statusCode: 500 } },
    ]);
    expect(leaking(lines)).toEqual([]);
  });
});
