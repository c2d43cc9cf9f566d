/** Ends its worker threads, or itself, in the way that ENDING names. What `flushWorkers` says goes to stdout, a line each. */
import { writeSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { flushWorkers, flushWorkersSync } from '../../../dist/esm/runtime/index.js';

const { ENDING, THREADS = '[{}]', DEADLINE_MS = '30000' } = process.env;
const deadlineMs = Number(DEADLINE_MS);

const endings = {
  naturally: () => undefined,
  terminate: () => Promise.all(workers.map((worker) => worker.terminate())),
  exit: () => process.exit(0),
  async flushAndTerminate() {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    for (const worker of workers) worker.postMessage('hello');
    say(await flushWorkers(workers, { deadlineMs }));
    await endings.terminate();
  },
  async flushAndExit() {
    say(await flushWorkers(new Set(workers), { deadlineMs }));
    process.exit(0);
  },
  async flushEnded() {
    const [first] = workers;
    const flushing = flushWorkers(workers, { deadlineMs });
    void first.terminate();
    say(await flushing);
    await endings.terminate();
  },
  exitAndFlush() {
    process.on('exit', () => say(flushWorkersSync(workers, { deadlineMs })));
    process.exit(0);
  },
  throwAndFlush() {
    process.on('exit', () => say(flushWorkersSync(workers, { deadlineMs })));
    setImmediate(() => {
      throw new Error('nobody catches this');
    });
  },
  onSignal() {
    process.once('SIGTERM', () => void endings.flushAndExit());
    console.log('ready');
  },
  async terminateOneAndStartAnother() {
    await endings.terminate();
    const [another] = await start([{ stream: 'another', count: 0 }]);
    // What the dead thread left is delivered when the new one has started, without a wait.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    say(await flushWorkers(another, { deadlineMs }));
    await another.terminate();
  },
};

const workers = await start(JSON.parse(THREADS));
await endings[ENDING]();

function start(threads) {
  return Promise.all(
    threads.map(async (data, index) => {
      const workerData = { stream: `thread-${index}`, firstId: index * 1_000, ...data };
      const worker = new Worker(new URL('logs-for-another.mjs', import.meta.url), { workerData });
      worker.on('error', () => undefined);
      worker.on('message', (message) => message === 'ready' || console.log(message));
      await new Promise((resolve) => worker.once('message', resolve).once('exit', resolve));
      return worker;
    }),
  );
}

function say(flushed) {
  const texts = flushed.map(({ worker, state, account }) => {
    const index = workers.indexOf(worker);
    return JSON.stringify({ index, state, account });
  });
  writeSync(1, `${texts.join('\n')}\n`);
}
