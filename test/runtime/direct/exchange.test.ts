import { getEventListeners, once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { exchange, type Answer, type AnswerHead } from '../../../runtime/direct/exchange.js';
import { poll } from '../../support/poll.js';

const MEBIBYTE = 1_048_576;
/** More than the buffers between two processes take. */
const LARGE = Buffer.alloc(16 * MEBIBYTE);

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
let server: Server;
let sockets: Socket[];
/** What the server does with a connection. */
let serve: (socket: Socket) => void;
let abort: AbortController;
let heads: AnswerHead[];

beforeEach(async () => {
  sockets = [];
  heads = [];
  abort = new AbortController();
  server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined));
    serve(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  agent.destroy();
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

function send(body: Uint8Array = Buffer.from('{}')): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  const headers = { 'content-length': body.length };
  const request = httpRequest({ method: 'POST', host: '127.0.0.1', port, headers, agent });
  return exchange(request, body, abort.signal, (head) => heads.push(head));
}

/** Answers as soon as anything arrives, and reads on. */
function answering(...pieces: readonly string[]): (socket: Socket) => void {
  return (socket) => socket.on('data', () => pieces.forEach((piece) => socket.write(piece)));
}

const HEAD = 'HTTP/1.1 200 OK\r\nx-amzn-requestid: r\r\ncontent-length: 10\r\n\r\n';

/** Waits until it is so. */
async function until(awaited: string, isSo: () => boolean): Promise<void> {
  await poll(awaited, () => isSo() || undefined);
}

/** Every socket of the server is closed by the other side, and nobody listens to the signal any more. */
async function allIsOver(): Promise<void> {
  // Only who reads hears of the end.
  for (const socket of sockets) socket.resume();
  await until('the end of the connections', () => sockets.every((socket) => socket.destroyed));
  await until('the end of the listeners', () => getEventListeners(abort.signal, 'abort').length === 0);
}

test('the head is known before the body, and the connection is used again', async () => {
  serve = (socket) =>
    socket.on('data', () => {
      socket.write(`HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n${HEAD}`);
      setTimeout(() => socket.write('0123456789'), 10);
    });
  const answer = send();
  await until('the head', () => heads.length > 0);
  expect(heads).toMatchObject([{ status: 200, headers: { 'x-amzn-requestid': 'r' } }]);
  expect(await answer).toMatchObject({ status: 200, text: '0123456789' });
  await send();
  expect(sockets).toHaveLength(1);
  expect(getEventListeners(abort.signal, 'abort')).toEqual([]);
});

describe('an abort rejects with its reason at once, and ends the connection', () => {
  const reason = new Error('no answer in time');

  /** What the call rejects with. */
  async function aborted(call: Promise<Answer>): Promise<unknown> {
    abort.abort(reason);
    const thrown: unknown = await call.catch((error: unknown) => error);
    await allIsOver();
    return thrown;
  }

  test('before the connection is there', async () => {
    serve = () => undefined;
    expect(await aborted(send())).toBe(reason);
  });

  test('while another call has the connection', async () => {
    serve = () => undefined;
    const other = send().catch((error: unknown) => error);
    const { signal } = abort;
    abort = new AbortController();
    const waiting = send();
    abort.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    agent.destroy();
    expect(await other).toMatchObject({ code: 'ECONNRESET' });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('during the upload', async () => {
    serve = (socket) => socket.pause();
    const call = send(LARGE);
    await until('a connection', () => sockets.length > 0);
    expect(await aborted(call)).toBe(reason);
  });

  test('during the answer', async () => {
    serve = answering(HEAD, '01234');
    const call = send();
    await until('the head', () => heads.length > 0);
    expect(await aborted(call)).toBe(reason);
  });
});

test.each([413, 200])('an answer (%d) before the end of the upload ends it', async (status) => {
  serve = (socket) =>
    socket.once('data', () => {
      socket.pause();
      socket.write(`HTTP/1.1 ${status} No\r\ncontent-length: 2\r\n\r\n{}`);
    });
  expect(await send(LARGE)).toMatchObject({ status, text: '{}' });
  await allIsOver();
});

test('an answer that goes on and on is cut', async () => {
  const piece = 'x'.repeat(65_536);
  serve = (socket) =>
    socket.once('data', () => {
      const more = (): void => {
        while (socket.writable && socket.write(piece));
      };
      socket.on('drain', more).write('HTTP/1.1 200 OK\r\n\r\n');
      more();
    });
  const { text } = await send();
  expect(text.length).toBeGreaterThan(MEBIBYTE);
  expect(text.length).toBeLessThan(2 * MEBIBYTE);
  await allIsOver();
});

test('a broken body rejects, and the error knows the head', async () => {
  serve = (socket) => answering(HEAD, '01234')(socket.on('data', () => setTimeout(() => socket.end(), 10)));
  await expect(send()).rejects.toMatchObject({
    code: 'ECONNRESET',
    $metadata: { httpStatusCode: 200 },
    $response: { headers: { 'x-amzn-requestid': 'r' } },
  });
  await allIsOver();
});

test.each([
  ['a reset', (socket: Socket) => socket.once('data', () => socket.resetAndDestroy()), 'ECONNRESET'],
  ['an end', (socket: Socket) => socket.once('data', () => socket.end()), 'ECONNRESET'],
  ['another protocol', answering('SSH-2.0-OpenSSH\r\n'), /^HPE_/],
  [
    'a change of protocol that nobody asked for',
    answering('HTTP/1.1 101 No\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
    /^(HPE_|ECONNRESET)/,
  ],
  [
    'an endless head',
    answering(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(100_000)}\r\n\r\n`),
    'HPE_HEADER_OVERFLOW',
  ],
] as const)('%s instead of an answer rejects with the code of Node.js', async (_, does, code) => {
  serve = does;
  await expect(send()).rejects.toMatchObject({ code: expect.stringMatching(code) });
  await allIsOver();
});

test('a connection that was closed while it was idle rejects, and the next call has another', async () => {
  serve = answering(`${HEAD}0123456789`);
  await send();
  sockets[0]!.removeAllListeners('data').once('data', () => sockets[0]!.resetAndDestroy());
  await expect(send()).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(await send()).toMatchObject({ status: 200 });
});

test('whatever throws while the head is read rejects', async () => {
  serve = answering(`${HEAD}0123456789`);
  const { port } = server.address() as AddressInfo;
  const request = httpRequest({ method: 'POST', host: '127.0.0.1', port, agent });
  const broken = exchange(request, Buffer.from('{}'), abort.signal, () => {
    throw new Error('broken');
  });
  await expect(broken).rejects.toThrow('broken');
});
