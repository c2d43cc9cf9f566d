// Two invocations in each of THREADS threads, or in this one. Prints which of them were a cold start.
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { getLogger } from 'fapilog-cloudwatch';
import { withLambda } from 'fapilog-cloudwatch/lambda';

async function invokeTwice() {
  const seen = [];
  const sink = {
    name: 'seen',
    write: ({ fields }) => void seen.push(Object.assign({}, ...fields).coldStart),
    flush: async () => undefined,
    close: async () => undefined,
    stats: () => undefined,
  };
  const logger = getLogger({ sinks: [sink] });
  const handler = withLambda(async () => logger.info('runs'), { logger });
  await handler({}, {});
  await handler({}, {});
  return seen;
}

const threads = Number(process.env.THREADS ?? 4);
if (!isMainThread)
  parentPort.postMessage(await invokeTwice()); // oxlint-disable-line unicorn/require-post-message-target-origin -- a port has none
else if (threads === 0) console.log(JSON.stringify(await invokeTwice()));
else {
  const workers = Array.from({ length: threads }, () => new Worker(new URL(import.meta.url)));
  const seen = await Promise.all(
    workers.map((worker) => new Promise((resolve) => worker.once('message', resolve))),
  );
  console.log(JSON.stringify(seen.flat()));
}
