import { sourceFiles } from '../support/imports.js';

/** Functions of Node that a test may replace, so that what waits for them would wait for ever. */
const CALL =
  /(?<![.\w])(setTimeout|setInterval|setImmediate|clearTimeout)\(|(performance\.now|process\.hrtime|AbortSignal\.timeout)\b/g;

const IMPORT = /import \{([^}]*)\} from '[./]*(?:io\/)?real-timers\.js'/;

/** Such functions that a source calls, and that do not come from `io/real-timers.ts`. */
function fakeable(source: string): string[] {
  const imported = (IMPORT.exec(source)?.[1] ?? '').split(',').map((name) => name.trim());
  const called = [...source.matchAll(CALL)].map(([, name, member]) => (name ?? member)!);
  return called.filter((name) => !imported.includes(name));
}

test.each([
  ['setTimeout(work, 5);', ['setTimeout']],
  ["import { setTimeout } from '../io/real-timers.js';\nsetTimeout(work, 5);", []],
  [
    "import { setTimeout } from './real-timers.js';\nsetTimeout(work, 5); setImmediate(work);",
    ['setImmediate'],
  ],
  ['socket.setTimeout(5);', []],
  ['performance.now() - startedMs', ['performance.now']],
  ['AbortSignal.timeout(5)', ['AbortSignal.timeout']],
])('in %j: %j', (source, expected) => {
  expect(fakeable(source)).toEqual(expected);
});

test('nothing that is delivered waits for a timer that a test may fake', () => {
  const offenders = sourceFiles('runtime').flatMap(({ path, source }) =>
    fakeable(source).map((name) => `${path}: ${name}`),
  );
  expect(offenders).toEqual([]);
});
