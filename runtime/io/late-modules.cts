/**
 * Loads modules with their first use and without waiting: a start takes no longer for modules that most programs never need, and
 * log calls stay synchronous. It is CommonJS because an ES module has to wait for `import()`, and bundlers follow `require`
 * with a plain name in CommonJS only.
 *
 * Here, and in the files named below, is what Node.js 20 needs and 22.12 does not. When 22.12 is the lowest version, `require` loads
 * ES modules and the package can do without a CommonJS build. Then these go:
 * - `folderOfThisPackage` and `worker/module-folder.cts`, for `import.meta.dirname`
 * - `?? require('node:x')`, since `process.getBuiltinModule` is always there
 * - `spool/crc32.ts`, for `zlib.crc32`
 * - the escape codes in `sinks/colour.ts`, for `util.styleText`
 * - `tools/build/common-js.ts` and `tools/build/es-module.ts`
 */

interface LateModules {
  readonly 'node:child_process': typeof import('node:child_process');
  readonly 'node:crypto': typeof import('node:crypto');
  readonly 'node:http': typeof import('node:http');
  readonly 'node:https': typeof import('node:https');
  readonly 'node:module': typeof import('node:module');
  readonly 'node:net': typeof import('node:net');
  readonly 'node:tty': typeof import('node:tty');
  readonly 'node:util': typeof import('node:util');
  readonly 'node:vm': typeof import('node:vm');
  readonly 'node:worker_threads': typeof import('node:worker_threads');
  readonly '@pinojs/redact': typeof import('@pinojs/redact', { with: { 'resolution-mode': 'require' } });
  readonly 'sonic-boom': typeof import('sonic-boom');
}

/** A bundle of ES modules has no `require` for the modules of Node.js; Node.js before 20.16 has nothing else. */
const load: { readonly [Name in keyof LateModules]: () => LateModules[Name] } = {
  'node:child_process': () =>
    process.getBuiltinModule?.('node:child_process') ?? require('node:child_process'),
  'node:crypto': () => process.getBuiltinModule?.('node:crypto') ?? require('node:crypto'),
  'node:http': () => process.getBuiltinModule?.('node:http') ?? require('node:http'),
  'node:https': () => process.getBuiltinModule?.('node:https') ?? require('node:https'),
  'node:module': () => process.getBuiltinModule?.('node:module') ?? require('node:module'),
  'node:net': () => process.getBuiltinModule?.('node:net') ?? require('node:net'),
  'node:tty': () => process.getBuiltinModule?.('node:tty') ?? require('node:tty'),
  'node:util': () => process.getBuiltinModule?.('node:util') ?? require('node:util'),
  'node:vm': () => process.getBuiltinModule?.('node:vm') ?? require('node:vm'),
  'node:worker_threads': () =>
    process.getBuiltinModule?.('node:worker_threads') ?? require('node:worker_threads'),
  '@pinojs/redact': () => require('@pinojs/redact'),
  'sonic-boom': () => require('sonic-boom'),
};

export function requireLate<Name extends keyof LateModules>(name: Name): LateModules[Name] {
  return load[name]();
}

/** In a bundle of CommonJS, the folder of the bundle; in one of ES modules, which have none, `undefined`. */
export const folderOfThisPackage: string | undefined = typeof __dirname === 'string' ? __dirname : undefined;

/**
 * A package that bundlers leave out because nothing imports it: from beside this package, else from the first of these folders
 * that has it; `undefined` if none has.
 */
export function requireFrom(name: string, folders: readonly string[]): unknown {
  try {
    return requireThatFinds(name, folders)?.(name);
  } catch {
    return undefined;
  }
}

/** `require` as in the first of the same folders from which it finds the package. It looks in those of `NODE_PATH`, too. */
export function requireThatFinds(name: string, folders: readonly string[]): NodeJS.Require | undefined {
  for (const folder of folderOfThisPackage === undefined ? folders : [folderOfThisPackage, ...folders]) {
    const requireThere = requireAt(`${folder}/`);
    try {
      requireThere.resolve(name);
      return requireThere;
    } catch {
      // Nor there.
    }
  }
  return undefined;
}

/** `require` as in this file, or in a file of this folder. */
export function requireAt(path: string): NodeJS.Require {
  return requireLate('node:module').createRequire(path);
}

/**
 * Whether Jest has loaded this module, whose `require` knows no extensions. Jest never tells a program that it ends, and waits for
 * ever for one that holds the process.
 */
export const isInJest: boolean =
  process.env['JEST_WORKER_ID'] !== undefined &&
  typeof require === 'function' &&
  Object.keys(require.extensions ?? { '.js': undefined }).length === 0;

/** `require` as in this file, as long as it is a file of its own; in a bundle, and in Jest, whose modules are others, `undefined`. */
export function requireOfThisFile(): NodeJS.Require | undefined {
  const isBundled = typeof __filename !== 'string' || !__filename.endsWith('late-modules.cjs');
  return isBundled || isInJest ? undefined : requireAt(__filename);
}

/**
 * Whether Jest has ended the test file that loaded this package. Jest gives each file modules of its own and takes them away at its
 * end; a module that is loaded afterwards makes the whole run fail, although all tests have passed.
 */
export function isTornDown(): boolean {
  return isInJest && hasNoModules(require.cache);
}

/** After `jest.resetModules()` this module is not there either, but those that the test goes on with are. */
function hasNoModules(cache: NodeJS.Dict<NodeJS.Module>): boolean {
  return cache[__filename] === undefined && Object.keys(cache).length === 0;
}
