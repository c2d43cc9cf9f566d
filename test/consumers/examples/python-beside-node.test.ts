import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { poll } from '../../support/poll.js';
import { Consumer } from '../support/consumer.js';
import { LocalServer } from '../support/local-server.js';

let example: Consumer;
let server: LocalServer;

beforeAll(async () => {
  example = await Consumer.ofExample('python-beside-node');
  server = await LocalServer.start(example);
  const synthesized = await example.npm(['run', '--silent', 'synth']);
  expect(synthesized).toMatchObject({ by: 0, stderr: expect.not.stringContaining('WARNING') });
});

afterAll(async () => {
  await server.close();
  example.remove();
});

/** What the stack injects into a container, by the command of the package. */
async function variablesOf(container: string): Promise<Record<string, string>> {
  const { stdout } = await example.command('fapilog-cloudwatch', [
    'env',
    '--template=cdk.out/Shop.template.json',
    '--region=us-east-1',
    '--known-only',
    '--json',
    `--container=${container}`,
  ]);
  return JSON.parse(stdout) as Record<string, string>;
}

const shared = {
  PORT: '8080',
  FAPILOG_CORE__SINKS: '["cloudwatch"]',
  FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/myapp/shop',
  FAPILOG_CLOUDWATCH__CREATE_LOG_GROUP: 'false',
  FAPILOG_CLOUDWATCH__REGION: 'us-east-1',
  FAPILOG_CLOUDWATCH__BATCH_TIMEOUT_SECONDS: '1',
};

test('its types hold', async () => {
  expect(await example.npm(['run', '--silent', 'typecheck'])).toEqual({ by: 0, stdout: '', stderr: '' });
});

test('Python has variables that it reads as they are meant: a log stream, for it knows no prefix', async () => {
  expect(await variablesOf('invoices')).toEqual({
    ...shared,
    FAPILOG_SERVICE: 'invoices',
    FAPILOG_CLOUDWATCH__LOG_STREAM_NAME: 'invoices/shared',
  });
});

test('Node.js has those of its own', async () => {
  expect(await variablesOf('shop')).toEqual({
    ...shared,
    INVOICES_URL: 'http://invoices:8080',
    FAPILOG_SERVICE: 'shop',
    FAPILOG_CLOUDWATCH__LOG_STREAM_PREFIX: 'shop/',
  });
});

test('each task may write log streams of its own prefix, and no others', () => {
  interface Policy {
    readonly Type: string;
    readonly Properties: { readonly PolicyDocument: { readonly Statement: readonly object[] } };
  }
  const { Resources } = JSON.parse(example.read('cdk.out/Shop.template.json')) as {
    readonly Resources: Readonly<Record<string, Policy>>;
  };
  const statements = Object.entries(Resources)
    .filter(([id, { Type }]) => Type === 'AWS::IAM::Policy' && id.includes('TaskRole'))
    .map(([, { Properties }]) => Properties.PolicyDocument.Statement);

  expect(statements).toEqual(
    ['invoices', 'shop'].map((service) => [
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: {
          'Fn::Join': ['', expect.arrayContaining([`:log-stream:${service}/*`]) as unknown],
        },
      },
    ]),
  );
});

test('the program in Python compiles', () => {
  const file = join(example.path, 'invoices/main.py');

  expect(execFileSync('python3', ['-m', 'py_compile', file], { encoding: 'utf8' })).toBe('');
});

/** Stands for the service in Python: answers what it is asked to, and keeps the ids of the requests. */
async function startInvoices(): Promise<{ http: Server; requestIds: unknown[]; url: string }> {
  const requestIds: unknown[] = [];
  const http = createServer((request, response) => {
    requestIds.push(request.headers['x-request-id']);
    response.writeHead(requestIds.length === 1 ? 201 : 500).end();
  });
  await once(http.listen(0, '127.0.0.1'), 'listening');
  return { http, requestIds, url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` };
}

test('the program in Node.js hands on the id of a request that its lines have, and delivers when it is ended', async () => {
  const invoices = await startInvoices();
  const shop = example.start(['--import', 'tsx', 'shop/main.ts'], {
    env: {
      ...(await variablesOf('shop')),
      ...server.environment,
      FAPILOG_CLOUDWATCH__CREATE_LOG_GROUP: 'true',
      INVOICES_URL: invoices.url,
      PORT: '0',
    },
  });
  const ended = once(shop, 'exit');
  try {
    const logged = async (): Promise<{ message: string; port?: number }[]> => {
      const lines = await server.stored('/myapp/shop').catch(() => []);
      return lines.map((line) => JSON.parse(line) as { message: string; port?: number });
    };
    const { port } = await poll('shop listens', async () => (await logged())[0], 60_000);
    const order = (id: string): Promise<Response> =>
      fetch(`http://127.0.0.1:${port}/orders`, {
        method: 'POST',
        headers: { 'x-request-id': id },
        body: '{"items":[]}',
      });

    expect([(await order('r-1')).status, (await order('r-2')).status]).toEqual([201, 500]);
    shop.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(invoices.requestIds).toEqual(['r-1', 'r-2']);
    const line = (fields: object): unknown => expect.objectContaining({ service: 'shop', ...fields });
    expect(await logged()).toEqual([
      line({ message: 'shop listens', port }),
      line({ message: 'order placed', requestId: 'r-1', order: { items: [] } }),
      line({ message: 'order placed', requestId: 'r-2' }),
      line({
        level: 'error',
        message: 'order failed',
        requestId: 'r-2',
        error: {
          type: 'Error',
          message: 'the invoices answered 500',
          stack: expect.stringContaining('shop/main.ts:') as unknown,
        },
      }),
    ]);
  } finally {
    shop.kill('SIGKILL');
    invoices.http.close();
  }
});
