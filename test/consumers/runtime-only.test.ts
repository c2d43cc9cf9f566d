import { Consumer } from './support/consumer.js';
import { LocalServer } from './support/local-server.js';

const LOG_GROUP = '/myapp/local';

let consumer: Consumer;
let server: LocalServer;

beforeAll(async () => {
  consumer = await Consumer.of('runtime-only');
  server = await LocalServer.start(consumer);
});

afterAll(async () => {
  await server.close();
  consumer.remove();
});

test.each([20, 22, 24, 26])('the first program of README delivers, by Node.js %d', async (node) => {
  const logGroup = `${LOG_GROUP}-${node}`;
  const env = { ...server.environment, FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: logGroup };

  expect(await consumer.node(['main.js'], { node, env })).toEqual({
    by: 0,
    stdout: '{"accepted":1,"delivered":1}\n',
    stderr: '',
  });
  const lines = await server.stored(logGroup);
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    expect.objectContaining({ level: 'info', message: 'cloudwatch ready', service: 'api' }),
  ]);
});
