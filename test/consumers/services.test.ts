import { hostname } from 'node:os';
import { Consumer } from './support/consumer.js';
import { LocalServer } from './support/local-server.js';

let consumer: Consumer;
let server: LocalServer;

beforeAll(async () => {
  consumer = await Consumer.of('services');
  server = await LocalServer.start(consumer);
});

afterAll(async () => {
  await server?.close();
  consumer?.remove();
});

const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const STACK = /^Error: card declined\n {4}at .*\b(built|plain\.cjs)/;
const timestamp = expect.stringMatching(TIMESTAMP) as string;
const pid = expect.any(Number) as number;
const error = {
  type: 'Error',
  message: 'card declined',
  stack: expect.stringMatching(STACK) as string,
};
const order = { orderId: 'o-1', amount: 12.5 };

const head = { timestamp, logger: 'orders', host: hostname(), pid };
const ofOurs = [
  { ...head, level: 'info', message: 'order placed', ...order },
  { ...head, level: 'error', message: 'payment failed', requestId: 'r-1', error },
];

// winston appends the message of an error to that of the call.
const ofWinston = [ofOurs[0], { ...ofOurs[1], message: 'payment failed card declined' }];

// A line is stored as pino wrote it, but for the name of its level.
const headOfPino = { time: expect.any(Number) as number, name: 'orders', hostname: hostname(), pid };
const ofPino = [
  { ...headOfPino, level: 'info', msg: 'order placed', ...order },
  { ...headOfPino, level: 'error', msg: 'payment failed', requestId: 'r-1', err: error },
];

const ACCOUNT = '{"accepted":2,"delivered":2}\n';

/** What each program stores, and what it prints. The last two end without waiting: the end of the program delivers. */
const programs = [
  ['an ES module, compiled strictly', 'built/es-module.js', ofOurs, ACCOUNT],
  ['a CommonJS module, compiled strictly', 'built/common-module.cjs', ofOurs, ACCOUNT],
  ['plain CommonJS', 'plain.cjs', ofOurs, ACCOUNT],
  ['pino with the stream', 'built/pino-stream.js', ofPino, ACCOUNT],
  ['pino with the transport', 'built/pino-transport.js', ofPino, ''],
  ['winston', 'built/winston.js', ofWinston, ''],
] as const;

test('the strictest compiler has nothing against the programs and the declarations that they use', async () => {
  expect(await consumer.npm(['run', '--silent', 'build'])).toEqual({ by: 0, stdout: '', stderr: '' });
});

describe.each([20, 22, 24, 26])('by Node.js %d', (node) => {
  test.each(programs)('%s delivers its lines', async (_, program, expected, stdout) => {
    const logGroup = `/myapp/${node}/${program}`;
    const env = { ...server.environment, FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: logGroup };

    expect(await consumer.node([program], { node, env })).toEqual({ by: 0, stdout, stderr: '' });
    const lines = await server.stored(logGroup);
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(expected);
  });
});
