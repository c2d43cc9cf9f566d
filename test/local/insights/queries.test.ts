import { Queries } from '../../../local/insights/queries.js';
import type { QueriedEvent, QueryResults } from '../../../local/insights/query-run.js';
import { allOf, type Steps } from '../../../local/steps.js';
import type { Question, Run } from '../../../local/insights/started-query.js';
import type { LogGroup } from '../../../local/store/log-group.js';
import { Stores } from '../../../local/store/stores.js';
import { DAY_MS, GROUP, NOW_MS, STREAM } from '../harness.js';

const PLACE = { accountId: '123456789012', region: 'us-east-1' };
const ELSEWHERE = { accountId: '123456789012', region: 'eu-central-1' };
const MANY_EVENTS = 20_000;

let nowMs: number;
let stores: Stores;
let notices: string[];
let runs: FakeRun[];
let queries: Queries;

/** Keeps what it was given; needs no more than `most` events. */
class FakeRun implements Run {
  readonly taken: QueriedEvent[] = [];
  failure: string | undefined;
  onTake: (run: FakeRun) => void = () => undefined;
  most = Number.POSITIVE_INFINITY;

  get isOpen(): boolean {
    return this.taken.length < this.most && this.failure === undefined;
  }

  take(event: QueriedEvent): void {
    this.taken.push(event);
    this.onTake(this);
  }

  resultsSoFar(): QueryResults {
    return allOf(this.resultsInSteps());
  }

  *resultsInSteps(): Steps<QueryResults> {
    yield;
    const rows = this.taken.map(({ message }) => new Map([['@message', message]]));
    return { columns: ['@message'], rows, recordsMatched: rows.length };
  }
}

beforeEach(() => {
  [nowMs, stores, notices, runs] = [NOW_MS, new Stores(), [], []];
  const runOf = (): FakeRun => {
    const run = new FakeRun();
    runs.push(run);
    return run;
  };
  queries = new Queries({ clock: () => nowMs, onNotice: (line) => notices.push(line), runOf });
});

afterEach(() => queries.close());

function groupWith(
  messages: readonly (readonly [timestamp: number, message: string])[],
  name = GROUP,
): LogGroup {
  const store = stores.at(PLACE);
  store.createGroup({ name, creationTime: NOW_MS, logGroupClass: 'STANDARD' });
  const group = store.group(name);
  group.createStream(STREAM, NOW_MS);
  const events = messages.map(([timestamp, message]) => ({ timestamp, message }));
  store.put(group, group.stream(STREAM), events, events, NOW_MS);
  return group;
}

function many(count: number, message = 'line'): [number, string][] {
  return Array.from({ length: count }, (_, index) => [NOW_MS - count + index, message]);
}

function question(...groups: LogGroup[]): Question {
  const query = { commands: [] };
  return { place: PLACE, queryString: 'fields @message', query, groups, startMs: 0, endMs: NOW_MS };
}

async function ended(query: { readonly hasEnded: boolean }): Promise<void> {
  while (!query.hasEnded) await new Promise((resolve) => setImmediate(resolve));
}

it('gives the run the events of the span, the last one first, and what it read', async () => {
  const one = groupWith([
    [NOW_MS - 3_001, 'before'],
    [NOW_MS - 3_000, 'first'],
    [NOW_MS - 1_000, 'last'],
    [NOW_MS - 999, 'after'],
  ]);
  const two = groupWith([[NOW_MS - 2_000, 'middle']], '/other');
  const query = queries.start({ ...question(one, two), startMs: NOW_MS - 3_000, endMs: NOW_MS - 1_000 });
  expect([query.status, runs[0]!.taken]).toEqual(['Scheduled', []]);
  await ended(query);

  expect(query.status).toBe('Complete');
  expect(runs[0]!.taken.map(({ message, log }) => [message, log])).toEqual([
    ['last', `123456789012:${GROUP}`],
    ['middle', '123456789012:/other'],
    ['first', `123456789012:${GROUP}`],
  ]);
  expect(runs[0]!.taken[0]).toMatchObject({
    timestamp: NOW_MS - 1_000,
    ingestionTime: NOW_MS,
    logStream: STREAM,
    ptr: expect.stringMatching(/^\d{56}$/),
  });
  expect(query.scanned).toEqual({ records: 3, bytes: 'lastmiddlefirst'.length + 3 * 26 });
});

it('reads no events past the retention of their log group', async () => {
  const group = groupWith([
    [NOW_MS - 2 * DAY_MS, 'expired'],
    [NOW_MS, 'kept'],
  ]);
  group.change({ retentionInDays: 1 });
  await ended(queries.start(question(group)));

  expect(runs[0]!.taken.map(({ message }) => message)).toEqual(['kept']);
});

it('reads no further than the run needs', async () => {
  const query = queries.start(question(groupWith(many(10))));
  runs[0]!.most = 3;
  await ended(query);

  expect([query.status, runs[0]!.taken.length]).toEqual(['Complete', 3]);
});

it('lets others run between two turns, with the rows so far, and takes turns with other queries', async () => {
  const group = groupWith(many(MANY_EVENTS));
  const slow = (): void => void JSON.stringify('x'.repeat(1_000).split(''));
  const [first, second] = [queries.start(question(group)), queries.start(question(group))];
  for (const run of runs) run.onTake = slow;
  while (runs[1]!.taken.length === 0) await new Promise((resolve) => setImmediate(resolve));

  expect([first.status, second.status]).toEqual(['Running', 'Running']);
  expect(first.results().rows.length).toBeGreaterThan(0);
  expect(first.results().rows.length).toBeLessThan(MANY_EVENTS);
  await Promise.all([ended(first), ended(second)]);
  expect(runs.map(({ taken }) => taken.length)).toEqual([MANY_EVENTS, MANY_EVENTS]);
});

it('stops where somebody ends it, and keeps the rows so far', async () => {
  const query = queries.start(question(groupWith(many(MANY_EVENTS))));
  runs[0]!.onTake = ({ taken }) => {
    if (taken.length === 7) query.cancel();
  };
  await ended(query);
  await queries.close();

  expect([query.status, query.results().rows.length]).toEqual(['Cancelled', 7]);
  expect(runs[0]!.taken.length).toBeLessThan(MANY_EVENTS);
});

it('stops where somebody ends it while the result is put in order', async () => {
  const query = queries.start(question(groupWith(many(3))));
  runs[0]!.resultsInSteps = function* () {
    while (!query.hasEnded) yield;
    throw new Error('nobody waits for this');
  };
  while (runs[0]!.taken.length < 3) await new Promise((resolve) => setImmediate(resolve));
  runs[0]!.resultsSoFar = () => ({ columns: [], rows: [], recordsMatched: 3 });
  await new Promise((resolve) => setImmediate(resolve));
  query.cancel();
  await queries.close();

  expect([query.status, query.results().recordsMatched, notices]).toEqual(['Cancelled', 3, []]);
});

it('times out after an hour by the clock of the server', async () => {
  const query = queries.start(question(groupWith(many(MANY_EVENTS))));
  runs[0]!.onTake = () => {
    nowMs = NOW_MS + 3_600_001;
  };
  await ended(query);

  expect(query.status).toBe('Timeout');
  expect(query.durationMs).toBe(3_600_001);
});

it.each([
  ['that its run gives up', (run: FakeRun) => void (run.failure = 'too many rows')],
  [
    'whose run throws',
    () => {
      throw new Error('too many rows');
    },
  ],
])('a query fails %s, and a line says why', async (_, onTake) => {
  const query = queries.start(question(groupWith(many(3))));
  runs[0]!.onTake = onTake;
  await ended(query);
  await queries.close();

  expect([query.status, notices]).toEqual(['Failed', [`The query ${query.id} failed: too many rows`]]);
});

it('runs a hundred at the same time, in each Region', async () => {
  const group = groupWith(many(1));
  for (let count = 0; count < 100; count += 1) queries.start(question(group));

  expect(() => queries.start(question(group))).toThrow(
    'Account maximum query concurrency limit of [100] reached.',
  );
  queries.start({ ...question(group), place: ELSEWHERE });
  await ended(queries.all(PLACE)[0]!);
  queries.start(question(group));
});

it('knows a query where it was started, for seven days', async () => {
  const query = queries.start(question(groupWith(many(1))));
  await ended(query);

  expect(queries.find(PLACE, query.id)).toBe(query);
  expect(() => queries.find(ELSEWHERE, query.id)).toThrow('The specified query does not exist.');
  nowMs += 7 * DAY_MS;
  expect(queries.all(PLACE)).toEqual([query]);
  nowMs += 1;
  expect(() => queries.find(PLACE, query.id)).toThrow('The specified query does not exist.');
  expect(queries.all(PLACE)).toEqual([]);
});

it('forgets the oldest results when there is no room, never the last one', async () => {
  const group = groupWith(many(40, 'x'.repeat(1_000_000)));
  await ended(queries.start(question(group)));
  const two = queries.start(question(group));
  await ended(two);
  await queries.close();
  expect(queries.all(PLACE)).toEqual([two]);

  const huge = queries.start(question(groupWith(many(80, 'x'.repeat(1_000_000)), '/huge')));
  await ended(huge);
  await queries.close();
  expect(queries.all(PLACE)).toEqual([huge]);
});

it('forgets the first of more than a thousand', async () => {
  const group = groupWith(many(1));
  const ids: string[] = [];
  for (let count = 0; count < 1_001; count += 1) {
    const query = queries.start(question(group));
    ids.push(query.id);
    if (count % 50 === 49) await queries.close();
  }
  await queries.close();

  expect(queries.all(PLACE).map(({ id }) => id)).toEqual(ids.slice(1).toReversed());
});

it('ends all that run when the server closes', async () => {
  const query = queries.start(question(groupWith(many(MANY_EVENTS))));
  await queries.close();

  expect(query.status).toBe('Cancelled');
  expect(runs[0]!.taken).toEqual([]);
});
