import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { awsEnvironment } from '../../demo/aws-environment.js';
import { type LocalCloudWatchLogs, startLocalCloudWatchLogs } from '../../local/index.js';

const logGroupName = '/myapp/functions';

let server: LocalCloudWatchLogs;
let client: CloudWatchLogs;

beforeEach(async () => {
  server = await startLocalCloudWatchLogs();
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  client = new CloudWatchLogs({ endpoint: server.endpoint, region: 'us-east-1', credentials });
  await client.createLogGroup({ logGroupName });
});

afterEach(async () => {
  client.destroy();
  await server.close();
});

/** What a program of this folder reports, and the lines that are stored by then: it is killed at once. */
async function run(program: string, ...args: string[]): Promise<{ report: unknown; lines: unknown[] }> {
  const child = fork(join(__dirname, program), args, {
    env: {
      PATH: process.env['PATH'],
      ...awsEnvironment('us-east-1', server.endpoint),
      AWS_LAMBDA_FUNCTION_NAME: 'example',
      FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: logGroupName,
    },
    silent: true,
  });
  const [report] = (await once(child, 'message')) as [unknown];
  child.kill('SIGKILL');
  await once(child, 'exit');
  const { events = [] } = await client.filterLogEvents({ logGroupName });
  return { report, lines: events.map(({ message = '' }) => JSON.parse(message) as unknown) };
}

function invoke(file: string, ...events: object[]): Promise<{ report: unknown; lines: unknown[] }> {
  return run('invoke.mjs', file, JSON.stringify(events));
}

function line(fields: object): unknown {
  return expect.objectContaining(fields);
}

test('a plain handler: each line has its invocation, and an error is logged and thrown on', async () => {
  const { report, lines } = await invoke('lambda-function/handler', { items: [{ price: 2 }] }, {});

  expect(report).toEqual([{ total: 2 }, { threw: expect.stringContaining('reduce') as unknown }]);
  expect(lines).toEqual([
    line({ message: 'order handled', requestId: 'request-0', coldStart: true, total: 2 }),
    line({ level: 'error', message: 'invocation failed', requestId: 'request-1', coldStart: false }),
  ]);
});

test('middy: each line has the id of the request at API Gateway', async () => {
  const event = { requestContext: { requestId: 'api-1' }, queryStringParameters: { name: 'Ada' } };

  const { report, lines } = await invoke('lambda/middy', event, { requestContext: { requestId: 'api-2' } });

  expect(report).toEqual([
    { statusCode: 200, body: 'Hello, Ada' },
    { statusCode: 200, body: 'Hello, world' },
  ]);
  expect(lines).toEqual([
    line({ message: 'greeted', correlationId: 'api-1', name: 'Ada' }),
    line({ message: 'greeted', correlationId: 'api-2', name: 'world' }),
  ]);
});

test('streaming: what is logged after the last row is delivered, too', async () => {
  const { report, lines } = await invoke('lambda/streaming', { rawPath: '/orders' });

  expect(report).toEqual(['row 1\nrow 2\nrow 3\n']);
  expect(lines).toEqual([
    line({ message: 'report begun', requestId: 'request-0', path: '/orders' }),
    line({ message: 'report sent', requestId: 'request-0', path: '/orders' }),
  ]);
});

test('a batch of SQS: the messages that failed are answered, and each line has its message', async () => {
  const records = [
    { messageId: 'm-1', body: '{"amount":1}' },
    { messageId: 'm-2', body: '{"amount":0}' },
    { messageId: 'm-3', body: 'no JSON' },
  ];

  const { report, lines } = await invoke('lambda/sqs-batch', { Records: records });

  expect(report).toEqual([{ batchItemFailures: [{ itemIdentifier: 'm-2' }, { itemIdentifier: 'm-3' }] }]);
  expect(lines).toHaveLength(3);
  expect(lines).toEqual(
    expect.arrayContaining([
      line({ message: 'paid', messageId: 'm-1', amount: 1 }),
      line({ message: 'message failed', messageId: 'm-2', requestId: 'request-0' }),
      line({ message: 'message failed', messageId: 'm-3', requestId: 'request-0' }),
    ]),
  );
});

test('a durable function: no line is written again when the second invocation replays the first', async () => {
  const { report, lines } = await run('execute-durably.mjs');

  expect(report).toEqual({ result: 'shipped', invocations: 2 });
  expect(lines).toEqual([
    line({ message: 'order received', orderId: 'o-1', coldStart: true }),
    line({ message: 'order charged', orderId: 'o-1', coldStart: true }),
    line({ message: 'order shipped', orderId: 'o-1', coldStart: false }),
  ]);
});
