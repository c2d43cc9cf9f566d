import { createServer, get, type IncomingMessage } from 'node:http';
import { connect, createServer as createHttp2Server } from 'node:http2';
import { once } from 'node:events';
import {
  call,
  HEADERS,
  HttpBench,
  leaking,
  normal,
  serving,
  SET_COOKIE,
  told,
  tooLong,
} from './http-bench.js';

let bench: HttpBench;

beforeAll(async () => {
  bench = await HttpBench.start();
});

afterAll(() => bench.stop());

const address = { remoteAddress: '127.0.0.1', remotePort: 0 };
const res = { statusCode: 200 };

describe.each([false, true])('with redaction %p', (isRedacted) => {
  test('a request of node:http and its response are short', async () => {
    const lines = await bench.stored(isRedacted, async (logger) => {
      const server = createServer((given, answer) => {
        answer.setHeader('set-cookie', SET_COOKIE);
        answer.end('ok');
        logger.info('request', { req: given, res: answer });
        logger.info(given);
        logger.info(answer, 'first');
        logger.info('deep', { list: [new Set([given])], map: new Map([['res', answer]]) });
      });
      await serving(server, (url) => call(`${url}/orders/7?full=1`));
    });

    const req = { method: 'GET', url: '/orders/7?full=1', headers: { host: '127.0.0.1:PORT' }, ...address };

    expect(normal(lines)[0]).toBe(
      '{"timestamp":"TIME","level":"info","message":"request","req":{"method":"GET","url":"/orders/7?full=1","headers":{"host":"127.0.0.1:PORT"},"remoteAddress":"127.0.0.1","remotePort":0},"res":{"statusCode":200}}',
    );
    expect(told(lines).slice(1)).toEqual([
      { message: '', req },
      { message: 'first', res },
      { message: 'deep', list: [[req]], map: { res } },
    ]);
    expect(leaking(lines)).toEqual([]);
    expect(tooLong(lines)).toEqual([]);
  });

  test('a request on its way out, and what came back, are short', async () => {
    const lines = await bench.stored(isRedacted, async (logger) => {
      const server = createServer((_, answer) => answer.setHeader('set-cookie', SET_COOKIE).end('ok'));
      await serving(server, async (url) => {
        const sent = get(`${url}/orders/7?full=1`, { headers: HEADERS, agent: false });
        const [answer] = (await once(sent, 'response')) as [IncomingMessage];
        logger.info('request', { req: sent, res: answer });
        logger.info(sent, 'first');
        logger.info(answer);
        await once(answer.resume(), 'end');
      });
    });

    const req = { method: 'GET', url: 'http://127.0.0.1:PORT/orders/7?full=1' };
    const received = { statusCode: 200, statusMessage: 'OK', headers: { 'content-length': '2' } };

    expect(told(lines)).toEqual([
      { message: 'request', req, res: received },
      { message: 'first', req },
      { message: '', res: received },
    ]);
    expect(leaking(lines)).toEqual([]);
    expect(tooLong(lines)).toEqual([]);
  });

  test('a request of node:http2 and its response are short', async () => {
    const lines = await bench.stored(isRedacted, async (logger) => {
      const server = createHttp2Server((given, answer) => {
        answer.setHeader('set-cookie', SET_COOKIE);
        answer.end('ok');
        logger.info('request', { req: given, res: answer });
        logger.info(given);
        logger.info(answer, 'first');
        logger.info('stream', { stream: given.stream });
      });
      await serving(server, async (url) => {
        const session = connect(url);
        const stream = session.request({ ':path': '/orders/7?full=1', ...HEADERS });
        await once(stream.resume(), 'end');
        session.close();
      });
    });

    const req = { method: 'GET', url: '/orders/7?full=1', ...address };

    expect(told(lines)).toEqual([
      { message: 'request', req, res },
      { message: '', req },
      { message: 'first', res },
      { message: 'stream', stream: '[ServerHttp2Stream]' },
    ]);
    expect(leaking(lines)).toEqual([]);
    expect(tooLong(lines)).toEqual([]);
  });
});
