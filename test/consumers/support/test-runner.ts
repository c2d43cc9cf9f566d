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
const JEST_ARGUMENTS = ['--runInBand', '--testSequencer', './in-order.cjs', '--config', 'jest.config.cjs'];

function jest(
  packageName: string,
  folder: string,
  { flags = [], ending = 'js', options = {} }: Partial<JestParts> = {},
): TestRunner {
  return {
    tests: `${folder}/*.test.${ending}`,
    closing: `${folder}/closes.check.${ending}`,
    command: () => [...flags, `node_modules/${packageName}/bin/jest.js`, ...JEST_ARGUMENTS],
    settings: {
      file: 'jest.config.cjs',
      textFor: (files, line) => {
        const all = {
          testEnvironment: 'node',
          testMatch: [`<rootDir>/${files}`],
          moduleFileExtensions: ['js', 'cjs', 'mjs', 'ts', 'json'],
          ...options,
        };
        return `${line}\nmodule.exports = ${JSON.stringify(all)};\n`;
      },
    },
    silentLine: SILENT_LINE,
  };
}

interface JestParts {
  readonly flags: readonly string[];
  readonly ending: string;
  readonly options: object;
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
  Jest: jest('jest', 'jest'),
  'Jest 29': jest('jest29', 'jest'),
  'Jest with ES modules': jest('jest', 'jest-esm', {
    flags: ['--experimental-vm-modules'],
    ending: 'mjs',
    options: { testEnvironment: 'node' },
  }),
  'Jest with ts-jest': jest('jest', 'ts-jest', { ending: 'ts', options: { preset: 'ts-jest' } }),
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
