import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Logger } from '../../../runtime/logger/logger.js';
import { call, HttpBench, leaking, normal, SET_COOKIE, told, tooLong } from './http-bench.js';

let bench: HttpBench;

beforeAll(async () => {
  bench = await HttpBench.start();
});

afterAll(() => bench.stop());

type Handle = (request: FastifyRequest, reply: FastifyReply) => void;

/** The lines of one request to an application that logs to ours, without that of its start. */
async function linesOf(
  isRedacted: boolean,
  handle: Handle,
  loggerOf = (logger: Logger) => logger,
): Promise<string[]> {
  const [, ...lines] = await bench.stored(isRedacted, async (logger) => {
    const app = fastify({ loggerInstance: loggerOf(logger) }) as unknown as FastifyInstance;
    app.get('/orders/:id', async (request, reply) => {
      void reply.header('set-cookie', SET_COOKIE);
      handle(request, reply);
      return { ok: true };
    });
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    await call(`${url}/orders/7?full=1`);
    await app.close();
  });
  return lines;
}

/** The shape that Fastify's own serializer gives a request, and ours gives it elsewhere. */
const address = { remoteAddress: '127.0.0.1', remotePort: 0 };
const req = { method: 'GET', url: '/orders/7?full=1', host: '127.0.0.1:PORT', ...address };
const res = { statusCode: 200 };
const raw = { method: 'GET', url: '/orders/7?full=1', headers: { host: '127.0.0.1:PORT' }, ...address };
const request = { id: 'req-1', ...raw, params: { id: '7' } };
const reqId = 'req-1';

describe.each([false, true])('Fastify, with redaction %p,', (isRedacted) => {
  test('writes two lines for a request', async () => {
    const lines = await linesOf(isRedacted, () => undefined);

    expect(normal(lines)).toEqual([
      '{"timestamp":"TIME","level":"info","message":"incoming request","reqId":"req-1","req":{"method":"GET","url":"/orders/7?full=1","host":"127.0.0.1:PORT","remoteAddress":"127.0.0.1","remotePort":0}}',
      '{"timestamp":"TIME","level":"info","message":"request completed","reqId":"req-1","res":{"statusCode":200},"responseTime":0}',
    ]);
    expect(leaking(lines)).toEqual([]);
    expect(tooLong(lines)).toEqual([]);
  });

  test('writes an error with its request and response', async () => {
    const lines = await linesOf(isRedacted, () => {
      throw new Error('boom');
    });
    const [incoming, failed, completed] = normal(lines);

    expect(lines).toHaveLength(3);
    expect(failed).toBe(
      '{"timestamp":"TIME","level":"error","message":"boom","reqId":"req-1","req":{"method":"GET","url":"/orders/7?full=1","host":"127.0.0.1:PORT","remoteAddress":"127.0.0.1","remotePort":0},"res":{"statusCode":500},"error":{"type":"Error","message":"boom","stack":"Error: boom…"}}',
    );
    expect(leaking(lines)).toEqual([]);
    expect(tooLong([incoming!, completed!])).toEqual([]);
  });

  test('has its request and reply in their short form, wherever they stand', async () => {
    const lines = await linesOf(isRedacted, (given, reply) => {
      // What Fastify says of the logger of a request does not know all that ours takes.
      const log = given.log as Logger;
      given.log.info({ req: given, res: reply }, 'fields');
      given.log.info(given, 'first');
      given.log.info(reply);
      log.info('deep', { deep: { given, list: [reply, given.raw, reply.raw] } });
      log.info('third', { a: 1 }, given);
      given.log.child({ req: given, owner: given.raw }).info('child');
      given.log.error({ err: Object.assign(new Error('e'), { given, reply }) }, 'error');
      given.log.info('with %j', given);
    });

    expect(told(lines).slice(1, -2)).toEqual([
      { message: 'fields', reqId, req, res },
      { message: 'first', reqId, req },
      { message: '', reqId, res },
      { message: 'deep', reqId, deep: { given: request, list: [res, raw, res] } },
      { message: 'third', reqId, a: 1, req },
      { message: 'child', reqId, req, owner: raw },
      {
        message: 'error',
        reqId,
        error: { type: 'Error', message: 'e', stack: 'Error: e…', given: request, reply: res },
      },
    ]);
    expect(lines.at(-2)).toContain('"message":"with {\\"id\\":\\"req-1\\",\\"method\\":\\"GET\\"');
    expect(leaking(lines)).toEqual([]);
  });

  test('leaves the shape of a request to the serializer of the application', async () => {
    const serializers = { req: ({ url }: { url: string }) => ({ url }) };
    const lines = await linesOf(
      isRedacted,
      () => undefined,
      (logger) => logger.child({ app: 'shop' }, { serializers }),
    );

    expect(told(lines)).toEqual([
      { message: 'incoming request', app: 'shop', reqId, req: { url: '/orders/7?full=1' } },
      { message: 'request completed', app: 'shop', reqId, res, responseTime: 0 },
    ]);
  });
});
