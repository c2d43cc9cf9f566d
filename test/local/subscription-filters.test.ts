import type { PutSubscriptionFilterCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import { GROUP, NOW_MS, refused, type Stage, start, stopAll } from './harness.js';

afterEach(stopAll);

const LAMBDA = 'arn:aws:lambda:us-east-1:123456789012:function:forward';
const STREAM_ARN = 'arn:aws:kinesis:us-east-1:123456789012:stream/logs';
const ROLE = 'arn:aws:iam::123456789012:role/forward';

function filter(change: Partial<PutSubscriptionFilterCommandInput> = {}): PutSubscriptionFilterCommandInput {
  return {
    logGroupName: GROUP,
    filterName: 'forward',
    filterPattern: 'ERROR',
    destinationArn: LAMBDA,
    ...change,
  };
}

async function shown({ client }: Stage, input = {}): Promise<unknown> {
  return (await client.describeSubscriptionFilters({ logGroupName: GROUP, ...input })).subscriptionFilters;
}

it('is put, shown, replaced and deleted', async () => {
  let nowMs = NOW_MS;
  const stage = await start({ clock: () => nowMs });
  await stage.client.putSubscriptionFilter(filter());
  nowMs += 1_000;
  const change = { destinationArn: STREAM_ARN, roleArn: ROLE, distribution: 'Random' as const };
  await stage.client.putSubscriptionFilter(filter({ ...change, emitSystemFields: ['@aws.region'] }));

  expect(await shown(stage)).toEqual([
    {
      ...filter(change),
      emitSystemFields: ['@aws.region'],
      creationTime: NOW_MS,
      applyOnTransformedLogs: false,
    },
  ]);
  await stage.client.deleteSubscriptionFilter({ logGroupName: GROUP, filterName: 'forward' });
  expect(await shown(stage)).toEqual([]);
  const again = stage.client.deleteSubscriptionFilter({ logGroupName: GROUP, filterName: 'forward' });
  expect(await refused(again)).toEqual({
    name: 'ResourceNotFoundException',
    message: 'The specified subscription filter does not exist.',
    status: 400,
  });
});

it('has the distribution ByLogStream unless told otherwise', async () => {
  const stage = await start();
  await stage.client.putSubscriptionFilter(filter());
  expect(await shown(stage, { filterNamePrefix: 'for' })).toMatchObject([{ distribution: 'ByLogStream' }]);
  expect(await shown(stage, { filterNamePrefix: 'x' })).toEqual([]);
});

it.each([
  [{ filterPattern: '[a' }, /^Invalid filter pattern: /],
  [{ destinationArn: STREAM_ARN }, /^destinationArn for vendor kinesis cannot be used without roleArn$/],
  [{ roleArn: ROLE }, /^destinationArn for vendor lambda cannot be used with roleArn$/],
  [
    { destinationArn: 'arn:aws:sns:us-east-1:123456789012:topic' },
    /^PutSubscriptionFilter operation cannot work with destinationArn for vendor sns$/,
  ],
  [
    { destinationArn: 'arn:aws:constructor:us-east-1:123456789012:topic' },
    /cannot work with destinationArn for vendor constructor$/,
  ],
  [{ destinationArn: 'forward' }, /^The destination forward is no ARN\.$/],
  [
    { destinationArn: LAMBDA.replace('123456789012', '210987654321') },
    /^The destination is of account 210987654321/,
  ],
  [{ emitSystemFields: ['@aws.nope'] }, /^The provided system fields are invalid/],
  [
    { fieldSelectionCriteria: '@aws.region = "us-east-1"' },
    /does not implement the member 'fieldSelectionCriteria'/,
  ],
])('%j is refused', async (change, text) => {
  const stage = await start();
  expect(await refused(stage.client.putSubscriptionFilter(filter(change)))).toEqual({
    name: 'InvalidParameterException',
    message: expect.stringMatching(text),
    status: 400,
  });
  expect(await shown(stage)).toEqual([]);
});

it.each([
  { destinationArn: 'arn:aws:logs:us-east-1:210987654321:destination:central' },
  { destinationArn: 'arn:aws:logs:us-east-1:123456789012:destination:central', roleArn: ROLE },
  { destinationArn: 'arn:aws-cn:firehose:us-east-1:123456789012:deliverystream/logs', roleArn: ROLE },
])('%j is taken', async (change) => {
  const stage = await start();
  await stage.client.putSubscriptionFilter(filter(change));
  expect(await shown(stage)).toMatchObject([change]);
});

it('comes twice in a log group, a page at a time, and not in other classes', async () => {
  const stage = await start();
  await stage.client.putSubscriptionFilter(filter({ filterName: 'b' }));
  await stage.client.putSubscriptionFilter(filter({ filterName: 'a', filterPattern: '%a%' }));

  expect(await refused(stage.client.putSubscriptionFilter(filter({ filterName: 'c' })))).toMatchObject({
    name: 'LimitExceededException',
  });
  await stage.client.putSubscriptionFilter(filter({ filterName: 'b', filterPattern: '' }));
  const first = await stage.client.describeSubscriptionFilters({ logGroupName: GROUP, limit: 1 });
  expect(first.subscriptionFilters).toMatchObject([{ filterName: 'a' }]);
  expect(await shown(stage, { nextToken: first.nextToken })).toMatchObject([
    { filterName: 'b', filterPattern: '' },
  ]);
  await stage.client.createLogGroup({ logGroupName: '/cheap', logGroupClass: 'INFREQUENT_ACCESS' });
  expect(await refused(stage.client.putSubscriptionFilter(filter({ logGroupName: '/cheap' })))).toMatchObject(
    {
      message: 'The operation is not supported for log groups of class INFREQUENT_ACCESS.',
    },
  );
});

it('shares the five with a regular expression with metric filters', async () => {
  const { client } = await start();
  const metricTransformations = [{ metricName: 'm', metricNamespace: 'n', metricValue: '1' }];
  for (const filterName of ['1', '2', '3', '4', '5']) {
    const input = { logGroupName: GROUP, filterName, filterPattern: '%a%', metricTransformations };
    await client.putMetricFilter(input);
  }
  await client.putSubscriptionFilter(filter());
  expect(await refused(client.putSubscriptionFilter(filter({ filterPattern: '%a%' })))).toMatchObject({
    name: 'LimitExceededException',
  });
});
