import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Consumer } from '../support/consumer.js';
import { line } from '../support/lines.js';
import { LocalServer } from '../support/local-server.js';
import {
  askForOrders,
  ofCustomer,
  orderMissing,
  orderRead,
  requestCompleted,
  requestFailed,
  serviceStopping,
} from '../support/orders.js';
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
    await askForOrders(service, ofCustomer);
    const ended = await service.stop();

    // THEN
    expect(ended).toMatchObject({
      by: 0,
      stdout: expect.stringContaining('6 of 6 log events were delivered\n'),
      stderr: expect.stringMatching(/6 events stored, 0 rejected\n[^]*api\/[^]*ErrorsFilter\S*: 1 match/),
    });
    expect(await storedLines('/orders/api')).toEqual([
      line({ level: 'info', message: 'service started' }),
      orderRead,
      requestCompleted,
      requestFailed(/\n +at totalOf \(.*src\/orders\.ts:\d+:\d+\)\n/),
      orderMissing('OrderNotFound'),
      serviceStopping,
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
