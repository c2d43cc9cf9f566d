/**
 * Prints by each method that Node's console has: `prints.mjs <way>`. `plain` only prints; `captured` captures as well, `silently` in
 * place of printing, `thread` in a worker thread; `toStdout` has the lines on stdout by a sink of ours.
 */
import { once } from 'node:events';
import { Worker, isMainThread } from 'node:worker_threads';
import { captureConsole } from '../../../dist/esm/runtime/adapters/console.js';
import { cloudwatchTo } from './settings.mjs';

const [, , way] = process.argv;
const cloudwatch = cloudwatchTo('api-server');

const captures = {
  plain: () => undefined,
  captured: () => captureConsole({ ...cloudwatch, passThrough: true }),
  silently: () => captureConsole({ ...cloudwatch, passThrough: false }),
  thread: () => captureConsole({ ...cloudwatch, passThrough: false }),
  toStdout: () => captureConsole(),
};

function printAll() {
  console.debug('a debug line');
  console.log('order %s of %d', 'o-1', 5, { id: 7 });
  console.info('an info line', [1, 2]);
  console.warn('a warning');
  console.error('failed', new TypeError('no card'));
  console.dir({ dir: { deep: true } }, { depth: 0 });
  console.dirxml('dirxml', { id: 8 });
  console.table([{ a: 1, b: 2 }], ['a']);
  console.table('no table');
  console.trace('traced %d', 1);
  console.assert(true, 'not printed');
  console.assert(false, 'order %s', 'o-2');
  console.group('outer %d', 1);
  console.log('within');
  console.groupCollapsed('inner');
  console.log('deep within');
  console.groupEnd();
  console.groupEnd();
  console.count('visits');
  console.count('visits');
  console.countReset('visits');
  console.count('visits');
  console.time('work');
  console.timeLog('work', { step: 1 });
  console.timeEnd('work');
  console.timeStamp('nothing');
  console.log('%c50 %% done', 'color: red');
  console.log();
  console.clear();
}

if (way === 'thread' && isMainThread) {
  await once(new Worker(new URL(import.meta.url), { argv: [way] }), 'exit');
} else {
  const capture = captures[way]();
  printAll();
  await capture?.close({ deadlineMs: 30_000 });
}
