/**
 * A worker thread of the application, which logs and then does what it is told. `workerData` says what; the thread posts `ready` once it
 * has logged.
 */
import { BroadcastChannel, parentPort, threadId, Worker, workerData } from 'node:worker_threads';
import { cloudwatchTo, loggerTo, logMany } from './settings.mjs';

const { stream, count = 100, firstId = 0, afterwards = 'waits', copies = 1 } = workerData;

const does = {
  waits: () => setInterval(() => undefined, 1_000),
  ends: () => undefined,
  exits: () => process.exit(),
  throws() {
    throw new Error('nobody catches this');
  },
  blocks: () => setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)),
  nests: () => startAnother(),
  hasNoSink: () => setInterval(() => undefined, 1_000),
  disturbs: () => answerWithNonsense(),
};

const logger = afterwards === 'hasNoSink' ? undefined : loggerTo(stream, { tellsAccount: false });
parentPort.on('message', (message) => post(`echo ${message}`)).unref();
if (count > 0) logMany(logger, count, firstId);
if (copies > 1) await logByAnotherCopy();
does[afterwards]();
if (afterwards !== 'nests') post('ready');

/** Posts what no version of the package says, and wrong answers to what is asked. */
function answerWithNonsense() {
  const channel = new BroadcastChannel('fapilog-cloudwatch.flush');
  channel.addEventListener('message', ({ data }) => {
    const answer = { version: 1, id: data.id, thread: threadId };
    const ask = { version: 1, kind: 'ask', id: 'another' };
    const nonsense = [
      undefined,
      'hello',
      { ...answer, kind: 'flushed' },
      { ...answer, kind: 'flushed', accounts: 7 },
      { ...answer, kind: 'flushed', thread: 4_711, accounts: [] },
      { ...answer, kind: 'flushed', version: 2, accounts: [] },
      { ...ask, threads: 'all', untilMs: 0 },
      { ...ask, threads: [threadId], untilMs: Number.NaN },
      { ...answer, kind: 'flushed', accounts: [undefined, { accepted: 'many' }] },
    ];
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    for (const each of nonsense) channel.postMessage(each);
  });
}

/** The form for bundlers has its own modules, as the package within a bundle has. */
async function logByAnotherCopy() {
  const { getLogger, Settings } = await import('../../../dist/bundle/runtime/index.js');
  const settings = new Settings({ sinkConfig: { cloudwatch: cloudwatchTo(`${stream}-bundled`) } });
  logMany(getLogger({ settings }), count, firstId + count);
}

function startAnother() {
  // After the logger of this thread, which so knows of it.
  const data = { ...workerData, stream: `${stream}-nested`, firstId: firstId + count, afterwards: 'waits' };
  const nested = new Worker(new URL(import.meta.url), { workerData: data });
  nested.once('message', () => post('ready'));
}

function post(message) {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort.postMessage(message);
}
