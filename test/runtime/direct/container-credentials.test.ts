import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../../../contract/codec.js';
import { containerCredentials } from '../../../runtime/direct/container-credentials.js';
import type { Credentials } from '../../../runtime/send/held-credentials.js';
import { recogniseErrorsOfNode } from '../../support/realm.js';

recogniseErrorsOfNode();

const ANSWER = {
  AccessKeyId: 'AKID',
  SecretAccessKey: 'secret',
  Token: 'token',
  Expiration: '2026-11-28T18:00:00Z',
};

let server: Server;
let listener: RequestListener;
let seen: { readonly url: string | undefined; readonly headers: IncomingHttpHeaders }[];

beforeEach(async () => {
  seen = [];
  answer(200, JSON.stringify(ANSWER));
  server = createServer((request, response) => {
    seen.push({ url: request.url, headers: request.headers });
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function answer(status: number, text: string): void {
  listener = (_, response) => response.writeHead(status).end(text);
}

function ask(env: Environment = {}, port = (server.address() as AddressInfo).port): Promise<Credentials> {
  return containerCredentials(new URL(`http://127.0.0.1:${port}/v1/credentials`), env);
}

test('one request brings credentials and when they expire', async () => {
  expect(await ask()).toEqual({
    accessKeyId: 'AKID',
    secretAccessKey: 'secret',
    sessionToken: 'token',
    expiration: new Date('2026-11-28T18:00:00Z'),
  });
  expect(seen.map(({ url, headers }) => [url, headers.authorization])).toEqual([
    ['/v1/credentials', undefined],
  ]);
});

test('the token of the environment is shown, or that of a file as it is now', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'token-'));
  const path = join(folder, 'token');
  const env = { AWS_CONTAINER_AUTHORIZATION_TOKEN: 'of variable' };
  writeFileSync(path, 'first');
  await ask(env);
  await ask({ ...env, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: path });
  writeFileSync(path, 'second');
  await ask({ ...env, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: path });
  rmSync(folder, { recursive: true });

  expect(seen.map(({ headers }) => headers.authorization)).toEqual(['of variable', 'first', 'second']);
});

test.each([
  [403, 'CredentialsProviderError'],
  [404, 'CredentialsProviderError'],
  [429, 'ThrottlingException'],
  [500, 'CredentialsUnavailable'],
  [503, 'CredentialsUnavailable'],
])('%d is %s, with what it says', async (status, name) => {
  answer(status, 'AccessDenied:\nno role is associated');

  await expect(ask()).rejects.toMatchObject({
    name,
    message: expect.stringMatching(
      new RegExp(
        `^no credentials: .*Could not load credentials from the endpoint of the container: it answered ${status}: AccessDenied: no role`,
      ),
    ),
  });
});

test.each([
  ['no JSON', '<html>'],
  ['null', 'null'],
  ['half of them', JSON.stringify({ ...ANSWER, Token: undefined })],
  ['one that is no text', JSON.stringify({ ...ANSWER, AccessKeyId: 7 })],
  ['one that is blank', JSON.stringify({ ...ANSWER, SecretAccessKey: '' })],
  ['a time that is none', JSON.stringify({ ...ANSWER, Expiration: 'soon' })],
])('an answer with %s is no credentials', async (_, text) => {
  answer(200, text);

  await expect(ask()).rejects.toMatchObject({
    name: 'CredentialsProviderError',
    message: expect.not.stringContaining('secret'),
  });
});

test.each([203, 307])(
  'an answer of %d is no credentials, and what stands there is not shown',
  async (status) => {
    answer(status, JSON.stringify(ANSWER));

    await expect(ask()).rejects.toMatchObject({
      message: expect.stringMatching(new RegExp(`it answered ${status}$`)),
    });
  },
);

test('an answer that does not end is read no further', async () => {
  let close: () => void;
  const closed = new Promise<void>((resolve) => (close = resolve));
  listener = (_, response) => {
    response.on('close', close);
    const more = (): void =>
      void (response.destroyed || response.write('x'.repeat(20_000), () => setImmediate(more)));
    more();
  };

  await expect(ask()).rejects.toMatchObject({
    name: 'CredentialsUnavailable',
    message: 'no credentials: Error: an answer of more than 65536 bytes',
  });
  await closed;
});

test.each<[string, RequestListener]>([
  ['does not come', () => undefined],
  ['stops', (_, response) => void response.writeHead(200).write('{')],
])('an answer that %s is given up after a second', async (_, listens) => {
  listener = listens;

  await expect(ask()).rejects.toMatchObject({
    name: 'CredentialsUnavailable',
    message: 'no credentials: TimeoutError: no answer within 1000 ms',
  });
});

test('nobody there, and a token that cannot be read, are told by their names', async () => {
  await expect(ask({}, 1)).rejects.toMatchObject({
    name: 'CredentialsUnavailable',
    message: expect.stringContaining('ECONNREFUSED'),
  });
  await expect(ask({ AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: '/nowhere' })).rejects.toMatchObject({
    name: 'CredentialsProviderError',
    message: expect.stringContaining('ENOENT'),
  });
});

test('a token that no header can hold is an error that does not show it', async () => {
  await expect(ask({ AWS_CONTAINER_AUTHORIZATION_TOKEN: 'topsecret\n' })).rejects.toMatchObject({
    name: 'CredentialsUnavailable',
    message: expect.not.stringContaining('topsecret'),
  });
  expect(seen).toEqual([]);
});
