import type { InsightsAnswer, InsightsQuestion } from '../../../local/viewer/answers.js';
import { InsightsRun } from '../../../local/viewer/client/state/insights-run.js';
import { EVERYTHING, type PageState } from '../../../local/viewer/client/state/selection.js';
import { RefusalError } from '../../../local/viewer/client/state/server.js';

const NOW_MS = 1_768_478_400_000;
const statistics = { recordsMatched: 1, recordsScanned: 2, bytesScanned: 3, durationMs: 4 };
const answer: InsightsAnswer = { columns: ['a'], rows: [{ cells: ['1'] }], rowsLeftOut: 0, statistics };

function page(query: string, selection: Partial<PageState['selection']> = {}): PageState {
  return { tab: 'insights', selection: { ...EVERYTHING, ...selection }, query };
}

/** Questions wait here until the test answers them. */
class Server {
  readonly asked: { query: string; parameters: string; signal: AbortSignal }[] = [];
  readonly #waiting: PromiseWithResolversLike[] = [];

  readonly ask = (
    parameters: URLSearchParams,
    { query }: InsightsQuestion,
    signal: AbortSignal,
  ): Promise<InsightsAnswer> => {
    this.asked.push({ query, parameters: parameters.toString(), signal });
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      signal.addEventListener('abort', () => reject(new Error('aborted')));
    });
  };

  async answer(index: number, with_: InsightsAnswer | Error): Promise<void> {
    const { resolve, reject } = this.#waiting[index]!;
    if (with_ instanceof Error) reject(with_);
    else resolve(with_);
    await new Promise((done) => setImmediate(done));
  }
}

interface PromiseWithResolversLike {
  readonly resolve: (answer: InsightsAnswer) => void;
  readonly reject: (error: Error) => void;
}

function started(): { server: Server; run: InsightsRun } {
  const server = new Server();
  return { server, run: new InsightsRun(server.ask) };
}

test('a query is asked for with log groups and time range, and without the filter of the list', async () => {
  const { server, run } = started();
  run.show(
    page('fields a', { groups: ['1/r/g'], filter: 'timeout', range: { kind: 'last', ms: 1_000 } }),
    NOW_MS,
  );
  expect(run.state.kind).toBe('running');
  await server.answer(0, answer);
  expect(run.state).toEqual({ kind: 'done', answer });
  expect(server.asked.map(({ query, parameters }) => [query, parameters])).toEqual([
    ['fields a', `group=1%2Fr%2Fg&start=${NOW_MS - 1_000}`],
  ]);
});

test('what has been run is not run again unless one says so', async () => {
  const { server, run } = started();
  run.show(page('fields a'), NOW_MS);
  run.show(page('fields a', { filter: 'other' }), NOW_MS);
  await server.answer(0, answer);
  run.show(page('fields a'), NOW_MS);
  expect(server.asked).toHaveLength(1);
  run.show(page('fields a', { groups: ['1/r/g'] }), NOW_MS);
  void run.run(page('fields a', { groups: ['1/r/g'] }), NOW_MS);
  expect(server.asked).toHaveLength(3);
  expect(server.asked.map(({ signal }) => signal.aborted)).toEqual([false, true, false]);
});

test('a later query takes the place of one that runs, whose answer is too late, and shows what was there', async () => {
  const { server, run } = started();
  run.show(page('fields a'), NOW_MS);
  await server.answer(0, answer);
  run.show(page('fields b'), NOW_MS);
  run.show(page('fields c'), NOW_MS);
  expect(run.state).toMatchObject({ kind: 'running', before: answer });
  await server.answer(1, answer);
  expect(run.state.kind).toBe('running');
  await server.answer(2, { ...answer, columns: ['c'] });
  expect(run.state).toMatchObject({ kind: 'done', answer: { columns: ['c'] } });
});

test('a query that is stopped is aborted, and its answer ignored', async () => {
  const { server, run } = started();
  run.show(page('fields a'), NOW_MS);
  run.stop();
  expect(server.asked[0]!.signal.aborted).toBe(true);
  await server.answer(0, answer);
  expect(run.state).toEqual({ kind: 'stopped' });
  run.stop();
  expect(run.state).toEqual({ kind: 'stopped' });
});

test('a refusal is kept with the query that it is about; without an answer, the server cannot be reached', async () => {
  const { server, run } = started();
  run.show(page('fielts a'), NOW_MS);
  const refusal = new RefusalError('unknown command fielts', 'query', { start: 0, end: 6 });
  await server.answer(0, refusal);
  expect(run.state).toEqual({ kind: 'refused', refusal, query: 'fielts a' });
  run.show(page('fields a'), NOW_MS);
  await server.answer(1, new TypeError('Failed to fetch'));
  expect(run.state).toEqual({ kind: 'unreachable' });
});

test('without a query nothing is asked', () => {
  const { server, run } = started();
  run.show(page(' \n'), NOW_MS);
  run.show({ tab: 'insights', selection: EVERYTHING }, NOW_MS);
  expect([run.state, server.asked]).toEqual([{ kind: 'none' }, []]);
});
