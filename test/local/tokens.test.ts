import { GROUP, NOW_MS, refused, Stage, start, stopAll, TARGET } from './harness.js';

afterEach(stopAll);

const OTHER = '/myapp/staging';

async function withTwoOfAll(): Promise<Stage> {
  const stage = await start();
  const { client } = stage;
  await client.createLogGroup({ logGroupName: OTHER });
  for (const logGroupName of [GROUP, OTHER]) {
    await client.createLogStream({ logGroupName, logStreamName: 'second' });
    for (const filterName of ['first', 'second']) {
      const metricTransformations = [{ metricName: 'errors', metricNamespace: 'app', metricValue: '1' }];
      await client.putMetricFilter({ logGroupName, filterName, filterPattern: '', metricTransformations });
    }
  }
  await stage.put([NOW_MS, NOW_MS + 1]);
  return stage;
}

/** A call for the first page, and the one that its token does not fit. */
const CALLS: readonly (readonly [operation: string, input: object, other: string, otherInput: object])[] = [
  ['DescribeLogGroups', {}, 'ListLogGroups', {}],
  ['ListLogGroups', {}, 'DescribeLogGroups', {}],
  ['DescribeLogStreams', { logGroupName: GROUP }, 'DescribeLogStreams', { logGroupName: OTHER }],
  [
    'DescribeLogStreams',
    { logGroupName: GROUP, orderBy: 'LastEventTime' },
    'DescribeLogStreams',
    { logGroupName: GROUP },
  ],
  [
    'DescribeLogStreams',
    { logGroupName: GROUP, descending: true },
    'DescribeLogStreams',
    { logGroupName: GROUP },
  ],
  ['DescribeMetricFilters', { logGroupName: GROUP }, 'DescribeMetricFilters', { logGroupName: OTHER }],
  ['FilterLogEvents', { logGroupName: GROUP }, 'FilterLogEvents', { logGroupName: OTHER }],
  ['FilterLogEvents', { logGroupName: GROUP }, 'GetLogEvents', TARGET],
  ['GetLogEvents', TARGET, 'GetLogEvents', { ...TARGET, logStreamName: 'second' }],
];

test.each(CALLS)('the token of %s %o is not one of %s %o', async (operation, input, other, otherInput) => {
  const stage = await withTwoOfAll();
  const { body } = await stage.raw(operation, { ...input, limit: 1 });
  const nextToken = body['nextToken'] ?? body['nextForwardToken'];

  expect((await stage.raw(operation, { ...input, limit: 1, nextToken })).status).toBe(200);
  expect((await stage.raw(other, { ...otherInput, nextToken })).body).toEqual({
    __type: 'InvalidParameterException',
    message: 'The specified nextToken is invalid.',
  });
});

test('the token of one Region is not one of another', async () => {
  const { client, service } = await withTwoOfAll();
  const { nextToken } = await client.describeLogGroups({ limit: 1 });
  const elsewhere = new Stage(service, 'ap-southeast-2').client;
  expect(await refused(elsewhere.describeLogGroups({ nextToken }))).toMatchObject({
    message: 'The specified nextToken is invalid.',
  });
});
