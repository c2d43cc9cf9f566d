import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startLocalCloudWatchLogs } from 'fapilog-cloudwatch/testing';
import { StsStub } from '../support/sts-stub.js';

const run = promisify(execFile);

test('where OpenTelemetry traces HTTP calls, those of the sink leave no spans', async () => {
  // GIVEN
  const server = await startLocalCloudWatchLogs();
  const env = {
    PATH: process.env['PATH'],
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: server.endpoint,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/myapp/traced',
  };

  // WHEN
  const { stdout } = await run(process.execPath, [join(__dirname, 'programs/traced.cjs')], { env });
  await server.close();

  // THEN the put that was refused, the creation of group and stream and the put that was taken are not among them
  expect(JSON.parse(stdout)).toEqual({ spans: ['GET', 'work'], delivered: 1, calls: 2 });
  expect(server.calls.map(({ operation }) => operation)).toEqual([
    'PutLogEvents',
    'CreateLogStream',
    'CreateLogGroup',
    'CreateLogStream',
    'PutLogEvents',
  ]);
}, 30_000);

test('the call that assumes a role leaves no span either', async () => {
  // GIVEN
  const server = await startLocalCloudWatchLogs();
  const sts = await StsStub.start();
  const env = {
    PATH: process.env['PATH'],
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: server.endpoint,
    AWS_ENDPOINT_URL_STS: sts.endpoint,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/myapp/traced',
    FAPILOG_CLOUDWATCH__ROLE_ARN: 'arn:aws:iam::210987654321:role/log-writer',
  };

  // WHEN
  const { stdout } = await run(process.execPath, [join(__dirname, 'programs/traced.cjs')], { env });
  await server.close();
  await sts.stop();

  // THEN
  expect(JSON.parse(stdout)).toEqual({ spans: ['GET', 'work'], delivered: 1, calls: 2 });
  expect(sts.calls).toHaveLength(1);
}, 30_000);
