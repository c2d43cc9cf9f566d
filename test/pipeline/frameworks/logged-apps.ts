import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { getRequestListener } from '@hono/node-server';
import express from 'express';
import fastify, { type FastifyInstance } from 'fastify';
import { Hono } from 'hono';
import Koa from 'koa';
import {
  fastifyRequestLogger,
  honoRequestLogger,
  koaRequestLogger,
  requestErrors,
  requestLogger,
  type RequestLoggerOptions,
} from '../../../runtime/adapters/http.js';
import type { Logger } from '../../../runtime/logger/logger.js';

/** An application of each framework, which answers the same: see {@link answer}. */
export interface LoggedApp {
  readonly name: string;
  /** Whether the framework knows the pattern of a route. */
  readonly hasRoutes: boolean;
  /** Makes the application, with request logging. `options` are those of request logging. */
  readonly listener: (logger: Logger, options?: RequestLoggerOptions) => Promise<RequestListener>;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What a path is answered with; throws for `/orders/broken`, and for `/orders/strange` what is no error. */
async function answer(logger: Logger, id: string): Promise<string> {
  logger.debug('loading', { id });
  await turn();
  if (id === 'broken') throw new RangeError('no lines', { cause: new Error('empty') });
  if (id === 'gone') throw Object.assign(new Error('gone'), { status: 410, statusCode: 410, expose: true });
  logger.info('loaded', { id });
  return id;
}

/** Answers by the raw response, whatever the framework. Returns false for paths of others. */
function answerRaw(logger: Logger, req: IncomingMessage, res: ServerResponse): boolean {
  switch (req.url) {
    case '/raw/events':
      req.on('data', () => logger.info('data'));
      req.on('end', () => {
        logger.info('end');
        res.end('read');
      });
      return true;
    case '/raw/hangs':
      res.writeHead(200, { 'content-type': 'text/plain' });
      res.write('begun');
      return true;
    case '/raw/silent':
      return true;
    case '/raw/sse':
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.write('data: 1\n\n');
      return true;
    case '/raw/destroyed':
      res.write('begun');
      res.destroy(new Error('disk failed'));
      return true;
    case '/raw/unread':
      res.end('no thanks');
      return true;
    default:
      return false;
  }
}

const plain: LoggedApp = {
  name: 'node:http',
  hasRoutes: false,
  listener: async (logger, options) => {
    const logged = requestLogger({ logger, ...options });
    const handle = (req: IncomingMessage, res: ServerResponse): void => {
      if (answerRaw(logger, req, res)) return;
      const [, id = ''] = /^\/orders\/(\w+)/.exec(req.url ?? '') ?? [];
      res.statusCode = id === '' ? 404 : 200;
      answer(logger, id).then(
        (text) => res.end(text),
        (error: Error & { status?: number }) => {
          // pino-http's convention.
          (res as ServerResponse & { err?: Error }).err = error;
          res.statusCode = error.status ?? 500;
          res.end();
        },
      );
    };
    return (req, res) => logged(req, res, () => logged(req, res, () => handle(req, res)));
  },
};

const ofExpress: LoggedApp = {
  name: 'Express',
  hasRoutes: true,
  listener: async (logger, options) => {
    const app = express();
    app.set('env', 'test');
    app.use(requestLogger({ logger, ...options }));
    app.use(requestLogger({ logger, ...options }));
    app.use((req, res, next) => {
      if (!answerRaw(logger, req, res)) next();
    });
    app.get('/orders/:id', (req, res, next) => {
      answer(logger, req.params['id']!).then((text) => res.end(text), next);
    });
    app.use(requestErrors());
    return app;
  },
};

const ofKoa: LoggedApp = {
  name: 'Koa',
  hasRoutes: false,
  listener: async (logger, options) => {
    const app = new Koa();
    app.silent = true;
    app.use(koaRequestLogger({ logger, ...options }));
    app.use(koaRequestLogger({ logger, ...options }));
    app.use(async (ctx) => {
      if (answerRaw(logger, ctx.req, ctx.res)) {
        ctx.respond = false;
        return;
      }
      const [, id] = /^\/orders\/(\w+)/.exec(ctx.path) ?? [];
      if (id !== undefined) ctx.body = await answer(logger, id);
    });
    // Its declarations say void, and it is a promise.
    const callback = app.callback();
    return (req, res) => void callback(req, res);
  },
};

const ofHono: LoggedApp = {
  name: 'Hono',
  hasRoutes: true,
  listener: async (logger, options) => {
    const app = new Hono<{ Bindings: { incoming: IncomingMessage; outgoing: ServerResponse } }>();
    app.use(honoRequestLogger({ logger, ...options }));
    app.use(honoRequestLogger({ logger, ...options }));
    app.all('/raw/*', async (c) => {
      answerRaw(logger, c.env.incoming, c.env.outgoing);
      if (!c.env.outgoing.writableFinished) await once(c.env.outgoing, 'close');
      return new Response(null, { headers: { 'x-hono-already-sent': 'true' } });
    });
    app.get('/orders/:id', async (c) => new Response(await answer(logger, c.req.param('id'))));
    app.onError((error, c) => c.text('no', ((error as { status?: number }).status ?? 500) as 500));
    const listener = getRequestListener(app.fetch);
    return (req, res) => void listener(req, res);
  },
};

const ofFastify: LoggedApp = {
  name: 'Fastify',
  hasRoutes: true,
  listener: async (logger, options) => {
    const app = fastify() as unknown as FastifyInstance;
    await app.register(fastifyRequestLogger, { logger, ...options });
    await app.register(fastifyRequestLogger, { logger, ...options });
    // Bodies are left to the handlers.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, _payload, done) => done(null));
    app.all('/raw/:what', (request, reply) => {
      reply.hijack();
      answerRaw(logger, request.raw, reply.raw);
    });
    app.get('/orders/:id', async (request) => answer(logger, (request.params as { id: string }).id));
    await app.ready();
    return (req, res) => app.routing(req, res);
  },
};

export const loggedApps = [plain, ofExpress, ofKoa, ofHono, ofFastify];

/** Runs `work` while the application listens, and ends once the server and all responses have closed. */
export async function listening<Result>(
  listener: RequestListener,
  work: (url: string) => Promise<Result>,
): Promise<Result> {
  // A response hears of the end of its connection after the server does.
  const responses: Promise<unknown>[] = [];
  const server = createServer((req, res) => {
    responses.push(new Promise((resolve) => res.once('close', resolve)));
    listener(req, res);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  try {
    return await work(`http://127.0.0.1:${(server.address() as { port: number }).port}`);
  } finally {
    const closed = once(server, 'close');
    server.close();
    server.closeIdleConnections();
    await closed;
    await Promise.all(responses);
    await turn();
  }
}
