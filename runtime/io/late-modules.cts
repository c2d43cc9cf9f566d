/**
 * CommonJS, so that modules that take milliseconds to load can be loaded when they are needed, and not before,
 * without waiting for them. A bundle of ES modules has no `require`; Node.js before 20.16 has nothing else.
 */
export const crypto = (): typeof import('node:crypto') =>
  process.getBuiltinModule?.('node:crypto') ?? require('node:crypto');

export const childProcess = (): typeof import('node:child_process') =>
  process.getBuiltinModule?.('node:child_process') ?? require('node:child_process');

const nodeModule = (): typeof import('node:module') =>
  process.getBuiltinModule?.('node:module') ?? require('node:module');

/**
 * A package that bundlers leave out because nothing imports it: from beside this package, else from the first of these folders
 * that has it; `undefined` if none has.
 */
export function requireFrom(name: string, folders: readonly string[]): unknown {
  const { createRequire } = nodeModule();
  for (const folder of typeof __dirname === 'string' ? [__dirname, ...folders] : folders) {
    try {
      return createRequire(`${folder}/`)(name);
    } catch {
      // Nor there.
    }
  }
  return undefined;
}
