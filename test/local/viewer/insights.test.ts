import type { InsightsAnswer, Refusal, SavedQuery, EventRow } from '../../../local/viewer/answers.js';
import { eventId } from '../../../local/store/event-id.js';
import { Stores } from '../../../local/store/stores.js';
import { Abandoned, Turns } from '../../../local/turns.js';
import { insights, type RunningQuery } from '../../../local/viewer/insights.js';
import { BadQuestion } from '../../../local/viewer/question.js';
import { Selection } from '../../../local/viewer/selection.js';
import { VerdictCache } from '../../../local/viewer/verdicts.js';
import type { Walk } from '../../../local/viewer/walk.js';
import { DAY_MS, HOUR_MS, NOW_MS, type Stage, startEmpty, stopAll } from '../harness.js';
import { groupId, type Query, type Sent, startWith, urlOf } from './page.js';

afterEach(stopAll);

const START_MS = NOW_MS - HOUR_MS;

function sent(minutes: number, record: object | string): Sent {
  const message = typeof record === 'string' ? record : JSON.stringify(record);
  return { timestamp: START_MS + minutes * 60_000, message };
}

function shop(options: Parameters<typeof startEmpty>[0] = {}): Promise<Stage> {
  return startWith(
    {
      '/shop': {
        api: [sent(0, { level: 'info', ms: 4 }), sent(2, { level: 'error', ms: 30 })],
        web: [sent(1, { level: 'info', ms: 6 }), sent(3, 'a line')],
      },
      '/other': { s: [sent(5, { level: 'warn' })] },
    },
    options,
  );
}

interface Got {
  readonly status: number;
  readonly body: unknown;
}

async function post({ service }: Stage, body: unknown, selection: Query = {}): Promise<Got> {
  const response = await fetch(urlOf(service.endpoint, 'insights', selection), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

async function run(stage: Stage, query: string, selection: Query = {}): Promise<InsightsAnswer> {
  const { status, body } = await post(stage, { query }, selection);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body as InsightsAnswer;
}

function cellsOf({ rows }: InsightsAnswer): unknown[] {
  return rows.map(({ cells }) => cells);
}

test('a query is run over all events, the last one in time first', async () => {
  const answer = await run(await shop(), 'fields level, ms');
  expect(answer).toMatchObject({
    columns: ['level', 'ms'],
    rowsLeftOut: 0,
    statistics: { recordsMatched: 5, recordsScanned: 5, durationMs: expect.any(Number) },
  });
  expect(cellsOf(answer)).toEqual([
    ['warn', null],
    [null, null],
    ['error', '30'],
    ['info', '6'],
    ['info', '4'],
  ]);
  const bytes = [24, 24, 23, 6, 16].map((length) => length + 26);
  expect(answer.statistics.bytesScanned).toBe(bytes.reduce((sum, each) => sum + each, 0));
});

test.each<[Query, number]>([
  [{ group: groupId('/other') }, 1],
  [{ group: groupId('/shop') }, 4],
  [{ stream: `${groupId('/shop')}:web` }, 2],
  [{ start: START_MS + 60_000, end: START_MS + 180_000 }, 2],
])('of the selection %j, %d events are scanned', async (selection, scanned) => {
  const { statistics } = await run(await shop(), 'stats count(*)', selection);
  expect(statistics.recordsScanned).toBe(scanned);
});

test('events past the retention of their log group are not there', async () => {
  const stage = await startWith({
    '/g': { s: [sent(-3 * 24 * 60, 'old')], t: [sent(0, 'young')] },
  });
  await stage.client.putRetentionPolicy({ logGroupName: '/g', retentionInDays: 1 });
  expect(cellsOf(await run(stage, 'fields @message'))).toEqual([['young']]);
});

test('rows of stats have no pointer, and rows of events one that leads to the event', async () => {
  const stage = await shop();
  const stats = await run(stage, 'stats count(*) as n by level | sort n desc | limit 1');
  expect(stats.rows).toEqual([{ cells: expect.arrayContaining(['2', 'info']) }]);
  const { columns, rows } = await run(stage, 'filter level = "error" | fields @message');
  expect([columns, rows]).toEqual([['@message'], [{ cells: [expect.any(String)], ptr: expect.any(String) }]]);
  const response = await fetch(urlOf(stage.service.endpoint, 'event', { ptr: rows[0]!.ptr! }));
  expect(await response.json()).toEqual({
    id: expect.stringMatching(/^\d{16}-\d{16}$/),
    group: groupId('/shop'),
    stream: 'api',
    timestamp: START_MS + 120_000,
    ingestionTime: NOW_MS,
    message: '{"level":"error","ms":30}',
  } satisfies Record<keyof EventRow, unknown>);
});

test.each([
  ['', 'ptr must be the @ptr of an event, not .'],
  ['x', 'ptr must be the @ptr of an event, not x.'],
  [eventId({ timestamp: NOW_MS, arrival: 99 }), 'The event is no longer in the server.'],
])('the pointer %j leads nowhere: %s', async (ptr, error) => {
  const { service } = await shop();
  const response = await fetch(urlOf(service.endpoint, 'event', { ptr }));
  expect([response.status, await response.json()]).toEqual([400, { error, parameter: 'ptr' }]);
});

test('a pointer does not lead to an event past its retention', async () => {
  const stage = await startWith({ '/g': { s: [sent(-3 * 24 * 60, 'old')] } });
  const { rows } = await run(stage, 'fields @message');
  await stage.client.putRetentionPolicy({ logGroupName: '/g', retentionInDays: 1 });
  const response = await fetch(urlOf(stage.service.endpoint, 'event', { ptr: rows[0]!.ptr! }));
  expect(response.status).toBe(400);
});

test('a malformed query is refused with the place in its text', async () => {
  const query = 'fields a | fielts b';
  const { status, body } = await post(await shop(), { query });
  const { error, parameter, place } = body as Refusal;
  expect([status, parameter]).toEqual([400, 'query']);
  expect(error).toContain('fielts');
  expect(query.slice(place!.start, place!.end)).toBe('fielts');
});

test.each([
  ['The body must be {"query": "…"}.', {}],
  ['The body must be {"query": "…"}.', []],
  ['The body must be {"query": "…"}.', { query: 1 }],
  ['A query has 10,000 characters at most, not 10,001.', { query: 'a'.repeat(10_001) }],
])('a body is refused: %s', async (error, question) => {
  expect(await post(await startEmpty(), question)).toEqual({
    status: 400,
    body: { error, parameter: 'query' },
  });
});

test('a question without JSON is refused, as a form of another page would be', async () => {
  const { service } = await startEmpty();
  const response = await fetch(urlOf(service.endpoint, 'insights', {}), {
    method: 'POST',
    body: '{"query":"fields a"}',
  });
  expect([response.status, await response.json()]).toEqual([
    400,
    { error: 'Content-Type must be application/json.', parameter: 'body' },
  ]);
});

describe('a query that is no more than rows', () => {
  const results = (rows: readonly string[]): RunningQuery => ({
    isOpen: true,
    failure: undefined,
    take: () => undefined,
    *resultsInSteps() {
      yield;
      return {
        columns: ['a'],
        rows: rows.map((cell) => new Map([['a', cell]])),
        recordsMatched: rows.length,
      };
    },
  });
  const walkOf = (sources: Walk['sources'], isAbandoned = false): Walk => ({
    selection: new Selection(new URLSearchParams(), new VerdictCache()),
    sources,
    nowMs: NOW_MS,
    turns: new Turns(() => isAbandoned),
  });
  const answerOf = (query: RunningQuery, walk = walkOf([])): Promise<InsightsAnswer> =>
    insights(walk, { query: 'fields a' }, () => query);

  test.each([
    [16, 1_048_576, 16],
    [17, 1_048_576, 16],
    [17, 1_048_575, 17],
    [10_000, 1, 10_000],
    [10_001, 1, 10_000],
  ])(
    'of %d rows of %d characters, %d are answered, and the others counted',
    async (count, length, answered) => {
      const { rows, rowsLeftOut } = await answerOf(
        results(Array(count).fill('x'.repeat(length)) as string[]),
      );
      expect([rows.length, rowsLeftOut]).toEqual([answered, count - answered]);
    },
  );

  test('is refused if it has failed', async () => {
    const failed = { ...results([]), failure: 'too many groups' };
    await expect(answerOf(failed)).rejects.toEqual(new BadQuestion('too many groups', 'query'));
  });

  test('takes no event that it does not need', async () => {
    let taken = 0;
    const query = { ...results([]), isOpen: false, take: () => void (taken += 1) };
    const { statistics } = await answerOf(query, walkOf(manyEvents()));
    expect([taken, statistics.recordsScanned]).toEqual([1, 1]);
  });

  test('ends when the page has left', async () => {
    let taken = 0;
    const slow = {
      ...results([]),
      take: () => {
        const endMs = performance.now() + 1;
        while (performance.now() < endMs);
        taken += 1;
      },
    };
    await expect(answerOf(slow, walkOf(manyEvents(), true))).rejects.toThrow(Abandoned);
    expect(taken).toBeLessThan(100);
  });

  function manyEvents(): Walk['sources'] {
    const stores = new Stores({});
    const store = stores.at({ accountId: '123456789012', region: 'us-east-1' });
    store.createGroup({ name: '/g', logGroupClass: 'STANDARD', creationTime: NOW_MS });
    const group = store.group('/g');
    group.createStream('s', NOW_MS);
    const events = Array.from({ length: 1_000 }, (_, index) => ({
      timestamp: NOW_MS - index,
      message: 'x',
    }));
    store.put(group, group.find('s')!, events, events, NOW_MS);
    return group.streams.map((stream) => ({ groupId: groupId('/g'), group, stream }));
  }
});

test('saved queries are there with the ids of their log groups', async () => {
  const stage = await shop();
  await stage.client.putQueryDefinition({ name: 'b', queryString: 'fields b' });
  await stage.client.putQueryDefinition({ name: 'a', queryString: 'fields a', logGroupNames: ['/shop'] });
  const response = await fetch(urlOf(stage.service.endpoint, 'queries', {}));
  const id = expect.any(String) as string;
  expect(await response.json()).toEqual([
    { id, name: 'a', query: 'fields a', groups: [groupId('/shop')] },
    { id, name: 'b', query: 'fields b', groups: [] },
  ] satisfies SavedQuery[]);
});

test('a query of `now` knows the clock of the server', async () => {
  const stage = await shop({ clock: () => NOW_MS + DAY_MS });
  expect(cellsOf(await run(stage, 'stats count(*) as n by now() as t'))).toEqual([
    expect.arrayContaining(['5', String((NOW_MS + DAY_MS) / 1_000)]),
  ]);
});
