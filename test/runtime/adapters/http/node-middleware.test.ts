import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, createServer as createHttp2Server, type ClientHttp2Session } from 'node:http2';
import { connect as connectSocket, type AddressInfo, type Server } from 'node:net';
import type { Duplex } from 'node:stream';
import { noteRequestError, requestErrors, requestLogger } from '../../../../runtime/adapters/http.js';
import { memoryLogger, type Line } from '../../../support/memory-sink.js';
import { poll } from '../../../support/poll.js';

type Handle = (req: IncomingMessage, res: ServerResponse) => unknown;

const { logger, sink } = memoryLogger();
const logged = requestLogger({ logger });

const lines = (): Line[] => sink.logged;

beforeEach(() => {
  sink.lines.length = 0;
});

/** Waits for lines of requests. */
const ended = (count: number): Promise<Line[]> =>
  poll(`${count} lines`, () => (lines().length >= count ? lines() : undefined));

async function serving(server: Server, work: (url: string) => Promise<unknown>): Promise<void> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.close();
  }
}

describe('over http2', () => {
  const handle: Handle = (req, res) => {
    res.writeHead(200, { 'content-type': 'text/plain' });
    if (req.url === '/hangs') res.write('begun');
    else if (req.url === '/late') req.on('data', () => undefined).on('end', () => res.end('read'));
    else res.end('ok');
  };

  async function calling(work: (session: ClientHttp2Session) => Promise<unknown>): Promise<void> {
    const server = createHttp2Server((given, answer) => {
      const [req, res] = [given, answer] as unknown as [IncomingMessage, ServerResponse];
      logged(req, res, () => handle(req, res));
    });
    await serving(server, async (url) => {
      const session = connect(url);
      await work(session);
      session.close();
    });
  }

  test('a request ends once, with its id, be it a HEAD request', async () => {
    await calling(async (session) => {
      for (const method of ['GET', 'HEAD']) {
        const stream = session.request({ ':path': '/', ':method': method, 'x-request-id': 'r-2' });
        const [headers] = (await once(stream, 'response')) as [Record<string, string>];
        expect(headers['x-request-id']).toBe('r-2');
        await once(stream.resume(), 'end');
      }
      await ended(2);
    });

    expect(lines()).toMatchObject([
      { message: 'request completed', requestId: 'r-2', req: { method: 'GET' }, res: { statusCode: 200 } },
      { message: 'request completed', requestId: 'r-2', req: { method: 'HEAD' } },
    ]);
  });

  test('a request with a body ends once', async () => {
    await calling(async (session) => {
      const stream = session.request({ ':path': '/late', ':method': 'POST' });
      stream.end('body');
      await once(stream.resume(), 'end');
      await ended(1);
    });

    expect(lines()).toMatchObject([{ message: 'request completed' }]);
  });

  test('a client that leaves is told of', async () => {
    await calling(async (session) => {
      const stream = session.request({ ':path': '/hangs' });
      await once(stream, 'data');
      stream.close(8);
      await ended(1);
    });

    expect(lines()).toMatchObject([{ level: 'warn', message: 'request aborted', res: { statusCode: 200 } }]);
  });
});

test('what a handler without a framework throws is in the line, and thrown on', async () => {
  const caught: unknown[] = [];
  const server = createServer((req, res) => {
    try {
      logged(req, res, () => {
        throw new Error('boom');
      });
    } catch (error) {
      caught.push(error);
      res.statusCode = 500;
      res.end();
    }
  });
  await serving(server, async (url) => (await fetch(url)).text());

  expect(caught).toHaveLength(1);
  expect(lines()).toMatchObject([{ level: 'error', message: 'request failed', error: { message: 'boom' } }]);
  expect(lines()[0]).not.toHaveProperty('res');
});

test('what an async handler without a framework rejects with is in the line, and stays rejected', async () => {
  const caught: unknown[] = [];
  const server = createServer((req, res) => {
    const answered = logged(req, res, async () => {
      await new Promise(setImmediate);
      throw new Error('boom');
    });
    answered.catch((error) => {
      caught.push(error);
      res.end();
    });
  });
  await serving(server, async (url) => (await fetch(url)).text());

  expect(caught).toHaveLength(1);
  expect(lines()).toMatchObject([{ level: 'error', error: { message: 'boom' } }]);
});

test('the value of a handler is returned', async () => {
  let returned: unknown;
  const server = createServer((req, res) => {
    returned = logged(req, res, () => 7);
    res.end();
  });
  await serving(server, async (url) => (await fetch(url)).text());

  expect(returned).toBe(7);
});

test('a connection that a library took over is a request with the status 101', async () => {
  const server = createServer();
  server.on('upgrade', (req: IncomingMessage, socket: Duplex) => {
    logged(req, responseOver(req, socket), () => {
      socket.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: chat\r\n\r\n');
    });
  });
  await serving(server, async (url) => {
    const sent = request(url, { headers: { connection: 'upgrade', upgrade: 'chat' } }).end();
    const [, socket] = (await once(sent, 'upgrade')) as [unknown, Duplex];
    socket.end();
    await ended(1);
  });

  expect(lines()).toMatchObject([{ level: 'info', message: 'request completed', res: { statusCode: 101 } }]);
});

/** As frameworks make one, so that their routes and hooks serve upgrades, too. */
function responseOver(req: IncomingMessage, socket: Duplex): ServerResponse {
  const { ServerResponse: Response } = jest.requireActual<typeof import('node:http')>('node:http');
  const res = new Response(req);
  res.assignSocket(socket as never);
  return res;
}

test('pipelined requests have a line each, be it that the connection closes before they were answered', async () => {
  const server = createServer((req, res) =>
    logged(req, res, () => (req.url === '/hangs' ? undefined : res.end('ok'))),
  );
  await serving(server, async (url) => {
    const socket = connectSocket(Number(new URL(url).port), '127.0.0.1');
    const paths = ['/first', '/second', '/hangs', ...Array<string>(12).fill('/waits')];
    socket.write(paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`).join(''));
    await ended(2);
    await once(socket, 'data');
    socket.destroy();
    await ended(15);
  });

  const messages = lines().map(({ message, req }) => `${(req as { url: string }).url} ${String(message)}`);
  expect(messages.slice(0, 2)).toEqual(['/first request completed', '/second request completed']);
  expect(messages.slice(2).toSorted()).toEqual([
    '/hangs request aborted',
    ...Array<string>(12).fill('/waits request aborted'),
  ]);
  expect(
    lines()
      .slice(2)
      .every((line) => line['res'] === undefined),
  ).toBe(true);
});

test.each<[string, object]>([
  [
    'a getter that throws',
    {
      user: 'u-1',
      get broken() {
        throw new Error('no');
      },
    },
  ],
  [
    'a proxy that throws',
    new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no');
        },
      },
    ),
  ],
])('a line is logged whatever more fields there are: %s', async (_, more) => {
  const adding = requestLogger({ logger, fields: () => more });
  const server = createServer((req, res) => adding(req, res, () => res.end()));
  await serving(server, async (url) => (await fetch(url)).text());
  await ended(1);

  expect(lines()).toMatchObject([{ message: 'request completed', res: { statusCode: 200 } }]);
});

test('an error is noted by the request, or by an object of a framework around it; the first one counts', async () => {
  const server = createServer((req, res) => {
    logged(req, res, () => {
      noteRequestError({ raw: req }, new Error('first'));
      noteRequestError(req, new Error('second'));
      noteRequestError({}, new Error('nobody'));
      noteRequestError(undefined as unknown as object, new Error('of nothing'));
      res.statusCode = 500;
      res.end();
    });
  });
  await serving(server, async (url) => (await fetch(url)).text());

  expect(lines()).toMatchObject([{ error: { message: 'first' } }]);
});

test('an error handler passes on what is no request of ours', () => {
  const passed: unknown[] = [];
  requestErrors()(7, {} as IncomingMessage, {} as ServerResponse, (error) => passed.push(error));

  expect([passed, requestErrors().length]).toEqual([[7], 4]);
});

test('without a header for it, an id is made for each request, and not sent', async () => {
  const quiet = requestLogger({ logger, requestIdHeader: false });
  const server = createServer((req, res) => quiet(req, res, () => res.end()));
  let header: unknown;
  await serving(server, async (url) => {
    header = (await fetch(url, { headers: { 'x-request-id': 'r-7' } })).headers.get('x-request-id');
  });

  expect(header).toBeNull();
  expect(lines()[0]!['requestId']).not.toBe('r-7');
});
