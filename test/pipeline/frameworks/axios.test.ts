import { createServer } from 'node:http';
import axios, { type AxiosError } from 'axios';
import { HEADERS, HttpBench, leaking, normal, serving, SET_COOKIE, told } from './http-bench.js';

let bench: HttpBench;

beforeAll(async () => {
  bench = await HttpBench.start();
});

afterAll(() => bench.stop());

/** A server that fails, and says why. */
function failing() {
  return createServer((_, res) => {
    res.writeHead(502, { 'content-type': 'application/json', 'set-cookie': SET_COOKIE });
    res.end('{"why":"no stock"}');
  });
}

/** What axios throws for a call with credentials. */
async function errorOf(url: string): Promise<Error> {
  const auth = { username: 'shop', password: 's3cr3t-password' };
  const options = { headers: HEADERS, auth, params: { full: 1 }, timeout: 5_000 };
  return axios.post(`${url}/pay`, { card: 's3cr3t-card' }, options).then(
    () => new Error('no error'),
    (error: Error) => error,
  );
}

const failed = {
  type: 'AxiosError',
  message: 'Request failed with status code 502',
  stack: 'AxiosError: Request failed with status code 502…',
  code: 'ERR_BAD_RESPONSE',
  config: { method: 'post', url: 'http://127.0.0.1:PORT/pay', headers: '[redacted]' },
  status: 502,
  response: { status: 502, statusText: 'Bad Gateway', data: { why: 'no stock' }, headers: '[redacted]' },
};

const refused = {
  type: 'AxiosError',
  message: 'connect ECONNREFUSED 127.0.0.1:PORT',
  stack: 'Error: connect ECONNREFUSED 127.0.0.1:PORT…',
  code: 'ECONNREFUSED',
  cause: {
    type: 'Error',
    message: 'connect ECONNREFUSED 127.0.0.1:PORT',
    stack: 'Error: connect ECONNREFUSED 127.0.0.1:PORT…',
    code: 'ECONNREFUSED',
    errno: expect.any(Number),
    syscall: 'connect',
    address: '127.0.0.1',
    port: 0,
  },
  config: { method: 'post', url: 'http://127.0.0.1:PORT/pay', headers: '[redacted]' },
};

describe.each([false, true])('an error of axios, with redaction %p,', (isRedacted) => {
  test('says what was asked and what was answered, without headers and sockets', async () => {
    const lines = await bench.stored(isRedacted, (logger) =>
      serving(failing(), async (url) => {
        const error = await errorOf(url);
        logger.error(error);
        logger.error('nested', { deep: [{ error }] });
        logger.error('cause', { err: new Error('payment failed', { cause: error }) });
        logger.error('third', { a: 1 }, error);
        logger.error('settled', { results: await Promise.allSettled([Promise.reject(error)]) });
        logger.error('text %s', error);
        logger.child({ err: error }).error('child');
      }),
    );

    expect(normal(lines)[0]).toBe(
      '{"timestamp":"TIME","level":"error","message":"Request failed with status code 502","error":{"type":"AxiosError","message":"Request failed with status code 502","stack":"AxiosError: Request failed with status code 502…","code":"ERR_BAD_RESPONSE","config":{"method":"post","url":"http://127.0.0.1:PORT/pay","headers":"[redacted]"},"status":502,"response":{"status":502,"statusText":"Bad Gateway","data":{"why":"no stock"},"headers":"[redacted]"}}}',
    );
    expect(told(lines).slice(1)).toEqual([
      { message: 'nested', deep: [{ error: failed }] },
      {
        message: 'cause',
        error: { type: 'Error', message: 'payment failed', stack: 'Error: payment failed…', cause: failed },
      },
      { message: 'third', a: 1, error: failed },
      { message: 'settled', results: [{ status: 'rejected', reason: failed }] },
      { message: 'text AxiosError: Request failed with status code 502', error: failed },
      { message: 'child', error: failed },
    ]);
    expect(leaking(lines)).toEqual([]);
  });

  test('says that a connection was refused', async () => {
    const lines = await bench.stored(isRedacted, async (logger) => {
      const server = failing();
      let closed = '';
      await serving(server, async (url) => (closed = url));
      const error = await errorOf(closed);
      logger.error(error);
      logger.error('nested', { deep: [{ error }] });
    });

    expect(told(lines)).toEqual([
      { message: 'connect ECONNREFUSED 127.0.0.1:PORT', error: refused },
      { message: 'nested', deep: [{ error: refused }] },
    ]);
    expect(leaking(lines)).toEqual([]);
  });

  test('and its response have a short form by themselves', async () => {
    const lines = await bench.stored(isRedacted, (logger) =>
      serving(failing(), async (url) => {
        const { response, request } = (await errorOf(url)) as AxiosError;
        logger.error('response', { response });
        logger.error('request', { request });
      }),
    );

    expect(told(lines)).toEqual([
      { message: 'response', response: failed.response },
      { message: 'request', request: { method: 'POST', url: 'http://127.0.0.1:PORT/pay?full=1' } },
    ]);
    expect(leaking(lines)).toEqual([]);
  });
});
