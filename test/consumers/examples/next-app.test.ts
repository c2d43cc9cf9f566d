import { Consumer } from '../support/consumer.js';
import { line, ofStatus } from '../support/lines.js';
import { LocalServer } from '../support/local-server.js';
import { Service } from '../support/service.js';

const LOG_GROUP = '/orders/web';
const quiet = { NEXT_TELEMETRY_DISABLED: '1' };

let consumer: Consumer;
let server: LocalServer;

beforeAll(async () => {
  consumer = await Consumer.ofExample('next-app');
  server = await LocalServer.start(consumer);
});

afterAll(async () => {
  await server?.close();
  consumer?.remove();
});

test('Next.js builds it, and each line of a request has its id, from the start of the server to SIGTERM', async () => {
  // GIVEN a build, which checks the types
  const build = await consumer.npm(['run', 'build'], { env: quiet, timeoutMs: 240_000 });
  expect(build).toMatchObject({ by: 0, stdout: expect.not.stringMatching(/warning/i) });
  const env = { ...server.environment, ...quiet, FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: LOG_GROUP, PORT: '0' };
  const service = await Service.startScript(consumer, { env });

  // WHEN
  const of = (id: string) => ({ 'x-request-id': id });
  expect(await service.call('/health')).toEqual({ status: 200, body: { ok: true } });
  expect(await service.call('/orders/o-1', of('r-1'))).toMatchObject({ status: 200, body: { id: 'o-1' } });
  expect(await service.call('/orders/broken', of('r-2'))).toMatchObject({ status: 500 });
  expect(await service.call('/receipts/o-2', of('r-3'))).toMatchObject({
    status: 200,
    body: expect.stringContaining('o-2'),
  });
  expect(await service.call('/receipts/broken', of('r-4'))).toMatchObject({ status: 500 });
  const ended = await service.stop();

  // THEN
  expect(ended).toMatchObject({ by: 143, stderr: expect.not.stringContaining('diverted') });
  const lines = await server.stored(LOG_GROUP);
  expect(lines.map((text) => JSON.parse(text) as unknown)).toEqual([
    line({ level: 'info', message: 'server starts' }),
    line({ level: 'info', message: 'order looked up', requestId: 'r-1', orderId: 'o-1' }),
    line({ level: 'info', message: 'request completed', requestId: 'r-1', res: ofStatus(200) }),
    line({ level: 'error', message: 'request failed', requestId: 'r-2', error: ofBrokenOrder }),
    line({ level: 'info', message: 'order looked up', requestId: 'r-3', orderId: 'o-2' }),
    line({ level: 'error', message: 'request failed', path: '/receipts/broken', error: ofBrokenOrder }),
    line({ level: 'info', message: 'server stops', signal: 'SIGTERM' }),
  ]);
});

const ofBrokenOrder = line({
  type: 'Error',
  message: 'the order has no lines',
  stack: expect.stringContaining('\n    at '),
  cause: line({ type: 'RangeError', message: '0 lines' }),
});
