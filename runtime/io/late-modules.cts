/**
 * CommonJS, so that modules of Node.js that take milliseconds to load can be loaded when they are needed, and not before,
 * without waiting for them. A bundle of ES modules has no `require`; Node.js before 20.16 has nothing else.
 */
export const crypto = (): typeof import('node:crypto') =>
  process.getBuiltinModule?.('node:crypto') ?? require('node:crypto');

export const childProcess = (): typeof import('node:child_process') =>
  process.getBuiltinModule?.('node:child_process') ?? require('node:child_process');
