import { Consumer } from '../support/consumer.js';
import { line, ofStatus } from '../support/lines.js';
import { LocalServer } from '../support/local-server.js';
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
  const of = (id: string) => ({ 'x-request-id': id });
  expect(await service.call('/health')).toEqual({ status: 200, body: { ok: true } });
  expect(await service.call('/orders/o-1', of('r-1'))).toEqual({
    status: 200,
    body: { id: 'o-1', total: 20 },
  });
  expect(await service.call('/orders/o-2', of('r-2'))).toMatchObject({ status: 500 });
  expect(await service.call('/orders/o-3', of('r-3'))).toMatchObject({ status: 404 });
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
    line({ level: 'info', message: 'request completed', requestId: 'r-1', res: ofStatus(200) }),
    // What was logged on the way is there because the request failed.
    line({ level: 'debug', message: 'order looked up', requestId: 'r-2', ...ofProvider }),
    line({ level: 'error', requestId: 'r-2', context: 'ExceptionsHandler' }),
    line({
      level: 'error',
      message: 'request failed',
      requestId: 'r-2',
      res: ofStatus(500),
      route: '/orders/:id',
      error: line({
        type: 'Error',
        message: 'order o-2 cannot be added up',
        stack: expect.stringMatching(
          /\n +at OrdersService\.receipt \(.*src\/orders\.service\.ts:\d+:\d+\)\n/,
        ),
        cause: line({ type: 'RangeError', message: '0 items' }),
      }),
    }),
    line({ level: 'warn', requestId: 'r-3', res: ofStatus(404), error: line({ type: 'NotFoundException' }) }),
  ]);
  const ofServer = lines.filter(({ requestId }) => requestId === undefined);
  expect(ofServer).toContainEqual(line({ message: 'Nest application successfully started' }));
  expect(ofServer.at(-1)).toEqual(line({ level: 'info', message: 'service stopping', signal: 'SIGTERM' }));
});
