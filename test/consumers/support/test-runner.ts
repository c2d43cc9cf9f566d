import type { Consumer, Ended } from './consumer.js';

/** A test runner in the project `test-runners`. */
export interface TestRunner {
  /** The files with its tests. */
  readonly tests: string;
  /** A file with tests that close their logger. */
  readonly closing: string;
  /** The arguments of Node.js that run these files. */
  readonly command: (files: string) => readonly string[];
  /** Its settings: name and text of the file with them, around the line of docs/testing.md. */
  readonly settings?: { readonly file: string; readonly textFor: (files: string, line: string) => string };
  /** The line of docs/testing.md that turns logging off; without settings, a variable of the command does it. */
  readonly silentLine?: string;
  /** @default - the Node.js that runs the tests here */
  readonly node?: number;
}

const SILENT_LINE = `process.env.FAPILOG_CORE__LOG_LEVEL = 'silent';`;

interface JestParts {
  readonly flags: readonly string[];
  readonly ending: string;
  readonly options: object;
}

/** A version of Jest, in the workspace that has it: Jest looks from there for its own parts. */
function jest(major: 29 | 30, folder: string, parts: Partial<JestParts> = {}): TestRunner {
  const { flags = [], ending = 'js', options } = parts;
  return {
    tests: `${folder}/*.test.${ending}`,
    closing: `${folder}/closes.check.${ending}`,
    command: () => [...flags, `jest-${major}/jest.cjs`, '--runInBand', '--config', 'jest.config.cjs'],
    settings: {
      file: 'jest.config.cjs',
      textFor: (files, line) => {
        const all = {
          rootDir: `jest-${major}`,
          roots: [`<rootDir>/../${folder}`],
          testMatch: [`<rootDir>/../${files}`],
          testSequencer: '<rootDir>/../in-order.cjs',
          testEnvironment: 'node',
          moduleFileExtensions: ['js', 'cjs', 'mjs', 'ts', 'json'],
          ...options,
        };
        return `${line}\nmodule.exports = ${JSON.stringify(all)};\n`;
      },
    },
    silentLine: SILENT_LINE,
  };
}

/** Vitest of today needs Node.js 22. */
function vitest(pool: string): TestRunner {
  return {
    tests: 'vitest/*.test.mjs',
    closing: 'vitest/closes.check.mjs',
    command: () => ['node_modules/vitest/vitest.mjs', 'run', '--pool', pool],
    settings: {
      file: 'vitest.config.mjs',
      textFor: (files, line) => `export default { test: { ${line} include: ['${files}'] } };\n`,
    },
    silentLine: `env: { FAPILOG_CORE__LOG_LEVEL: 'silent' },`,
    node: 22,
  };
}

export const testRunners = {
  Jest: jest(30, 'jest'),
  'Jest 29': jest(29, 'jest'),
  'Jest with ES modules': jest(30, 'jest-esm', { flags: ['--experimental-vm-modules'], ending: 'mjs' }),
  'Vitest in processes': vitest('forks'),
  'Vitest in threads': vitest('threads'),
  mocha: {
    tests: 'mocha/logs.cjs',
    closing: 'mocha/closes.cjs',
    command: (files: string) => ['node_modules/mocha/bin/mocha.js', files],
    settings: {
      file: '.mocharc.cjs',
      textFor: (_: string, line: string) => `${line}\nmodule.exports = {};\n`,
    },
    silentLine: SILENT_LINE,
  },
  'node --test': {
    tests: 'node/logs.test.mjs',
    closing: 'node/closes.test.mjs',
    command: (files: string) => ['--test', files],
  },
} satisfies Readonly<Record<string, TestRunner>>;

/** Jest again, as projects in TypeScript have it. */
export const tsJest = jest(30, 'ts-jest', { ending: 'ts', options: { preset: 'ts-jest' } });

/** Runs the files of the project that has these variables, and `line` in the settings of the runner. */
export function runTests(
  project: Consumer,
  { command, settings, node, tests }: TestRunner,
  env: Readonly<Record<string, string>>,
  { files = tests, line = '' } = {},
): Promise<Ended> {
  if (settings) project.write(settings.file, settings.textFor(files, line));
  return project.node(command(files), { node, env: { CI: 'true', ...env }, timeoutMs: 100_000 });
}
