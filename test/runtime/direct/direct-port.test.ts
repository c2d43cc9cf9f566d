import { once } from 'node:events';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { systemClock } from '../../../runtime/io/clock.js';
import { directPort } from '../../../runtime/direct/direct-port.js';
import type { ClientOptions } from '../../../runtime/send/client-options.js';
import type { Credentials, CredentialSource } from '../../../runtime/send/held-credentials.js';
import type { LogsPort } from '../../../runtime/send/port.js';
import { messageOf, traits, verdictOfError } from '../../../runtime/send/verdict.js';
import { sdkPort } from '../../../runtime/sdk/sdk-port.js';
import { CERTIFICATE } from '../../support/certificate.js';
import { TARGET } from '../../support/events.js';
import { ManualClock } from '../../support/manual-clock.js';
import { recogniseErrorsOfNode } from '../../support/realm.js';
import { AnsweringServer, OK } from '../../support/two-lanes.js';

recogniseErrorsOfNode();

const KEYS: Credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret' };
const { signal } = new AbortController();
const environment = process.env;

beforeEach(() => {
  process.env = {
    ...environment,
    AWS_ACCESS_KEY_ID: 'AKID',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
});
afterEach(() => {
  process.env = environment;
});

function optionsFor(endpointUrl: string): ClientOptions {
  return {
    settings: { region: 'us-east-1', endpointUrl, requestTimeoutSeconds: 15 },
    onServiceDate: () => undefined,
  };
}

function portTo(endpointUrl: string, credentials: CredentialSource = async () => KEYS): LogsPort {
  return directPort(
    { region: 'us-east-1', endpoint: new URL(endpointUrl), credentials },
    optionsFor(endpointUrl),
  );
}

describe('where there is no answer, the error means what it means by the official client', () => {
  let server: Server;
  const sockets = new Set<Socket>();

  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  });

  async function listening(chosen: Server, protocol: string): Promise<string> {
    server = chosen.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => undefined)));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `${protocol}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  const speaking = (text: string): Server =>
    createServer((socket) => socket.once('data', () => socket.end(text)));
  const overTls = (): Server => createHttpsServer(CERTIFICATE, (_, response) => response.end());

  async function meaning(port: LogsPort): Promise<object> {
    const error: unknown = await port.createLogStream(TARGET, signal).catch((thrown: unknown) => thrown);
    port.close();
    const message = messageOf(error)
      .replace(/ Deserialization error: .*/, '')
      // Number of the thread, and place in the source of OpenSSL.
      .replaceAll(/[0-9A-F]{8,}:|[a-z0-9_./]+\.c:\d+:/g, '');
    return { message, traits: traits(error), verdict: verdictOfError(error) };
  }

  const troubles: readonly (readonly [string, () => Promise<string>, string | RegExp])[] = [
    ['refused', async () => 'http://127.0.0.1:1', 'ECONNREFUSED'],
    ['no such name', async () => 'http://nowhere.invalid', /^(ENOTFOUND|EAI_AGAIN)$/],
    ['an end', () => listening(speaking(''), 'http'), 'ECONNRESET'],
    ['half a head', () => listening(speaking('HTTP/1.1 200'), 'http'), 'ECONNRESET'],
    [
      'half a body',
      () => listening(speaking('HTTP/1.1 503 No\r\ncontent-length: 9\r\n\r\n{"a'), 'http'),
      'ECONNRESET',
    ],
    ['no HTTP', () => listening(speaking('SSH-2.0\r\n'), 'http'), /^HPE_/],
    ['no TLS', () => listening(speaking('SSH-2.0\r\n'), 'https'), /^(EPROTO|ERR_SSL_)/],
    ['TLS', () => listening(overTls(), 'http'), /^(HPE_|ECONNRESET)/],
    ['a certificate that nobody trusts', () => listening(overTls(), 'https'), 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ];

  test.each(troubles)('%s', async (_, open, reason) => {
    const endpointUrl = await open();
    const direct = await meaning(portTo(endpointUrl));
    expect(direct).toEqual(await meaning(sdkPort(optionsFor(endpointUrl))));
    expect(direct).toMatchObject({ traits: { reason: expect.stringMatching(reason) } });
  });
});

describe('a call on a connection that was kept', () => {
  const ANSWER = 'HTTP/1.1 200 OK\r\nx-amzn-requestid: r\r\ncontent-length: 2\r\n\r\n{}';

  /** Does with the requests of each connection what its list says, and ends it after the last. */
  async function scripted(
    ...connections: readonly string[][]
  ): Promise<{ readonly url: string; readonly requests: () => number }> {
    let requests = 0;
    const left = [...connections];
    server = createServer((socket) => {
      const answers = [...(left.shift() ?? [])];
      sockets.push(socket);
      socket
        .on('error', () => undefined)
        .on('data', () => {
          requests++;
          const answer = answers.shift() ?? '';
          if (answers.length > 0) socket.write(answer);
          else socket.end(answer);
        });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}`, requests: () => requests };
  }

  /** Moves on when a test says so, and otherwise with the system's. */
  let sleptMs = 0;
  const clock = { ...systemClock, monotonic: () => systemClock.monotonic() + sleptMs };
  const portWith = (url: string): LogsPort =>
    directPort(
      { region: 'us-east-1', endpoint: new URL(url), credentials: async () => KEYS },
      { ...optionsFor(url), clock },
    );

  let server: Server;
  const sockets: Socket[] = [];

  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  test('and that ends without a word is made again at once on others', async () => {
    const { url, requests } = await scripted([ANSWER, ''], [ANSWER, ''], [ANSWER, ANSWER]);
    const port = portWith(url);
    await Promise.all([port.createLogStream(TARGET, signal), port.createLogStream(TARGET, signal)]);
    sleptMs += 5_000;
    await port.createLogStream(TARGET, signal);
    expect(requests()).toBe(5);
    port.close();
  });

  test.each([
    ['on a new connection ends without a word', [[ANSWER, ''], ['']], 3],
    ['has half an answer', [[ANSWER, ANSWER.slice(0, -1)], [ANSWER]], 2],
    ['comes at once', [[ANSWER, ''], [ANSWER]], 2, 0],
  ])('is not made a second time if it %s', async (_, connections, made, restMs = 5_000) => {
    const { url, requests } = await scripted(...connections);
    const port = portWith(url);
    await port.createLogStream(TARGET, signal);
    sleptMs += restMs;
    await expect(port.createLogStream(TARGET, signal)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(requests()).toBe(made);
    port.close();
  });
});

describe('where there is an answer', () => {
  let server: AnsweringServer;

  beforeEach(async () => {
    server = await AnsweringServer.open();
  });
  afterEach(() => server.close());

  const url = (): string => `http://127.0.0.1:${server.port}`;

  test('a call that is aborted before it has credentials is not sent', async () => {
    const abort = new AbortController();
    const port = portTo(url(), async () => {
      abort.abort();
      return KEYS;
    });
    await expect(port.createLogStream(TARGET, abort.signal)).rejects.toMatchObject({ name: 'AbortError' });
    expect(server.seen).toEqual([]);
    port.close();
  });

  test('loading and the first call are two turns of the event loop: together they would delay it', async () => {
    let asked = 0;
    const port = portTo(url(), async () => {
      asked++;
      return KEYS;
    });
    const call = port.createLogStream(TARGET, signal);
    for (let turn = 0; turn < 100; turn++) await Promise.resolve();
    expect(asked).toBe(0);
    await call;
    expect(asked).toBe(1);
    port.close();
  });

  test('without credentials, a call rejects with what their source threw', async () => {
    const port = portTo(url(), () => Promise.reject(new Error('none')));
    await expect(port.createLogStream(TARGET, signal)).rejects.toThrow('none');
    port.close();
  });

  describe('its date signs the next call', () => {
    const DATE = 'Sun, 22 Nov 2026 12:00:00 GMT';
    const clock = new ManualClock(Date.parse('2026-11-22T09:00:00Z'));
    let dates: number[];

    /** When the second of two calls says that it is signed; the first is answered like this. */
    async function secondIsSignedAt(headers: Readonly<Record<string, string>>, tookMs = 0): Promise<unknown> {
      dates = [];
      const port = directPort(
        { region: 'us-east-1', endpoint: new URL(url()), credentials: async () => KEYS },
        { ...optionsFor(url()), clock, onServiceDate: (dateMs) => dates.push(dateMs) },
      );
      server.answer = () => {
        clock.advance(tookMs);
        return { ...OK, headers: { ...OK.headers, date: DATE, ...headers } };
      };
      await port.createLogStream(TARGET, signal);
      await port.createLogStream(TARGET, signal);
      port.close();
      return server.seen.at(-1)!.headers['x-amz-date'];
    }

    const own = (beforeMs = 0): string =>
      new Date(clock.now() - beforeMs).toISOString().replace(/[-:]|\.\d+/g, '');

    test('however far this machine is off', async () => {
      expect(await secondIsSignedAt({})).toBe('20261122T120000Z');
    });

    test.each([
      ['that of a cache', { age: '7200' }, 0],
      ['one that was long on its way', {}, 60_001],
      ['one that is no date', { date: 'x' }, 0],
    ])('but %s does not', async (_, headers, tookMs) => {
      expect(await secondIsSignedAt(headers, tookMs)).toBe(own(tookMs));
    });

    test('and the sink hears of each', async () => {
      await secondIsSignedAt({}, 60_001);
      expect(dates).toEqual([Date.parse(DATE), Date.parse(DATE)]);
    });
  });
});
