import { isBalanced } from '../../../runtime/ack/ledger.js';
import { NOW_MS } from '../../support/events.js';
import { errorNamed, type Reply } from '../../support/fake-port.js';
import { promisesRun } from '../../support/manual-clock.js';
import { LINGER_MS, SinkBench, TIMEOUT_PART_MS } from '../../support/sink-bench.js';

const DOWN = (): Error => errorNamed('ServiceUnavailableException');
const POISONED = (): Error => errorNamed('InvalidParameterException');
const times = (count: number, reply: () => Reply): Reply[] => Array.from({ length: count }, reply);

test('a batch that fails is the same batch again, each time after a longer wait', async () => {
  const bench = new SinkBench({ putLogEvents: times(6, DOWN) }, { circuitBreakerEnabled: false });
  bench.write('a');
  await bench.advance(120_000, 500);
  expect(bench.backoffs).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000]);
  expect(bench.sent).toEqual(Array.from({ length: 7 }, () => ['a']));
  expect(bench.sink.stats()).toMatchObject({ delivered: 1, pending: 0, calls: 7 });
  await bench.end();
});

test.each([
  [0, 1],
  [1, 2],
  [2, 3],
])('%d retries mean %d attempts; then it is diverted', async (maxRetries, attempts) => {
  const bench = new SinkBench({ putLogEvents: times(9, DOWN) }, { maxRetries });
  bench.write('a');
  await bench.advance(20_000, 500);
  expect(bench.sent).toHaveLength(attempts);
  expect(bench.sink.stats()).toMatchObject({
    diverted: { total: 1, byReason: { retriesExhausted: 1 } },
    pending: 0,
  });
  expect(bench.diverted).toHaveLength(1);
  await bench.end();
});

test("the server's wish is granted where it is longer", async () => {
  const wish = (seconds: number): Error =>
    errorNamed('ThrottlingException', { $response: { headers: { 'retry-after': String(seconds) } } });
  const bench = new SinkBench({ putLogEvents: [wish(7), wish(0.001)] });
  bench.write('a');
  await bench.advance(20_000, 500);
  expect(bench.backoffs).toEqual([7_000, 5_737.5]);
  await bench.end();
});

test('what is put right is no retry', async () => {
  const bench = new SinkBench({ putLogEvents: [errorNamed('ResourceNotFoundException')] }, { maxRetries: 0 });
  bench.write('a');
  await promisesRun();
  expect(bench.port.calls).toEqual(['putLogEvents', 'createLogStream', 'putLogEvents']);
  expect([bench.sink.stats().delivered, bench.backoffs]).toEqual([1, []]);
  await bench.end();
});

test('a bad event is found by halving, and its neighbours are delivered', async () => {
  const bench = new SinkBench({}, { batchSize: 4 });
  jest.spyOn(bench.port, 'putLogEvents').mockImplementation(async (_target, body) => {
    bench.port.bodies.push(body);
    if (bench.sent.at(-1)!.includes('bad')) throw POISONED();
    return { requestId: 'r' };
  });
  for (const message of ['a', 'b', 'bad', 'd']) bench.write(message);
  await bench.advance(10_000, 500);
  const found = bench.sink.stats();
  expect(bench.sent.slice(0, 2)).toEqual([
    ['a', 'b', 'bad', 'd'],
    ['a', 'b'],
  ]);
  expect(found).toMatchObject({
    delivered: 3,
    rejected: { total: 1, byReason: { InvalidParameterException: 1 } },
    pending: 0,
  });
  await bench.end();
});

test('a batch that backs off takes no place from the others', async () => {
  const bench = new SinkBench({ putLogEvents: [DOWN()] }, { maxConcurrency: 1 });
  bench.write('a', NOW_MS);
  await promisesRun();
  bench.write('b', NOW_MS + 1);
  await promisesRun();
  expect(bench.sent).toEqual([['a'], ['b']]);
  await bench.advance(500);
  expect(bench.sent).toEqual([['a'], ['b'], ['a']]);
  await bench.end();
});

test('two batches with a millisecond in common go one after the other', async () => {
  const bench = new SinkBench({ putLogEvents: ['hang'] });
  bench.write('a', NOW_MS);
  bench.write('b', NOW_MS);
  await promisesRun();
  expect(bench.sent).toEqual([['a']]);
  await bench.advance(8 * TIMEOUT_PART_MS);
  await bench.advance(500);
  expect(bench.sent).toEqual([['a'], ['a'], ['b']]);
  await bench.end();
});

describe('nothing waits for ever', () => {
  test('a CreateLogStream without an answer is given up, like a put', async () => {
    const bench = new SinkBench({
      putLogEvents: [errorNamed('ResourceNotFoundException')],
      createLogStream: ['hang'],
    });
    bench.write('a');
    await bench.advance(120_000, 1_000);
    expect(bench.sink.stats()).toMatchObject({ delivered: 1, pending: 0 });
    await bench.end();
  });

  // A batch that is alone is the one in flight whenever a call fails.
  test('a batch that fails for longer than its age may be is diverted, also when it is alone', async () => {
    const bench = new SinkBench({ putLogEvents: times(2_000, DOWN) }, { maxBatchAgeSeconds: 600 });
    bench.write('a');
    await bench.advance(700_000, 1_000);
    expect(bench.sink.stats()).toMatchObject({ diverted: { byReason: { maxBatchAge: 1 } }, pending: 0 });
  });

  test("the server's wish does not outlast the age of the batch", async () => {
    const headers = { 'retry-after': '86400' };
    const bench = new SinkBench(
      { putLogEvents: [errorNamed('ThrottlingException', { $response: { headers } })] },
      { maxBatchAgeSeconds: 600 },
    );
    bench.write('a');
    await bench.advance(700_000, 1_000);
    expect(bench.sink.stats().pending).toBe(0);
  });

  test('what left because memory was full holds nobody up', async () => {
    const headers = { 'retry-after': '300' };
    const bench = new SinkBench(
      { putLogEvents: [errorNamed('ServiceUnavailableException', { $response: { headers } })] },
      { batchSize: 1, maxQueueEvents: 1, overflowPolicy: 'drop_oldest' },
    );
    bench.write('a');
    await bench.advance(10);
    bench.write('c');
    expect(bench.sink.stats()).toMatchObject({ pending: 1, dropped: { total: 1 } });
    await bench.advance(LINGER_MS);
    expect(bench.sent).toContainEqual(['c']);
  });
});

describe('the account at any moment', () => {
  // A hook may look while the events that make room for a new one are dropped.
  test('isBalanced also when a hook looks at it while memory is full', async () => {
    const seen: boolean[] = [];
    const bench: SinkBench = new SinkBench(
      { putLogEvents: times(9, () => 'hang') },
      {
        maxQueueEvents: 2,
        maxConcurrency: 1,
        overflowPolicy: 'drop_oldest',
        onDiagnostic: () => seen.push(isBalanced(bench.sink.stats())),
      },
    );
    for (const message of ['a', 'b', 'c']) bench.write(message);
    expect(seen).toEqual([true]);
  });

  // Between two ranges of one answer the hook is called while the second one stands nowhere.
  test('isBalanced also when a hook looks at it between two kinds of rejection', async () => {
    const seen: boolean[] = [];
    const rejectedLogEventsInfo = { tooOldLogEventEndIndex: 1, tooNewLogEventStartIndex: 1 };
    const bench: SinkBench = new SinkBench(
      { putLogEvents: [{ requestId: 'r', rejectedLogEventsInfo }] },
      { batchSize: 2, onRejected: () => seen.push(isBalanced(bench.sink.stats())) },
    );
    bench.write('a');
    bench.write('b');
    await promisesRun();
    expect(seen).toEqual([true, true]);
  });

  test('a record without a time costs itself: the service would call it too old', async () => {
    const bench = new SinkBench();
    bench.write('a', Number.NaN);
    bench.write('b');
    await promisesRun();
    expect(bench.sink.stats()).toMatchObject({
      delivered: 1,
      diverted: { byReason: { tooOld: 1 } },
      pending: 0,
    });
    await bench.end();
  });

  test.each([Number.NaN, Infinity, 1e20])('a lost record of the time %d breaks nothing', async (timeMs) => {
    const bench = new SinkBench({}, { oversizeAction: 'drop' });
    bench.write('x'.repeat(1_100_000), timeMs);
    await bench.end();
    expect(bench.sink.stats().dropped.byReason).toEqual({ tooLarge: 1 });
  });
});
