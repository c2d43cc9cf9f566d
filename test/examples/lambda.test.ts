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

test('streaming: what is logged after the last row is delivered, too', async () => {
  const { report, lines } = await invoke('lambda/streaming', { rawPath: '/orders' });

  expect(report).toEqual(['row 1\nrow 2\nrow 3\n']);
  expect(lines).toEqual([
    line({ message: 'report begun', requestId: 'request-0', path: '/orders' }),
    line({ message: 'report sent', requestId: 'request-0', path: '/orders' }),
  ]);
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
