import { once } from 'node:events';
import { Agent, get, request as send } from 'node:http';
import { Readable } from 'node:stream';
import express from 'express';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { Hono } from 'hono';
import Koa from 'koa';
import {
  fastifyRequestLogger,
  honoRequestLogger,
  koaRequestLogger,
  requestLogger,
  type RequestFacts,
  type RequestLoggerOptions,
} from '../../../runtime/adapters/http.js';
import { memoryLogger, type Line } from '../../support/memory-sink.js';
import { HEADERS, leaking } from './http-bench.js';
import { listening, loggedApps } from './logged-apps.js';

type Call = Omit<RequestInit, 'headers'> & { readonly headers?: Readonly<Record<string, string>> };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The lines that an application logs while `work` calls it. */
async function linesOf(
  { listener }: (typeof loggedApps)[number],
  work: (url: string) => Promise<unknown>,
  options?: RequestLoggerOptions,
  level: 'trace' | 'info' = 'trace',
): Promise<Line[]> {
  const { logger, sink } = memoryLogger(level);
  await listening(await listener(logger, options), work);
  expect(leaking(sink.lines)).toEqual([]);
  const { accepted, delivered } = await logger.close();
  expect(accepted).toBe(delivered);
  return sink.logged;
}

const ofRequests = (lines: readonly Line[]): Line[] =>
  lines.filter(({ message }) => String(message).startsWith('request '));

/** What a call is answered. */
async function text(url: string, init?: Call): Promise<[status: number, id: string | null]> {
  const response = await fetch(url, { ...init, headers: { ...HEADERS, ...init?.headers } });
  await response.text();
  return [response.status, response.headers.get('x-request-id')];
}

/** Begins a request, and leaves once something of the answer is there, or at once. */
async function leave(url: string, waits: boolean): Promise<void> {
  const sent = get(url, { agent: false });
  sent.on('error', () => undefined);
  if (waits) {
    const [answer] = (await once(sent, 'response')) as [NodeJS.ReadableStream];
    answer.on('error', () => undefined);
    await once(answer, 'data');
  } else await new Promise((resolve) => setTimeout(resolve, 50));
  sent.destroy();
}

describe.each(loggedApps)('$name', (app) => {
  test('logs a line for a request, with its id in each line, which goes back to the client', async () => {
    let answered: unknown;
    const lines = await linesOf(app, async (url) => {
      answered = await text(`${url}/orders/7?full=1`, { headers: { 'x-request-id': 'r-7' } });
    });

    expect(answered).toEqual([200, 'r-7']);
    expect(lines.map(({ requestId }) => requestId)).toEqual(['r-7', 'r-7', 'r-7']);
    const [{ timestamp: _, ...last }] = ofRequests(lines) as [Line];
    expect(last).toEqual({
      level: 'info',
      message: 'request completed',
      requestId: 'r-7',
      req: {
        method: 'GET',
        url: '/orders/7?full=1',
        headers: { host: expect.stringMatching(/^127/) },
        remoteAddress: '127.0.0.1',
        remotePort: expect.any(Number),
      },
      res: expect.objectContaining({ statusCode: 200 }),
      durationMs: expect.any(Number),
      ...(app.hasRoutes && { route: '/orders/:id' }),
    });
  });

  test.each(['', 'two words', 'a"b', 'x'.repeat(129), 'a,b'])('makes an id in place of %j', async (id) => {
    let answered: unknown[] = [];
    const lines = await linesOf(app, async (url) => {
      answered = await text(`${url}/orders/7`, { headers: { 'x-request-id': id } });
    });

    expect(answered[1]).toMatch(UUID);
    expect(new Set(lines.map(({ requestId }) => requestId))).toEqual(new Set([answered[1]]));
  });

  test('has the ids of the trace that the headers name', async () => {
    const [traceId, spanId] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];
    const lines = await linesOf(app, async (url) => {
      await text(`${url}/orders/7`, { headers: { traceparent: `00-${traceId}-${spanId}-01` } });
    });

    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).toMatchObject({ traceId, spanId });
  });

  test('says at error what threw, once, and answers as the framework does', async () => {
    let answered: unknown[] = [];
    const lines = await linesOf(app, async (url) => {
      answered = await text(`${url}/orders/broken`, { headers: { 'x-request-id': 'r-1' } });
    });

    expect(answered).toEqual([500, 'r-1']);
    expect(ofRequests(lines)).toEqual([
      expect.objectContaining({
        level: 'error',
        message: 'request failed',
        res: expect.objectContaining({ statusCode: 500 }),
        error: expect.objectContaining({
          type: 'RangeError',
          message: 'no lines',
          cause: expect.objectContaining({ message: 'empty' }),
        }),
      }),
    ]);
  });

  test('takes an error that blames the client for a warning', async () => {
    let answered: unknown[] = [];
    const lines = await linesOf(app, async (url) => {
      answered = await text(`${url}/orders/gone`);
    });

    expect(answered[0]).toBe(410);
    expect(ofRequests(lines)).toEqual([
      expect.objectContaining({
        level: 'warn',
        message: 'request completed',
        error: expect.objectContaining({ message: 'gone' }),
      }),
    ]);
  });

  test('warns of a path that is not there', async () => {
    const lines = await linesOf(app, (url) => text(`${url}/nowhere`));

    expect(ofRequests(lines)).toEqual([
      expect.objectContaining({ level: 'warn', res: expect.objectContaining({ statusCode: 404 }) }),
    ]);
    expect(ofRequests(lines)[0]).not.toHaveProperty('route');
  });

  test('logs a HEAD request, and requests that share a connection', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const lines = await linesOf(app, async (url) => {
      for (const method of ['HEAD', 'GET', 'HEAD']) {
        const [answer] = (await once(send(`${url}/orders/7`, { method, agent }).end(), 'response')) as [
          NodeJS.ReadableStream,
        ];
        await once(answer.resume(), 'end');
      }
      agent.destroy();
    });

    const methods = ofRequests(lines).map(({ req }) => (req as { method: string }).method);
    expect(methods).toEqual(['HEAD', 'GET', 'HEAD']);
    expect(new Set(ofRequests(lines).map(({ requestId }) => requestId)).size).toBe(3);
  });

  test('has the id in lines of listeners for the body', async () => {
    const lines = await linesOf(app, async (url) => {
      // More than once on one connection, and more than one part.
      for (const body of ['x'.repeat(300_000), 'x', 'x'.repeat(100_000)])
        await text(`${url}/raw/events`, { method: 'POST', body, headers: { 'content-type': 'x/y' } });
    });

    const ids = ofRequests(lines).map(({ requestId }) => requestId);
    expect(new Set(ids).size).toBe(3);
    const of = (wanted: string) =>
      new Set(lines.filter(({ message }) => message === wanted).map(({ requestId }) => requestId));
    expect(of('data')).toEqual(new Set(ids));
    expect(of('end')).toEqual(new Set(ids));
  });

  test('logs a request whose body nobody reads', async () => {
    const lines = await linesOf(app, (url) =>
      text(`${url}/raw/unread`, {
        method: 'POST',
        body: 'x'.repeat(1_000),
        headers: { 'content-type': 'x/y' },
      }),
    );

    expect(ofRequests(lines)).toEqual([expect.objectContaining({ message: 'request completed' })]);
  });

  test('warns of a client that leaves, with what was sent', async () => {
    const lines = await linesOf(app, async (url) => {
      await leave(`${url}/raw/hangs`, true);
      await leave(`${url}/raw/silent`, false);
    });

    const [begun, silent] = ofRequests(lines);
    expect(begun).toMatchObject({
      level: 'warn',
      message: 'request aborted',
      req: { url: '/raw/hangs', remoteAddress: '127.0.0.1' },
      res: { statusCode: 200 },
      sentBytes: expect.any(Number),
    });
    expect(begun!['sentBytes']).toBeGreaterThan('begun'.length);
    expect(silent).toMatchObject({ level: 'warn', message: 'request aborted', sentBytes: 0 });
    expect(silent).not.toHaveProperty('res');
    expect(ofRequests(lines)).toHaveLength(2);
  });

  test('takes the end of a stream of events as its end', async () => {
    const lines = await linesOf(app, (url) => leave(`${url}/raw/sse`, true));

    expect(ofRequests(lines)).toEqual([
      expect.objectContaining({ level: 'info', message: 'request completed' }),
    ]);
  });

  test('has the error with which the application destroyed its response', async () => {
    const lines = await linesOf(app, async (url) => {
      await text(`${url}/raw/destroyed`).catch(() => undefined);
    });

    expect(ofRequests(lines)).toEqual([
      expect.objectContaining({
        level: 'error',
        message: 'request failed',
        error: expect.objectContaining({ message: 'disk failed' }),
      }),
    ]);
  });

  test('keeps details of the requests that fail only', async () => {
    const options: RequestLoggerOptions = { bufferLevel: 'debug' };
    const lines = await linesOf(
      app,
      async (url) => {
        await Promise.all(['7', 'broken', '8'].map((id) => text(`${url}/orders/${id}`)));
      },
      options,
      'info',
    );

    expect(lines.filter(({ message }) => message === 'loading').map(({ id }) => id)).toEqual(['broken']);
    expect(ofRequests(lines)).toHaveLength(3);
  });

  test('logs a thousand requests at once, each line with the id of its own', async () => {
    const ids = Array.from({ length: 1_000 }, (_, at) => `r${at}`);
    const lines = await linesOf(app, async (url) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 50 });
      await Promise.all(
        ids.map(async (id) => {
          const sent = get(`${url}/orders/${id}`, { agent, headers: { 'x-request-id': id } });
          const [answer] = (await once(sent, 'response')) as [NodeJS.ReadableStream];
          await once(answer.resume(), 'end');
        }),
      );
      agent.destroy();
    });

    expect(ofRequests(lines)).toHaveLength(ids.length);
    expect(new Set(ofRequests(lines).map(({ requestId }) => requestId))).toEqual(new Set(ids));
    for (const { requestId, id, req } of lines)
      expect(requestId).toBe(id ?? (req as { url: string }).url.slice('/orders/'.length));
    expect(lines).toHaveLength(3_000);
  });
});

test('Hono without a server of Node.js ends a request when its handlers have returned', async () => {
  const { logger, sink } = memoryLogger();
  const app = new Hono();
  app.use(honoRequestLogger({ logger }));
  app.get('/orders/:id', (c) => {
    logger.info('within');
    return c.req.param('id') === '7' ? Response.redirect('http://localhost/', 302) : c.text('no', 404);
  });
  const options = { headers: { ...HEADERS, 'x-request-id': 'r-7' } };
  const answers = [await app.request('/orders/7?full=1', options), await app.request('/orders/8', options)];

  expect(answers.map(({ headers }) => headers.get('x-request-id'))).toEqual(['r-7', 'r-7']);
  expect(sink.told).toMatchObject([
    { message: 'within', requestId: 'r-7' },
    {
      message: 'request completed',
      requestId: 'r-7',
      req: { method: 'GET', url: '/orders/7?full=1' },
      res: { statusCode: 302 },
      route: '/orders/:id',
    },
    { message: 'within' },
    { message: 'request completed', res: { statusCode: 404 } },
  ]);
  expect(leaking(sink.lines)).toEqual([]);
});

test('Fastify has the id where it parsed the body, and a function knows its request', async () => {
  const { logger, sink } = memoryLogger();
  const app = fastify() as unknown as FastifyInstance;
  const fields = ({ request }: RequestFacts<FastifyRequest>): object => ({ by: request.routeOptions.method });
  await app.register(fastifyRequestLogger, { logger, fields, prefix: '/v1', logLevel: 'warn' });
  app.post('/orders', async () => {
    logger.info('within');
    return { ok: true };
  });
  await app.ready();
  await listening(
    (req, res) => app.routing(req, res),
    (url) =>
      text(`${url}/orders`, {
        method: 'POST',
        body: JSON.stringify({ text: 'x'.repeat(90_000) }),
        headers: { 'content-type': 'application/json', 'x-request-id': 'r-7' },
      }),
  );

  expect(sink.told).toMatchObject([
    { message: 'within', requestId: 'r-7' },
    { message: 'request completed', requestId: 'r-7', route: '/orders', by: 'POST' },
  ]);
});

test('Express has the pattern of a route with that of its router, and bodies that are parsed', async () => {
  const { logger, sink } = memoryLogger();
  const app = express();
  const router = express.Router();
  app.use(requestLogger({ logger }));
  app.use(express.json());
  router.post('/:id/items', (req, res) => {
    logger.info('within', { body: (req as { body?: unknown }).body });
    res.end();
  });
  app.use('/orders', router);
  await listening(app, (url) =>
    text(`${url}/orders/7/items`, {
      method: 'POST',
      body: JSON.stringify({ text: 'x'.repeat(90_000) }),
      headers: { 'content-type': 'application/json', 'x-request-id': 'r-7' },
    }),
  );

  expect(sink.told).toMatchObject([
    { message: 'within', requestId: 'r-7' },
    {
      message: 'request completed',
      requestId: 'r-7',
      route: '/orders/:id/items',
      req: { url: '/orders/7/items' },
    },
  ]);
});

test('Koa has the pattern that its router notes, and the error of the stream of a body', async () => {
  const { logger, sink } = memoryLogger();
  const app = new Koa();
  app.silent = true;
  app.use(koaRequestLogger({ logger }));
  app.use((ctx) => {
    Object.assign(ctx, { _matchedRoute: '/files/:name' });
    const body = new Readable({ read: () => undefined });
    ctx.body = body;
    setImmediate(() => body.destroy(new Error('disk failed')));
  });
  const callback = app.callback();
  await listening(
    (req, res) => void callback(req, res),
    async (url) => await text(`${url}/files/a`).catch(() => undefined),
  );

  expect(sink.told).toMatchObject([
    { message: 'request failed', route: '/files/:name', error: { message: 'disk failed' } },
  ]);
});
