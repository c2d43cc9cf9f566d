import { Consumer } from '../support/consumer.js';

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

const LOG_GROUP = '/orders/fastify';

let consumer: Consumer;
let server: LocalServer;

beforeAll(async () => {
  consumer = await Consumer.ofExample('fastify-service');
  server = await LocalServer.start(consumer);
});

afterAll(async () => {
  await server?.close();
  consumer?.remove();
});

test('the example has the types that its compiler asks for, and its own test passes', async () => {
  expect(await consumer.npm(['run', 'typecheck'])).toMatchObject({ by: 0 });
  expect(await consumer.npm(['test'])).toMatchObject({
    by: 0,
    stdout: expect.stringMatching(/^# pass 1$/m),
  });
});

test("a request has one line at its end, and Fastify's own lines are there too, until SIGTERM", async () => {
  // GIVEN
  const env = { ...server.environment, FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: LOG_GROUP, PORT: '0' };
  const service = await Service.startScript(consumer, { env });

  // WHEN
  await askForOrders(service, ofCustomer);
  const ended = await service.stop();

  // THEN
  const lines = (await server.stored(LOG_GROUP)).map((text) => JSON.parse(text) as { message: string });
  expect(ended).toMatchObject({
    by: 0,
    stdout: expect.stringContaining(`${lines.length} of ${lines.length} log events were delivered\n`),
    stderr: '',
  });
  // Fastify has one for each address of the machine.
  const isListening = ({ message }: { message: string }) => message.startsWith('Server listening at ');
  expect(lines.filter(isListening).length).toBeGreaterThan(0);
  expect(lines.filter((each) => !isListening(each))).toEqual([
    orderRead,
    requestCompleted,
    requestFailed(/\n +at totalOf \(.*src\/orders\.ts:\d+:\d+\)\n/),
    orderMissing('OrderNotFound'),
    serviceStopping,
  ]);
});
