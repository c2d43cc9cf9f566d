import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeliveryStage, TARGET } from '../support/delivery-stage.js';
import { root } from '../support/imports.js';
import { runWith, type Ended } from '../support/programs.js';
import { installedRunners, RunnerProject } from '../support/test-runners.js';

let runners: string;
let project: RunnerProject;
let stage: DeliveryStage;

beforeAll(async () => {
  runners = installedRunners();
  project = new RunnerProject(runners);
  stage = await DeliveryStage.open();
}, 600_000);

afterAll(async () => {
  await stage.close();
  project.remove();
});

interface Runner {
  /** Where its tests are in the project, and where its settings. */
  readonly folder: string;
  readonly config?: string;
  /** The arguments of Node.js. */
  readonly command: () => readonly string[];
  /** The configuration file, if it has one, and the line of docs/testing.md in it. */
  readonly configOf?: (line: string) => string;
  readonly line?: string;
}

const SILENT_LINE = `process.env.FAPILOG_CORE__LOG_LEVEL = 'silent';`;
const JEST = ['--runInBand', '--testSequencer', './in-order.cjs', '--config', 'jest.config.cjs'];

function jestIn(folder: string, program: () => string, flags: readonly string[] = []): Runner {
  const options = {
    testEnvironment: 'node',
    testMatch: [`**/${folder}/*.test.?(m)js`],
    moduleFileExtensions: ['js', 'cjs', 'mjs', 'json'],
  };
  return {
    folder,
    command: () => [...flags, program(), ...JEST],
    config: 'jest.config.cjs',
    configOf: (line) => `${line}\nmodule.exports = ${JSON.stringify(options)};\n`,
    line: SILENT_LINE,
  };
}

function vitestIn(pool: string): Runner {
  return {
    folder: 'vitest',
    command: () => [join(runners, 'vitest/vitest.mjs'), 'run', '--pool', pool],
    config: 'vitest.config.mjs',
    configOf: (line) => `export default { test: { ${line} include: ['vitest/*.test.mjs'] } };\n`,
    line: `env: { FAPILOG_CORE__LOG_LEVEL: 'silent' },`,
  };
}

const newestJest = (): string => join(root, 'node_modules/jest/bin/jest.js');
const olderJest = (): string => join(runners, 'jest/bin/jest.js');

const all: Readonly<Record<string, Runner>> = {
  Jest: jestIn('jest', newestJest),
  'Jest 29': jestIn('jest', olderJest),
  'Jest with ES modules': jestIn('jest-esm', newestJest, ['--experimental-vm-modules']),
  'Vitest in processes': vitestIn('forks'),
  'Vitest in threads': vitestIn('threads'),
  mocha: {
    folder: 'mocha',
    command: () => [join(runners, 'mocha/bin/mocha.js'), 'mocha/*.cjs'],
    config: '.mocharc.cjs',
    configOf: (line) => `${line}\nmodule.exports = {};\n`,
    line: SILENT_LINE,
  },
  'node --test': { folder: 'node', command: () => ['--test', 'node/'] },
};

/** Runs the tests of the project that has these variables, and `line` in the settings of the runner. */
function runTests({ command, config, configOf }: Runner, env: NodeJS.ProcessEnv, line = ''): Promise<Ended> {
  if (config && configOf) writeFileSync(join(project.path, config), configOf(line));
  const inherited = {
    PATH: process.env['PATH'],
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    CI: 'true',
  };
  return runWith(command(), { ...inherited, ...env }, { cwd: project.path, timeoutMs: 50_000 });
}

const environment = (): NodeJS.ProcessEnv => ({
  FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: TARGET.logGroupName,
  FAPILOG_CLOUDWATCH__LOG_STREAM_NAME: TARGET.logStreamName,
  FAPILOG_CLOUDWATCH__ENDPOINT_URL: stage.service.endpoint,
  FAPILOG_CLOUDWATCH__BATCH_TIMEOUT_SECONDS: '0.1',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'AKIDSINK',
  AWS_SECRET_ACCESS_KEY: 'secret',
});

/** What must not be in the output of a run in which nothing went wrong. */
const TROUBLE = /fapilog-cloudwatch:|torn down|diverted|did not exit|Error/;

describe.each(Object.entries(all))('%s', (_, runner) => {
  test('passes with the line of the documents, and logs nothing', async () => {
    const silent = runner.line === undefined ? { FAPILOG_CORE__LOG_LEVEL: 'silent' } : {};
    const callsBefore = stage.service.calls.length;
    const { code, stdout, stderr } = await runTests(runner, { ...environment(), ...silent }, runner.line);

    expect({ code, output: stdout + stderr }).toEqual({
      code: 0,
      output: expect.not.stringMatching(TROUBLE) as string,
    });
    expect(stage.service.calls).toHaveLength(callsBefore);
  });

  test('passes, without a word of the logger that nobody closed', async () => {
    const { code, stdout, stderr } = await runTests(runner, environment());

    expect({ code, output: stdout + stderr }).toEqual({
      code: 0,
      output: expect.not.stringMatching(TROUBLE) as string,
    });
  });

  test('passes where the service cannot be reached', async () => {
    const env = {
      ...environment(),
      FAPILOG_CLOUDWATCH__ENDPOINT_URL: 'http://127.0.0.1:9',
      FAPILOG_CLOUDWATCH__SHUTDOWN_DEADLINE_SECONDS: '0.1',
    };
    const { code, stdout, stderr } = await runTests(runner, env);

    expect({ code, output: stdout + stderr }).toEqual({
      code: 0,
      output: expect.not.stringMatching(/torn down/) as string,
    });
  });

  test('passes where the service does not answer', async () => {
    stage.inject({ kind: 'hang', operation: '*', times: Infinity });
    const env = {
      ...environment(),
      FAPILOG_CLOUDWATCH__REQUEST_TIMEOUT_SECONDS: '1',
      FAPILOG_CLOUDWATCH__SHUTDOWN_DEADLINE_SECONDS: '0.1',
    };
    const { code, stdout, stderr } = await runTests(runner, env);
    stage.clearFaults();

    expect({ code, output: stdout + stderr }).toEqual({
      code: 0,
      output: expect.not.stringMatching(/torn down/) as string,
    });
  });

  test('passes where nothing is set', async () => {
    const { code } = await runTests(runner, {});

    expect(code).toBe(0);
  });
});

describe.each(['Jest', 'Jest 29'])('%s', (name) => {
  const runner = all[name]!;
  const only = (file: string): Runner => {
    const command = (): readonly string[] => [...runner.command(), '--testMatch', `**/jest/${file}`];
    return { ...runner, command };
  };

  test('waits for a logger that the tests close', async () => {
    const storedBefore = (await stage.stored()).length;
    const { code, stdout, stderr } = await runTests(only('closes.check.js'), environment());

    expect({ code, output: stdout + stderr }).toEqual({
      code: 0,
      output: expect.not.stringMatching(TROUBLE) as string,
    });
    expect(await stage.stored()).toHaveLength(storedBefore + 1);
  });

  test('lets a test mock the AWS SDK', async () => {
    const { code, stderr } = await runTests(only('mocks.check.js'), {
      ...environment(),
      FAPILOG_CLOUDWATCH__CLIENT: 'sdk',
    });

    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.any(String) as string });
  });
});
