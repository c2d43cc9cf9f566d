import { Consumer } from '../support/consumer.js';
import { line } from '../support/lines.js';
import { LocalServer } from '../support/local-server.js';
import {
  askForOrders,
  orderMissing,
  requestCompleted,
  requestFailed,
  serviceStopping,
} from '../support/orders.js';
import { Service } from '../support/service.js';

const LOG_GROUP = '/orders/nest';

let consumer: Consumer;
let server: LocalServer;

beforeAll(async () => {
  consumer = await Consumer.ofExample('nest-service');
  server = await LocalServer.start(consumer);
});

afterAll(async () => {
  await server?.close();
  consumer?.remove();
});

test('the example has the types that its compiler asks for', async () => {
  expect(await consumer.npm(['run', 'typecheck'])).toMatchObject({ by: 0 });
});

test('what Nest and its providers log has the id and the handler of the request, until SIGTERM', async () => {
  // GIVEN
  const env = { ...server.environment, FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: LOG_GROUP, PORT: '0' };
  const service = await Service.startScript(consumer, { env });

  // WHEN
  await askForOrders(service, (id) => ({ 'x-request-id': id }));
  const ended = await service.stop();

  // THEN
  const lines = (await server.stored(LOG_GROUP)).map((text) => JSON.parse(text) as { requestId?: string });
  expect(ended).toMatchObject({
    by: 0,
    stdout: expect.stringContaining(`${lines.length} of ${lines.length} log events were delivered\n`),
    stderr: '',
  });
  const ofProvider = { handler: 'OrdersController.read', context: 'OrdersService' };
  expect(lines.filter(({ requestId }) => requestId !== undefined)).toEqual([
    line({ level: 'info', message: 'order read', requestId: 'r-1', total: 20, ...ofProvider }),
    requestCompleted,
    // What was logged on the way is there because the request failed.
    line({ level: 'debug', message: 'order looked up', requestId: 'r-2', ...ofProvider }),
    line({ level: 'error', requestId: 'r-2', context: 'ExceptionsHandler' }),
    requestFailed(/\n +at OrdersService\.receipt \(.*src\/orders\.service\.ts:\d+:\d+\)\n/),
    orderMissing('NotFoundException'),
  ]);
  const ofServer = lines.filter(({ requestId }) => requestId === undefined);
  expect(ofServer).toContainEqual(line({ message: 'Nest application successfully started' }));
  expect(ofServer.at(-1)).toEqual(serviceStopping);
});
