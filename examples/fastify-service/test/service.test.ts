import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { getLogger } from 'fapilog-cloudwatch';
import { type LocalCloudWatchLogs, startLocalCloudWatchLogs } from 'fapilog-cloudwatch/testing';
import { makeApp } from '../src/app.js';

const logGroupName = '/orders/test';

let logs: LocalCloudWatchLogs;

before(async () => {
  logs = await startLocalCloudWatchLogs();
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: logs.endpoint,
    FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: logGroupName,
  });
});

after(() => logs.close());

test('a request that fails has one line, with its id and its error', async () => {
  const app = await makeApp();
  const { statusCode } = await app.inject({ url: '/orders/o-2', headers: { 'x-request-id': 'r-1' } });
  await app.close();
  await getLogger().close();

  assert.equal(statusCode, 500);
  const { events = [] } = await new CloudWatchLogs().filterLogEvents({ logGroupName });
  const lines = events.map(({ message = '' }) => JSON.parse(message));
  assert.equal(lines.length, 1);
  const [{ message, requestId, route, error }] = lines;
  assert.deepEqual(
    { message, requestId, route, error: error.message },
    {
      message: 'request failed',
      requestId: 'r-1',
      route: '/orders/:id',
      error: 'order o-2 cannot be added up',
    },
  );
});
