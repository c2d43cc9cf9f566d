import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { root } from '../support/imports.js';
import { SsmStub } from '../support/ssm-stub.js';

const run = promisify(execFile);

/** What each program does once it has the class. */
const PRINT = `
(async () => {
  try {
    const settings = process.argv[2] === 'load' ? await Settings.load() : new Settings();
    console.log(settings.sinkConfig.cloudwatch.logGroupName);
  } catch (error) {
    console.log(error.message);
  }
})();
`;
const ENTRY_POINT = 'runtime/index.js';

/** How a program reads its settings. */
const WAYS = ['new', 'load'];

let folder: string;
let stub: SsmStub;

/** A folder without any packages. */
beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'settings-parameter-')));
  const cloudwatch = { log_group_name: '/from/ssm' };
  stub = await SsmStub.start({ '/app/logging': JSON.stringify({ sink_config: { cloudwatch } }) });
});

afterAll(async () => {
  await stub.stop();
  rmSync(folder, { recursive: true });
});

async function outputsOf(program: string, env?: NodeJS.ProcessEnv): Promise<string[]> {
  return Promise.all(WAYS.map((way) => outputOf(program, env, way)));
}

async function outputOf(program: string, env: NodeJS.ProcessEnv = {}, way = 'new'): Promise<string> {
  const { stdout } = await run(process.execPath, [join(folder, program), way], {
    cwd: folder,
    env: { PATH: process.env['PATH'], FAPILOG_CONFIG_SSM: '/app/logging', ...stub.environment, ...env },
  });
  return stdout.trim();
}

test('the package as it is built reads a parameter, imported and required', async () => {
  const esm = pathToFileURL(join(root, 'dist/esm', ENTRY_POINT)).href;
  writeFileSync(join(folder, 'built.mjs'), `import { Settings } from '${esm}';${PRINT}`);
  const cjs = JSON.stringify(join(root, 'dist/cjs', ENTRY_POINT));
  writeFileSync(join(folder, 'built.cjs'), `const { Settings } = require(${cjs});${PRINT}`);

  expect(await Promise.all(['built.mjs', 'built.cjs'].map((program) => outputsOf(program)))).toEqual([
    ['/from/ssm', '/from/ssm'],
    ['/from/ssm', '/from/ssm'],
  ]);
}, 30_000);

describe('a bundle', () => {
  beforeAll(async () => {
    await build({
      stdin: { contents: `import { Settings } from './runtime/index.js';${PRINT}`, resolveDir: root },
      bundle: true,
      minify: true,
      keepNames: true,
      platform: 'node',
      target: 'node20',
      outfile: join(folder, 'bundle.cjs'),
      absWorkingDir: root,
    });
  });

  test('reads a parameter with the client that is installed beside it, as in Lambda', async () => {
    expect(await outputsOf('bundle.cjs', { NODE_PATH: join(root, 'node_modules') })).toEqual([
      '/from/ssm',
      '/from/ssm',
    ]);
  });

  test('says what to install where there is none', async () => {
    const problem =
      'invalid setting: FAPILOG_CONFIG_SSM is "/app/logging"; allowed: the name or ARN of an SSM parameter that can ' +
      'be read; reading it needs the package @aws-sdk/client-ssm: npm install @aws-sdk/client-ssm';

    expect(await outputsOf('bundle.cjs')).toEqual([problem, problem]);
  });
});

test('a preloaded module that logs, and that writes to standard output, does no harm', async () => {
  const cjs = JSON.stringify(join(root, 'dist/cjs', ENTRY_POINT));
  writeFileSync(
    join(folder, 'preload.cjs'),
    `console.log('preloaded'); const { Settings } = require(${cjs});${PRINT}`,
  );
  writeFileSync(join(folder, 'main.cjs'), '');

  expect(await outputOf('main.cjs', { NODE_OPTIONS: `--require ${join(folder, 'preload.cjs')}` })).toBe(
    'preloaded\n/from/ssm',
  );
  expect((await stub.calls()).map(({ name }) => name)).toEqual(Array(7).fill('/app/logging'));
}, 30_000);
