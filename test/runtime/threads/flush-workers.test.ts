import { Worker } from 'node:worker_threads';
import { markAsCaller } from '../../../runtime/io/flush-request.js';
import { flushWorkers, flushWorkersSync } from '../../../runtime/threads/flush-workers.js';

const given = (value: unknown): Worker[] => value as Worker[];

test.each([
  ['a number', 7, '7'],
  ['nothing', undefined, 'undefined'],
  ['a text', 'worker', 'worker'],
  ['a list with something else in it', [new Map()], 'Map'],
  ['an object without a prototype', [Object.create(null)], 'an object'],
  [
    'a pool',
    new (class Pool {
      readonly threads = [];
    })(),
    'Pool; give it the threads of the pool',
  ],
])('%s is no worker thread', async (_, value, described) => {
  const message = `flushWorkers takes a worker thread or a list of them; it was given ${described}`;

  await expect(flushWorkers(given(value))).rejects.toThrow(new TypeError(message));
  expect(() => flushWorkersSync(given(value))).toThrow(new TypeError(message));
});

test.each([-1, Number.NaN, Infinity, '5' as unknown as number])('%p is no deadline', async (deadlineMs) => {
  const message = 'invalid setting: flushWorkers: options.deadlineMs is ';
  await expect(flushWorkers([], { deadlineMs })).rejects.toThrow(message);
  expect(() => flushWorkersSync([], { deadlineMs })).toThrow(message);
});

test.each([
  [{ deadline: 5 }, 'options.deadline is 5: no such option; there is deadlineMs'],
  [5_000, 'options is 5000; allowed: options such as { deadlineMs: 5000 }'],
  [null, 'options is null; allowed: options such as { deadlineMs: 5000 }'],
])('%p are no options', async (options, message) => {
  await expect(flushWorkers([], options as object)).rejects.toThrow(
    `invalid setting: flushWorkers: ${message}`,
  );
});

test('of no thread, nothing comes, at once', async () => {
  expect(await flushWorkers([])).toEqual([]);
  expect(flushWorkersSync(new Set())).toEqual([]);
});

test('a thread that has ended says so, and one that is given twice stands there once', async () => {
  const worker = new Worker('', { eval: true });
  await new Promise((resolve) => worker.on('exit', resolve));

  expect(await flushWorkers([worker, worker])).toEqual([{ worker, state: 'ended', account: undefined }]);
  expect(await flushWorkers(worker)).toHaveLength(1);
});

test('a thread without a sink does not cost the whole deadline', async () => {
  const worker = new Worker('setInterval(() => undefined, 1_000)', { eval: true });
  await new Promise((resolve) => worker.on('online', resolve));

  const flushed = await flushWorkers(worker, { deadlineMs: 600_000 });
  await worker.terminate();

  expect(flushed).toEqual([{ worker, state: 'noSink', account: undefined }]);
});

test('a thread that makes calls for a sink of another one is not waited for', async () => {
  const program = 'setInterval(() => undefined, 1_000)';
  const [caller, another] = [new Worker(program, { eval: true }), new Worker(program, { eval: true })];
  markAsCaller(caller);

  const flushed = await flushWorkers([caller, another], { deadlineMs: 0 });
  await Promise.all([caller.terminate(), another.terminate()]);

  expect(flushed.map(({ state }) => state)).toEqual(['noSink', 'busy']);
});
