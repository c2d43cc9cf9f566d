import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { App, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CloudWatchLogging, Sensitive, type BindOptions } from 'fapilog-cloudwatch/cdk';
import {
  lambdaEnvironment,
  provisionLogGroups,
  resolveTemplate,
  startLocalCloudWatchLogs,
  type LocalCloudWatchLogs,
} from 'fapilog-cloudwatch/testing';
import { runProgram } from '../support/program.js';

const GROUP = '/myapp/production';
const REGION = 'eu-central-1';

/** Variables that Lambda itself sets. */
const onLambda = {
  AWS_LAMBDA_FUNCTION_NAME: 'api',
  AWS_LAMBDA_FUNCTION_VERSION: '3',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
  AWS_LAMBDA_LOG_STREAM_NAME: '2026/01/31/api[3]8d6c',
  AWS_REGION: REGION,
};

let server: LocalCloudWatchLogs;
let client: CloudWatchLogs;

beforeAll(async () => {
  server = await startLocalCloudWatchLogs();
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  client = new CloudWatchLogs({ endpoint: server.endpoint, region: REGION, credentials });
});

afterAll(async () => {
  client.destroy();
  await server.close();
});

/** What a stack with one function in two bindings would deploy. */
function template(): unknown {
  const app = new App();
  const stack = new Stack(app, 'Shop', { env: { account: '123456789012', region: REGION } });
  const logging = new CloudWatchLogging(stack, 'Logging', {
    logGroupName: GROUP,
    sensitive: [Sensitive.key('iban')],
    service: 'shop',
  });
  const bind = (id: string, options: BindOptions): void => {
    const code = lambda.Code.fromInline('exports.handler = async () => {};');
    const runtime = lambda.Runtime.NODEJS_22_X;
    const { role, logGroup } = logging;
    const fn = new lambda.Function(stack, id, { runtime, handler: 'index.handler', code, role, logGroup });
    logging.bindTo(fn, options);
  };
  bind('Direct', {});
  bind('Stdout', { delivery: 'stdout' });
  return app.synth().getStackByName('Shop').template as unknown;
}

/** Of two runs, the process and the moment differ, and the lines of a stack that name files. */
function comparable(line: string): unknown {
  const { timestamp, pid, ...members } = JSON.parse(line) as Record<string, unknown>;
  expect(timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(pid).toEqual(expect.any(Number));
  return members;
}

test('what Lambda reads on standard output is what the sink delivers by itself, member for member', async () => {
  // GIVEN
  const resolved = resolveTemplate(template(), { region: REGION, stackName: 'Shop' });
  await provisionLogGroups(client, resolved);
  const run = (id: string) => {
    const endpoint = { AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: server.endpoint };
    return runProgram('logs-variously.mjs', {
      env: { ...lambdaEnvironment(resolved, id), ...onLambda, ...endpoint },
    });
  };

  // WHEN
  const direct = await run('Direct');
  const { events = [] } = await client.filterLogEvents({ logGroupName: GROUP });
  const calls = server.calls.length;
  const stdout = await run('Stdout');

  // THEN
  expect([direct.by, stdout.by]).toEqual([0, 0]);
  expect(direct.stdout).toBe('');
  expect(direct.stderr + stdout.stderr).toBe('');
  const lines = stdout.stdout.trimEnd().split('\n');
  expect(lines).toHaveLength(4);
  expect(lines.map(comparable)).toEqual(events.map(({ message }) => comparable(message!)));
  expect(lines.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual([
    'info',
    'warn',
    'error',
    'fatal',
  ]);
  // Nothing but Lambda delivers.
  expect(server.calls).toHaveLength(calls);
});

test('a program that Lambda keeps from its lines says so in a line that Lambda keeps', async () => {
  const { stdout, stderr } = await runProgram('logs-variously.mjs', {
    env: {
      ...onLambda,
      FAPILOG_CORE__SINKS: '["stdout_json"]',
      AWS_LAMBDA_LOG_FORMAT: 'JSON',
      AWS_LAMBDA_LOG_LEVEL: 'ERROR',
    },
  });

  expect(stdout.trimEnd().split('\n')).toHaveLength(4);
  expect(
    stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    {
      timestamp: expect.any(String),
      level: 'error',
      message: expect.stringMatching(
        /^fapilog-cloudwatch: sink stdout_json: Lambda discards lines below error .* at info; .* \[discarded\.stdout_json\]$/,
      ),
    },
  ]);
});
