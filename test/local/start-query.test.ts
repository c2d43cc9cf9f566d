import type { GetQueryResultsCommandOutput, StartQueryCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import { getQueryResults } from '../../local/operations/get-query-results.js';
import type { OperationContext } from '../../local/operations/operation.js';
import { DAY_MS, GROUP, NOW_MS, refused, type Stage, start, stopAll, STREAM, TARGET } from './harness.js';

afterEach(stopAll);

const NOW_S = NOW_MS / 1_000;
const OTHER = '/other';

function question(change: Partial<StartQueryCommandInput> = {}): StartQueryCommandInput {
  return {
    logGroupName: GROUP,
    startTime: NOW_S - 3_600,
    endTime: NOW_S,
    queryString: 'fields @message',
    ...change,
  };
}

async function results(
  { client }: Stage,
  queryId?: string,
  more = {},
): Promise<GetQueryResultsCommandOutput> {
  for (;;) {
    const answer = await client.getQueryResults({ queryId, ...more });
    if (answer.status !== 'Scheduled' && answer.status !== 'Running') return answer;
  }
}

async function asked(stage: Stage, change: Partial<StartQueryCommandInput> = {}) {
  const { queryId } = await stage.client.startQuery(question(change));
  return results(stage, queryId);
}

function messages({ results: rows = [] }: GetQueryResultsCommandOutput): unknown[] {
  return rows.map(([first]) => first?.value);
}

async function startBoth(): Promise<Stage> {
  const stage = await start();
  await stage.client.createLogGroup({ logGroupName: OTHER, logGroupClass: 'INFREQUENT_ACCESS' });
  await stage.client.createLogStream({ logGroupName: OTHER, logStreamName: STREAM });
  return stage;
}

it('gives rows with a pointer that GetLogRecord takes, and statistics', async () => {
  const stage = await start();
  await stage.put([NOW_MS - 2_000], '{"level":"error","n":1}');
  await stage.put([NOW_MS - 1_000], '{"level":"info","n":2}');
  const queryString = 'fields n, missing, level | filter level = "error"';
  const { results: rows, statistics, status, queryLanguage, nextToken } = await asked(stage, { queryString });

  expect([status, queryLanguage, nextToken]).toEqual(['Complete', 'CWLI', undefined]);
  expect(rows).toEqual([
    [
      { field: 'n', value: '1' },
      { field: 'level', value: 'error' },
      { field: '@ptr', value: expect.any(String) },
    ],
  ]);
  expect(statistics).toEqual({
    recordsMatched: 1,
    recordsScanned: 2,
    estimatedRecordsSkipped: 0,
    bytesScanned: 23 + 22 + 2 * 26,
    estimatedBytesSkipped: 0,
    logGroupsScanned: 1,
  });
  const logRecordPointer = rows?.[0]?.[2]?.value;
  const { logRecord } = await stage.client.getLogRecord({ logRecordPointer });
  expect(logRecord?.['@message']).toBe('{"level":"error","n":1}');
});

it('gives no pointer for rows of several events', async () => {
  const stage = await start();
  await stage.put([NOW_MS, NOW_MS]);
  const { results: rows } = await asked(stage, { queryString: 'stats count(*) as events by @logStream' });

  expect(rows).toEqual([
    [
      { field: '@logStream', value: STREAM },
      { field: 'events', value: '2' },
    ],
  ]);
});

it('reads from the first to the last second, both included, and no millisecond of the last one', async () => {
  let nowMs = NOW_MS - 10_000;
  const stage = await start({ clock: () => nowMs });
  nowMs = NOW_MS;
  for (const timestamp of [NOW_MS - 5_001, NOW_MS - 5_000, NOW_MS - 1_000, NOW_MS - 999])
    await stage.put([timestamp], String(timestamp));

  const found = await asked(stage, { startTime: NOW_S - 5, endTime: NOW_S - 1 });
  expect(messages(found)).toEqual([String(NOW_MS - 1_000), String(NOW_MS - 5_000)]);
});

it('names log groups in one of three ways', async () => {
  const stage = await startBoth();
  await stage.put([NOW_MS], 'one');
  const logEvents = [{ timestamp: NOW_MS - 1, message: 'two' }];
  await stage.client.putLogEvents({ ...TARGET, logGroupName: OTHER, logEvents });
  const logGroupName = undefined;
  const arn = `arn:aws:logs:us-east-1:123456789012:log-group:${OTHER}`;

  expect(messages(await asked(stage))).toEqual(['one']);
  expect(messages(await asked(stage, { logGroupName, logGroupNames: [GROUP, OTHER] }))).toEqual([
    'one',
    'two',
  ]);
  expect(messages(await asked(stage, { logGroupName, logGroupIdentifiers: [arn, GROUP] }))).toEqual([
    'one',
    'two',
  ]);
  const twice = await asked(stage, { logGroupName, logGroupIdentifiers: [OTHER, arn] });
  expect([messages(twice), twice.statistics?.logGroupsScanned]).toEqual([['two'], 1]);
});

const BAD = 'InvalidParameterException';

it.each([
  [{ logGroupNames: [GROUP] }, BAD, /^Specify exactly one of logGroupName, logGroupNames and/],
  [{ logGroupName: undefined }, BAD, /^Specify exactly one of logGroupName, logGroupNames and/],
  [{ logGroupName: undefined, logGroupNames: [] }, BAD, /^Specify exactly one of/],
  [
    { logGroupName: undefined, logGroupNames: Array<string>(51).fill(GROUP) },
    BAD,
    /up to 50 log groups: got 51/,
  ],
  [{ logGroupName: '/missing' }, 'ResourceNotFoundException', /log group does not exist/],
  [
    { startTime: NOW_MS },
    BAD,
    /^startTime is in seconds since 1970: got 1768478400000, which looks like mill/,
  ],
  [{ endTime: NOW_MS }, BAD, /^endTime is in seconds since 1970: got 1768478400000, which looks like mill/],
  [{ startTime: NOW_S + 1 }, BAD, /^startTime must not be after endTime: got 1768478401 and 1768478400/],
  [{ queryLanguage: 'SQL' as const }, BAD, /does not implement the queryLanguage SQL/],
  [{ queryLanguage: 'PPL' as const }, BAD, /does not implement the queryLanguage PPL/],
  [{ limit: 100_001 }, BAD, /less than or equal to 100000/],
  [{ queryString: 'fields @message | pattern @message' }, 'MalformedQueryException', /pattern/],
])('%# is refused', async (change, name, message) => {
  const { client } = await start();
  expect(await refused(client.startQuery(question(change)))).toEqual({
    name,
    message: expect.stringMatching(message),
    status: 400,
  });
  expect((await client.describeQueries({})).queries).toEqual([]);
});

it('takes up to 50 log groups', async () => {
  const { client } = await start();
  const logGroupNames = Array<string>(50).fill(GROUP);
  const { queryId } = await client.startQuery(question({ logGroupName: undefined, logGroupNames }));
  expect(queryId).toBeDefined();
});

it('refuses a class that has no queries', async () => {
  const { client } = await start();
  await client.createLogGroup({ logGroupName: OTHER, logGroupClass: 'DELIVERY' });
  expect(await refused(client.startQuery(question({ logGroupName: OTHER })))).toMatchObject({ name: BAD });
});

it('says where a query is malformed', async () => {
  const stage = await start();
  const { body } = await stage.raw(
    'StartQuery',
    question({ queryString: 'fields @message | pattern @message' }),
  );

  expect(body).toMatchObject({
    __type: 'MalformedQueryException',
    queryCompileError: { location: { startCharOffset: 18, endCharOffset: expect.any(Number) } },
  });
});

it('refuses an end before all log groups were made, or past their retention', async () => {
  const { client } = await start();
  const refusal = {
    name: 'MalformedQueryException',
    message:
      "Query's end date and time is either before the log groups creation time or exceeds the log groups log retention settings ([0,15])",
    status: 400,
  };
  const before = question({ endTime: NOW_S - 1 });
  expect(await refused(client.startQuery(before))).toEqual(refusal);
  await client.startQuery(question({ endTime: NOW_S }));
});

it('refuses an end that is past the retention, and reads no events that are', async () => {
  let nowMs = NOW_MS;
  const stage = await start({ clock: () => nowMs });
  await stage.client.putRetentionPolicy({ logGroupName: GROUP, retentionInDays: 1 });
  await stage.put([NOW_MS], 'expired');
  nowMs += DAY_MS + 10_000;
  await stage.put([nowMs], 'kept');

  const startTime = NOW_S - 10;
  expect(messages(await asked(stage, { startTime, endTime: nowMs / 1_000 }))).toEqual(['kept']);
  expect(messages(await asked(stage, { startTime, endTime: NOW_S + 10 }))).toEqual([]);
  expect(await refused(stage.client.startQuery(question({ startTime, endTime: NOW_S + 9 })))).toMatchObject({
    name: 'MalformedQueryException',
  });
});

it.each([
  [undefined, 'fields @message', 10_000],
  [3, 'fields @message', 3],
  [3, 'fields @message | limit 2', 2],
  [2, 'fields @message | limit 3', 2],
  [undefined, 'fields @message | limit 10001', 10_001],
  [10_001, 'fields @message', 10_001],
])('with a limit of %s and the query %j, %i rows can be had', async (limit, queryString, count) => {
  const stage = await start();
  for (let call = 0; call < 2; call += 1) await stage.put(Array<number>(5_001).fill(NOW_MS));
  const { queryId } = await stage.client.startQuery(question({ limit, queryString }));
  const first = await results(stage, queryId);
  const rest = first.nextToken && (await results(stage, queryId, { nextToken: first.nextToken }));

  expect(first.results).toHaveLength(Math.min(count, 10_000));
  expect(rest ? rest.results?.length : undefined).toBe(count > 10_000 ? count - 10_000 : undefined);
});

it('gives its rows a page at a time, by tokens of its own', async () => {
  const stage = await start();
  for (const message of ['a', 'b', 'c']) await stage.put([NOW_MS], message);
  const { queryId } = await stage.client.startQuery(question());
  const first = await results(stage, queryId, { maxItems: 2 });
  expect(messages(first)).toEqual(['c', 'b']);
  const second = await results(stage, queryId, { maxItems: 2, nextToken: first.nextToken });
  expect([messages(second), second.nextToken]).toEqual([['a'], undefined]);

  const other = await stage.client.startQuery(question());
  const stolen = stage.client.getQueryResults({ queryId: other.queryId, nextToken: first.nextToken });
  expect(await refused(stolen)).toMatchObject({ message: 'The specified nextToken is invalid.' });
});

it('gives long rows in pages that can be sent', () => {
  const row = new Map([['@message', 'x'.repeat(1_000_000)]]);
  const found = { columns: ['@message'], rows: Array.from({ length: 40 }, () => row), recordsMatched: 40 };
  const query = { results: () => found, scanned: {}, status: 'Complete', question: { groups: [] } };
  const context = { store: {}, queries: { find: () => query } } as unknown as OperationContext;
  const page = (nextToken?: string): GetQueryResultsCommandOutput =>
    getQueryResults.answer({ queryId: 'x', nextToken }, context) as GetQueryResultsCommandOutput;
  const first = page();

  expect(first.results).toHaveLength(34);
  expect(page(first.nextToken).results).toHaveLength(6);
});

it('is described with its status and log group, the last one first', async () => {
  let nowMs = NOW_MS;
  const stage = await start({ clock: () => nowMs });
  await stage.client.createLogGroup({ logGroupName: OTHER });
  await asked(stage);
  nowMs += 1_000;
  await asked(stage, { logGroupName: undefined, logGroupNames: [OTHER, GROUP], queryString: 'limit 1' });

  const { queries = [] } = await stage.client.describeQueries({});
  expect(queries).toEqual([
    expect.objectContaining({ queryString: 'limit 1', logGroupName: OTHER, createTime: NOW_MS + 1_000 }),
    {
      queryLanguage: 'CWLI',
      queryId: expect.any(String),
      queryString: 'fields @message',
      status: 'Complete',
      createTime: NOW_MS,
      logGroupName: GROUP,
      queryDuration: 0,
      bytesScanned: 0,
    },
  ]);
  const shown = async (input: object): Promise<unknown> =>
    (await stage.client.describeQueries(input)).queries?.map(({ queryString }) => queryString);
  expect(await shown({ logGroupName: OTHER })).toEqual(['limit 1']);
  expect(await shown({ logGroupName: GROUP })).toEqual(['limit 1', 'fields @message']);
  expect(await shown({ status: 'Complete' })).toEqual(['limit 1', 'fields @message']);
  expect(await shown({ status: 'Running' })).toEqual([]);
  expect(await shown({ queryLanguage: 'SQL' })).toEqual([]);
  const first = await stage.client.describeQueries({ maxResults: 1 });
  expect(await shown({ nextToken: first.nextToken })).toEqual(['fields @message']);
  expect(await refused(stage.client.describeQueries({ logGroupName: '/missing' }))).toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

it('is stopped while it runs, and not after it', async () => {
  const stage = await start();
  for (let call = 0; call < 3; call += 1) await stage.put(Array<number>(10_000).fill(NOW_MS));
  const { queryId } = await stage.client.startQuery(question({ queryString: 'stats count(*) by bin(1s)' }));
  expect((await stage.client.stopQuery({ queryId })).success).toBe(true);
  const { status } = await stage.client.getQueryResults({ queryId });

  expect(status).toBe('Cancelled');
  expect(await refused(stage.client.stopQuery({ queryId }))).toEqual({
    name: BAD,
    message: 'The specified query is not running.',
    status: 400,
  });
});

it('is found by its id only', async () => {
  const { client } = await start();
  const missing = {
    name: 'ResourceNotFoundException',
    message: 'The specified query does not exist.',
    status: 400,
  };
  expect(await refused(client.getQueryResults({ queryId: 'x' }))).toEqual(missing);
  expect(await refused(client.stopQuery({ queryId: 'x' }))).toEqual(missing);
});

it('meets faults as any other call, and has rows in the ledger', async () => {
  const stage = await start({ faults: [{ kind: 'throttle', operation: 'StartQuery', times: 1 }] });
  expect(await refused(stage.client.startQuery(question()))).toMatchObject({ name: 'ThrottlingException' });
  await asked(stage);

  const rows = stage.service.calls.filter(({ operation }) => operation === 'StartQuery');
  expect(rows.map(({ status, fault }) => [status, fault])).toEqual([
    [400, 'throttle'],
    [200, undefined],
  ]);
});

it('holds up no other call while it reads', async () => {
  const stage = await start();
  for (let call = 0; call < 3; call += 1) await stage.put(Array<number>(10_000).fill(NOW_MS));
  const { queryId } = await stage.client.startQuery(question({ queryString: 'stats count(*) by bin(1s)' }));
  await stage.client.describeLogGroups({});
  const during = await stage.client.getQueryResults({ queryId });
  const after = await results(stage, queryId);

  expect(during.status).toBe('Running');
  expect(during.statistics?.recordsScanned).toBeLessThan(30_000);
  expect(after.results).toEqual([[expect.anything(), { field: 'count(*)', value: '30000' }]]);
});

it('does not hold up the end of the server', async () => {
  const stage = await start();
  for (let call = 0; call < 3; call += 1) await stage.put(Array<number>(10_000).fill(NOW_MS));
  await stage.client.startQuery(question({ queryString: 'stats count(*) by @message' }));
  await stage.service.close();

  expect(await refused(stage.client.describeQueries({}))).toMatchObject({ status: 0 });
});
