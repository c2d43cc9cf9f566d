/** Posts what nobody understands, then the outcomes of a drain in a form that is none. */
import { workerData } from 'node:worker_threads';

const { port, flags } = workerData;
const [IS_READY, IS_DRAINED] = [0, 1];
const post = (message) => port.postMessage(message);
for (const nonsense of [null, 'nonsense', {}, { kind: 'answer', id: -1 }]) post(nonsense);
port.on('message', ({ kind }) => {
  if (kind !== 'drain') return;
  post(null);
  post({ kind: 'outcome' });
  Atomics.store(flags, IS_DRAINED, 1);
  Atomics.notify(flags, IS_DRAINED);
});
Atomics.store(flags, IS_READY, 1);
Atomics.notify(flags, IS_READY);
