import { createServer } from 'node:http';
import express, { type Request, type Response } from 'express';
import fastify, { type FastifyInstance } from 'fastify';
import { withContext, type ContextOptions } from '../../../runtime/index.js';
import type { Logger } from '../../../runtime/logger/logger.js';
import { memoryLogger, type MemorySink } from '../../support/memory-sink.js';
import { call, serving } from './http-bench.js';

const options: ContextOptions = { bufferLevel: 'debug' };

/** What an application does for a request, and what is logged of it. */
async function load(logger: Logger, isBroken: boolean): Promise<void> {
  logger.debug('loading');
  await new Promise(setImmediate);
  if (isBroken) throw new Error('broken');
  logger.debug('loaded');
}

const told = (sink: MemorySink): unknown[] =>
  sink.told.map(({ message, path }) => `${String(path)} ${String(message)}`);

async function expressApp(logger: Logger): Promise<void> {
  const app = express();
  app.use((req, res, next) => {
    const answered = (): Promise<void> =>
      new Promise((resolve) => {
        res.once('close', resolve);
        next();
      });
    void withContext({ path: req.url }, answered, options);
  });
  app.get('/:state', (req, res, next) => {
    load(logger, req.params['state'] === 'broken').then(() => res.json({ ok: true }), next);
  });
  app.use((error: Error, _req: Request, res: Response, _next: () => void) => {
    logger.error(error);
    res.statusCode = 500;
    res.json({ ok: false });
  });
  await serving(createServer(app), async (url) => {
    await Promise.all(['/fine', '/broken', '/good'].map((path) => call(url + path)));
  });
}

async function fastifyApp(logger: Logger): Promise<void> {
  const app = fastify({ loggerInstance: logger, disableRequestLogging: true }) as unknown as FastifyInstance;
  app.addHook('onRequest', (request, reply, done) => {
    const answered = (): Promise<void> =>
      new Promise((resolve) => {
        reply.raw.once('close', resolve);
        done();
      });
    void withContext({ path: request.url }, answered, options);
  });
  app.get('/:state', async (request) => {
    await load(request.log as Logger, request.url === '/broken');
    return { ok: true };
  });
  app.setErrorHandler(async (error, request, reply) => {
    request.log.error(error);
    return reply.status(500).send({ ok: false });
  });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  await Promise.all(['/fine', '/broken', '/good'].map((path) => call(url + path)));
  await app.close();
}

test.each([
  ['Express', expressApp],
  ['Fastify', fastifyApp],
])('of requests to %s in flight, the one that fails has its details', async (_, run) => {
  const { logger, sink } = memoryLogger('info');

  await run(logger);

  expect(told(sink).filter((line) => !String(line).startsWith('undefined Server listening'))).toEqual([
    '/broken loading',
    '/broken broken',
  ]);
  expect(logger.stats()).toMatchObject({ buffered: 0, filtered: { byReason: { buffer: 4 } } });
});
