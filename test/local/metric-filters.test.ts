import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MetricFilter, PutMetricFilterCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import { GROUP, NOW_MS, refused, type Stage, start, startEmpty, stopAll, STREAM } from './harness.js';

afterEach(stopAll);

const TRANSFORMATION = { metricName: 'Errors', metricNamespace: 'App', metricValue: '1' };

function filter(change: Partial<PutMetricFilterCommandInput> = {}): PutMetricFilterCommandInput {
  return {
    logGroupName: GROUP,
    filterName: 'errors',
    filterPattern: '{ $.level = "error" }',
    metricTransformations: [TRANSFORMATION],
    ...change,
  };
}

async function shown({ client }: Stage, input = {}): Promise<MetricFilter[]> {
  const { metricFilters = [] } = await client.describeMetricFilters({ logGroupName: GROUP, ...input });
  return metricFilters;
}

async function names(stage: Stage, input = {}): Promise<unknown> {
  return (await shown(stage, input)).map(({ filterName }) => filterName);
}

it('is put, shown, replaced and deleted', async () => {
  let nowMs = NOW_MS;
  const stage = await start({ clock: () => nowMs });
  await stage.client.putMetricFilter(filter());
  nowMs += 1_000;
  const transformations = [{ ...TRANSFORMATION, unit: 'Count' as const, dimensions: { Level: '$.level' } }];
  await stage.client.putMetricFilter(filter({ metricTransformations: transformations }));

  expect(await shown(stage)).toEqual([
    {
      filterName: 'errors',
      filterPattern: '{ $.level = "error" }',
      metricTransformations: transformations,
      creationTime: NOW_MS,
      logGroupName: GROUP,
      applyOnTransformedLogs: false,
    },
  ]);
  const { logGroups } = await stage.client.describeLogGroups({});
  expect(logGroups?.[0]?.metricFilterCount).toBe(1);
  await stage.client.deleteMetricFilter({ logGroupName: GROUP, filterName: 'errors' });
  expect(await shown(stage)).toEqual([]);
  expect(
    await refused(stage.client.deleteMetricFilter({ logGroupName: GROUP, filterName: 'errors' })),
  ).toEqual({
    name: 'ResourceNotFoundException',
    message: 'The specified metric filter does not exist.',
    status: 400,
  });
});

it.each([
  [{ filterPattern: '{ $.level == "error" }' }, /^Invalid filter pattern: .* Expected at character 12/],
  [
    { metricTransformations: [{ ...TRANSFORMATION, metricValue: 'x' }] },
    /metric value x must be a valid number$/,
  ],
  [{ metricTransformations: [{ ...TRANSFORMATION, metricValue: '$.a[*].b' }] }, /must be a valid number$/],
  [{ metricTransformations: [{ ...TRANSFORMATION, metricValue: '$level' }] }, /must be a valid number$/],
  [
    { filterPattern: 'ERROR', metricTransformations: [{ ...TRANSFORMATION, metricValue: '$.level' }] },
    /must be a valid number$/,
  ],
  [
    { metricTransformations: [{ ...TRANSFORMATION, dimensions: { A: '$.a' }, defaultValue: 0 }] },
    /dimensions and default value are mutually exclusive properties$/,
  ],
  [
    { metricTransformations: [{ ...TRANSFORMATION, dimensions: { A: 'literal' } }] },
    /dimension value must be valid selector$/,
  ],
  [
    {
      metricTransformations: [{ ...TRANSFORMATION, dimensions: { A: '$.a', B: '$.b', C: '$.c' } }],
      emitSystemFieldDimensions: ['@aws.region'],
    },
    /^Number of dimensions exceeds the maximum/,
  ],
  [
    { filterPattern: 'ERROR', metricTransformations: [{ ...TRANSFORMATION, dimensions: { A: '$.a' } }] },
    /^The specified filter pattern does not support dimensions$/,
  ],
  [{ emitSystemFieldDimensions: ['@aws.nope'] }, /^The provided system fields are invalid/],
  [
    { metricTransformations: [TRANSFORMATION, TRANSFORMATION] },
    /Member must have length less than or equal to 1/,
  ],
  [{ applyOnTransformedLogs: true }, /does not implement the member 'applyOnTransformedLogs'/],
  [
    { fieldSelectionCriteria: '@aws.region = "us-east-1"' },
    /does not implement the member 'fieldSelectionCriteria'/,
  ],
])('%j is refused', async (change, text) => {
  const stage = await start();
  expect(await refused(stage.client.putMetricFilter(filter(change)))).toEqual({
    name: 'InvalidParameterException',
    message: expect.stringMatching(text),
    status: 400,
  });
  expect(await shown(stage)).toEqual([]);
});

it.each([
  [{ metricTransformations: [{ ...TRANSFORMATION, metricValue: '$.a[0].b' }] }],
  [{ metricTransformations: [{ ...TRANSFORMATION, metricValue: "$.['a.b']" }] }],
  [{ metricTransformations: [{ ...TRANSFORMATION, metricValue: '-1.5e3' }] }],
  [{ filterPattern: '[a, b]', metricTransformations: [{ ...TRANSFORMATION, metricValue: '$missing' }] }],
  [{ filterPattern: '', metricTransformations: [{ ...TRANSFORMATION, defaultValue: 0 }] }],
  [{ applyOnTransformedLogs: false, emitSystemFieldDimensions: ['@aws.account', '@source.log'] }],
])('%j is taken', async (change) => {
  const stage = await start();
  await stage.client.putMetricFilter(filter(change));
  expect(await names(stage)).toEqual(['errors']);
});

it('exists in log groups of class STANDARD only', async () => {
  const { client } = await start();
  await client.createLogGroup({ logGroupName: '/cheap', logGroupClass: 'INFREQUENT_ACCESS' });
  expect(await refused(client.putMetricFilter(filter({ logGroupName: '/cheap' })))).toMatchObject({
    message: 'The operation is not supported for log groups of class INFREQUENT_ACCESS.',
  });
});

it('comes a hundred times in a log group, and five times with a regular expression', async () => {
  const stage = await start();
  const put = (filterName: string, filterPattern: string): Promise<unknown> =>
    stage.client.putMetricFilter(filter({ filterName, filterPattern }));
  for (let number = 0; number < 5; number += 1) await put(`regex-${number}`, '%a+%');

  expect(await refused(put('regex-5', '%a+%'))).toMatchObject({
    name: 'LimitExceededException',
    message: 'Resource limit exceeded.',
  });
  await put('regex-4', '%b+%');
  for (let number = 5; number < 100; number += 1) await put(`plain-${number}`, '');
  expect(await refused(put('plain-100', ''))).toMatchObject({ name: 'LimitExceededException' });
  await put('plain-99', 'ERROR');
});

it('is found by log group and prefix, or by metric, a page at a time', async () => {
  const stage = await start();
  await stage.client.createLogGroup({ logGroupName: '/other' });
  const other = { ...TRANSFORMATION, metricName: 'Other' };
  await stage.client.putMetricFilter(filter({ filterName: 'b' }));
  await stage.client.putMetricFilter(filter({ filterName: 'a', metricTransformations: [other] }));
  await stage.client.putMetricFilter(filter({ filterName: 'b', logGroupName: '/other' }));
  const anywhere = { logGroupName: undefined };

  expect(await names(stage)).toEqual(['a', 'b']);
  expect(await names(stage, { filterNamePrefix: 'b' })).toEqual(['b']);
  expect(await names(stage, anywhere)).toEqual(['a', 'b', 'b']);
  expect(await names(stage, { ...anywhere, filterNamePrefix: 'b' })).toEqual(['a', 'b', 'b']);
  expect(await names(stage, { ...anywhere, metricName: 'Other', metricNamespace: 'App' })).toEqual(['a']);
  const first = await stage.client.describeMetricFilters({ limit: 2 });
  expect(first.metricFilters?.map(({ logGroupName }) => logGroupName)).toEqual([GROUP, GROUP]);
  const second = await stage.client.describeMetricFilters({ limit: 2, nextToken: first.nextToken });
  expect([second.metricFilters?.map(({ logGroupName }) => logGroupName), second.nextToken]).toEqual([
    ['/other'],
    undefined,
  ]);
});

it.each([
  { metricName: 'Errors' },
  { metricNamespace: 'App' },
  { logGroupName: GROUP, metricName: 'Errors', metricNamespace: 'App' },
])('%j is refused', async (input) => {
  const { client } = await start();
  expect(await refused(client.describeMetricFilters(input))).toMatchObject({
    message:
      'Describe Metric Filters request must contain either logGroupName or metricName and metricNamespace',
  });
});

it('is tested on messages, which are counted from 1', async () => {
  const { client } = await start();
  const logEventMessages = ['INFO a', 'ERROR b c', 'ERROR'];
  const { matches } = await client.testMetricFilter({
    filterPattern: '[w1 = ERROR, rest]',
    logEventMessages,
  });

  expect(matches).toEqual([
    { eventNumber: 2, eventMessage: 'ERROR b c', extractedValues: { $w1: 'ERROR', $rest: 'b c' } },
  ]);
  const message = '{"level":"error"}';
  const json = await client.testMetricFilter({
    filterPattern: '{ $.level = "error" }',
    logEventMessages: [message],
  });
  expect(json.matches).toEqual([{ eventNumber: 1, eventMessage: message, extractedValues: {} }]);
  expect(await refused(client.testMetricFilter({ filterPattern: '{', logEventMessages }))).toMatchObject({
    name: 'InvalidParameterException',
  });
});

it('outlives a restart with the data directory', async () => {
  const root = mkdtempSync(join(tmpdir(), 'metric-filters-'));
  const dataDirectory = join(root, 'data');
  const first = await start({ dataDirectory });
  await first.client.putMetricFilter(filter());
  const before = await shown(first);
  await first.service.close();

  expect(await shown(await startEmpty({ dataDirectory }))).toEqual(before);
  await stopAll();
  rmSync(root, { recursive: true });
});

it('changes nothing about what is delivered', async () => {
  const { client } = await start();
  await client.putMetricFilter(filter());
  const logEvents = [{ timestamp: NOW_MS, message: '{"level":"error"}' }];
  await client.putLogEvents({ logGroupName: GROUP, logStreamName: STREAM, logEvents });
  expect((await client.filterLogEvents({ logGroupName: GROUP })).events).toHaveLength(1);
});
