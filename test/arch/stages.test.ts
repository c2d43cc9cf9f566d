import { posix } from 'node:path';
import { importsOf, sourceFiles } from '../support/imports.js';

/**
 * The order of runtime's folders, and of the files beside them: each imports only from those before it. An event goes the
 * same way, from `serialize` to `ack`; whoever builds the way comes after it, and the logger last.
 */
const STAGES = [
  'io',
  'log-record',
  'batch',
  'queue',
  'serialize',
  'send',
  'direct',
  'sdk',
  'client',
  'ack',
  'threads',
  'sink-port',
  'ending-options',
  'edges',
  'spool',
  'stream-name',
  'worker',
  'entry',
  'settings',
  'enrich',
  'sink-option-problems',
  'sink-options',
  'assemble',
  'flush',
  'delivery-report',
  'delivery-metrics',
  'sink',
  'filter',
  'redact',
  'plugins',
  'sinks',
  'logger',
  'lambda',
  'adapters',
  'yaml',
  'index',
] as const;

/** The folder of a file, or its own name if it is in none. */
function stageOf(path: string): string {
  const [, first = '', second] = path.split('/');
  return second === undefined ? first.replace(/\.c?ts$/, '') : first;
}

/** Imports that lead to a later stage, each as a sentence. */
function backwards(path: string, source: string): string[] {
  const rank = (stage: string): number => STAGES.indexOf(stage as (typeof STAGES)[number]);
  const own = stageOf(path);
  return importsOf(source)
    .filter(({ from }) => from.startsWith('.'))
    .map(({ from }) => posix.join(posix.dirname(path), from))
    .filter((target) => target.startsWith('runtime/'))
    .map((target) => stageOf(target.replace(/\.(c?)js$/, '.$1ts')))
    .filter((stage) => stage !== own && (rank(stage) < 0 || rank(stage) > rank(own)))
    .map((stage) => `${path} imports from ${stage}`);
}

test('runtime has the stages of the table, all of them', () => {
  const found = new Set(sourceFiles('runtime').map(({ path }) => stageOf(path)));

  expect([...found].toSorted()).toEqual([...STAGES].toSorted());
});

test('a stage imports only from those before it', () => {
  expect(sourceFiles('runtime').flatMap(({ path, source }) => backwards(path, source))).toEqual([]);
});

test.each([
  ['runtime/send/x.ts', `import { Settler } from '../ack/settler.js';`, 'ack'],
  ['runtime/send/x.ts', `import type { Settler } from '../ack/settler.js';`, 'ack'],
  ['runtime/ack/x.ts', `import type { Sink } from '../sink-port.js';`, 'sink-port'],
  ['runtime/worker/x.ts', `import { StreamSink } from '../sinks/stream-sink.js';`, 'sinks'],
  ['runtime/serialize/x.ts', `const a = await import('../filter/level.js');`, 'filter'],
  ['runtime/io/x.ts', `export * from '../new-room/x.js';`, 'new-room'],
])('in %s, it is found: %s', (path, source, stage) => {
  expect(backwards(path, `${source}\n`)).toEqual([`${path} imports from ${stage}`]);
});

test.each([
  ['runtime/ack/x.ts', `import type { Verdict } from '../send/verdict.js';`],
  ['runtime/send/x.ts', `import { verdict } from './verdict.js';`],
  ['runtime/send/x.ts', `import { LEVELS } from '../../contract/levels.js';`],
])('in %s, it may stand: %s', (path, source) => {
  expect(backwards(path, `${source}\n`)).toEqual([]);
});
