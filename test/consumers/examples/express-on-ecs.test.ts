import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Consumer } from '../support/consumer.js';
import { line, ofStatus } from '../support/lines.js';
import { LocalServer } from '../support/local-server.js';
import { Service } from '../support/service.js';

const TEMPLATE = 'cdk.out/Orders.template.json';

let consumer: Consumer;

beforeAll(async () => {
  consumer = await Consumer.ofExample('express-on-ecs');
});

afterAll(() => consumer?.remove());

test('the example has the types that its compiler asks for, and its own test passes', async () => {
  expect(await consumer.npm(['run', 'typecheck'])).toMatchObject({ by: 0 });
  expect(await consumer.npm(['test'])).toMatchObject({
    by: 0,
    stdout: expect.stringMatching(/^# pass 1$/m),
  });
});

describe('deployed', () => {
  beforeAll(async () => {
    const synth = await consumer.npm(['run', 'synth'], { env: { CDK_DISABLE_CLI_TELEMETRY: 'true' } });
    expect(synth).toMatchObject({ by: 0 });
  });

  test('the image has the service, and not what a laptop has besides', () => {
    const [asset = ''] = readdirSync(join(consumer.path, 'cdk.out')).filter((name) =>
      name.startsWith('asset.'),
    );

    const files = readdirSync(join(consumer.path, 'cdk.out', asset));
    expect(files).toEqual(expect.arrayContaining(['Dockerfile', 'package.json', 'src', 'tsconfig.json']));
    expect(files.filter((file) => /^(infra|node_modules|cdk\.out|test)$/.test(file))).toEqual([]);
  });

  test('it logs as its stack says, from the first request to SIGTERM', async () => {
    // GIVEN the packages that the image has
    expect(await consumer.npm(['prune', '--omit=dev', '--no-audit'])).toMatchObject({ by: 0 });
    const local = ['node_modules/fapilog-cloudwatch/dist/cli/main.js', 'local', '--port', '0'];
    const program = ['node', '--import', 'tsx', 'src/main.ts'];
    const service = await Service.start(
      consumer,
      [...local, '--stack', TEMPLATE, '--data', 'stored', '--', ...program],
      { env: { PORT: '0' } },
    );

    // WHEN
    const of = (id: string) => ({ 'x-request-id': id, 'x-customer-id': `customer of ${id}` });
    expect(await service.call('/health')).toEqual({ status: 200, body: { ok: true } });
    expect(await service.call('/orders/o-1', of('r-1'))).toEqual({
      status: 200,
      body: { id: 'o-1', total: 20 },
    });
    expect(await service.call('/orders/o-2', of('r-2'))).toMatchObject({ status: 500 });
    expect(await service.call('/orders/o-3', of('r-3'))).toMatchObject({ status: 404 });
    const ended = await service.stop();

    // THEN
    expect(ended).toMatchObject({
      by: 0,
      stdout: expect.stringContaining('6 of 6 log events were delivered\n'),
      stderr: expect.stringMatching(/6 events stored, 0 rejected\n[^]*api\/[^]*ErrorsFilter\S*: 1 match/),
    });
    expect(await storedLines('/orders/api')).toEqual([
      line({ level: 'info', message: 'service started' }),
      line({
        level: 'info',
        message: 'order read',
        requestId: 'r-1',
        customerId: 'customer of r-1',
        total: 20,
      }),
      line({ level: 'info', message: 'request completed', requestId: 'r-1', res: ofStatus(200) }),
      line({
        level: 'error',
        message: 'request failed',
        requestId: 'r-2',
        res: ofStatus(500),
        route: '/orders/:id',
        error: line({
          type: 'Error',
          message: 'order o-2 cannot be added up',
          stack: expect.stringMatching(/\n +at totalOf \(.*src\/orders\.ts:\d+:\d+\)\n/),
          cause: line({ type: 'RangeError', message: '0 items' }),
        }),
      }),
      line({ level: 'warn', requestId: 'r-3', res: ofStatus(404), error: line({ type: 'OrderNotFound' }) }),
      line({ level: 'info', message: 'service stopping', signal: 'SIGTERM' }),
    ]);
  });
});

/** What the directory of the local server has, after the server. */
async function storedLines(logGroup: string): Promise<unknown[]> {
  const server = await LocalServer.start(consumer, '--data', 'stored');
  try {
    return (await server.stored(logGroup)).map((message) => JSON.parse(message) as unknown);
  } finally {
    await server.close();
  }
}
