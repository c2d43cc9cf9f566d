import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { startLocalCloudWatchLogs } from '../../../local/index.js';
import { root } from '../../support/imports.js';
import { InstalledPackage, linkPackage } from '../../support/installed-package.js';
import { runWith } from '../../support/programs.js';

const here = join(root, 'test/pipeline/entry-points');
const programs = readdirSync(join(here, 'programs')).map((name) => basename(name, '.mjs'));

/** What stays outside of bundles. */
const CDK = ['aws-cdk-lib', 'constructs', '@cloud-copilot/iam-simulate'];

/** What programs need besides. */
const PEERS = [...CDK, 'winston'];

/** What came of a program. */
interface Outcome {
  readonly code: number;
  readonly printed: unknown;
  /** Log events that the service has. */
  readonly stored: number;
  /** What the package reported, and errors. */
  readonly trouble: string;
}

const expected: Readonly<Record<string, Partial<Outcome>>> = {
  cdk: { printed: { groups: 1, warnings: 1 } },
  'cdk-testing': { printed: { judged: true, violations: [] } },
  console: { printed: { accepted: 1, delivered: 1 }, stored: 1 },
  http: { printed: { accepted: 1, delivered: 1 }, stored: 1 },
  index: { printed: { accepted: 1, delivered: 1 }, stored: 1 },
  lambda: { printed: { accepted: 1, delivered: 1 }, stored: 1 },
  logtape: { printed: { accepted: 1, delivered: 1 }, stored: 1 },
  otel: { printed: { code: 0, delivered: 1 }, stored: 2 },
  pino: { printed: { isClosed: true, delivered: 1 }, stored: 2 },
  sdk: { printed: { accepted: 1, delivered: 1 }, stored: 1 },
  stream: { printed: { accepted: 2, delivered: 2 }, stored: 2 },
  testing: { printed: { asked: 1 } },
  winston: { printed: { accepted: 1, delivered: 1 }, stored: 1 },
  worker: { printed: { accepted: 1, delivered: 1 }, stored: 1 },
  yaml: { printed: { accepted: 1, delivered: 1 }, stored: 1 },
};

/** The same programs in a project of ES modules, and in one of CommonJS. */
const projects = {} as Record<'import' | 'require', InstalledPackage>;

beforeAll(() => {
  projects.import = new InstalledPackage(PEERS);
  projects.require = new InstalledPackage(PEERS);
  for (const name of programs) {
    const source = readFileSync(join(here, 'programs', `${name}.mjs`), 'utf8');
    writeFileSync(join(projects.import.path, `${name}.mjs`), source);
    writeFileSync(join(projects.require.path, `${name}.cjs`), withRequire(source));
  }
});

afterAll(() => {
  projects.import.remove();
  projects.require.remove();
});

function withRequire(source: string): string {
  return source
    .replaceAll(/^import (\{.*\}) from ('.*');/gm, 'const $1 = require($2);')
    .replaceAll(
      /^import (\w+), (\{.*\}) from ('.*');/gm,
      'const $2 = require($3), { default: $1 } = require($3);',
    )
    .replaceAll(/^import (winston) from ('.*');/gm, 'const $1 = require($2);')
    .replaceAll(/^import (\w+) from ('.*');/gm, 'const { default: $1 } = require($2);')
    .replaceAll(/^import ('.*');/gm, 'require($1);');
}

const inherited = Object.entries(process.env).filter(([name]) => !/^(FAPILOG|NODE|AWS|JEST)_/.test(name));

/** Runs a program in a folder, with a service of its own. */
async function outcomeOf(command: readonly string[], cwd: string): Promise<Outcome> {
  const service = await startLocalCloudWatchLogs();
  writeFileSync(join(cwd, 'logging.yaml'), 'core:\n  log_level: warn\n');
  const env = {
    ...Object.fromEntries(inherited),
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIDSINK',
    AWS_SECRET_ACCESS_KEY: 'secret',
    FAPILOG_CORE__SINKS: '["cloudwatch"]',
    FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/myapp/production',
    FAPILOG_CLOUDWATCH__LOG_STREAM_NAME: 'api-server',
    FAPILOG_CLOUDWATCH__CREATE_LOG_GROUP: 'true',
    FAPILOG_CLOUDWATCH__ENDPOINT_URL: service.endpoint,
    ...(/\bsdk\b/.test(command.at(-1)!) && { FAPILOG_CLOUDWATCH__CLIENT: 'sdk' }),
    ...(/\byaml\b/.test(command.at(-1)!) && { FAPILOG_CONFIG_FILE: 'logging.yaml' }),
  };
  const { code, stdout, stderr } = await runWith(command, env, { cwd });
  const stored = service.calls.reduce((sum, call) => sum + call.stored, 0);
  await service.close();
  return { code, printed: parsed(stdout), stored, trouble: troubleIn(stderr) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Node.js and CDK also warn of their versions on stderr. */
function troubleIn(stderr: string): string {
  return /fapilog-cloudwatch:|Error/.test(stderr) ? stderr : '';
}

const fine = (name: string): Outcome => ({ code: 0, stored: 0, trouble: '', printed: '', ...expected[name] });

test('every entry point has a program', () => {
  expect(programs.toSorted()).toEqual(Object.keys(expected).toSorted());
});

describe.each(['import', 'require'] as const)('installed, by %s', (how) => {
  const extension = how === 'import' ? 'mjs' : 'cjs';

  test.each(programs)('%s does its work', async (name) => {
    expect(await outcomeOf([`${name}.${extension}`], projects[how].path)).toEqual(fine(name));
  });

  test.each(programs)('%s does its work where the condition "node-addons" is off', async (name) => {
    const command = ['--no-addons', `${name}.${extension}`];

    expect(await outcomeOf(command, projects[how].path)).toEqual(fine(name));
  });
});

test('import and require lead to one state, from each entry point', async () => {
  const paths = ['', '/pino', '/stream', '/cdk', '/cdk/testing', '/testing'].map(
    (path) => `fapilog-cloudwatch${path}`,
  );
  const program = `
    import { createRequire } from 'node:module';
    const require = createRequire(import.meta.url);
    const others = [];
    for (const path of ${JSON.stringify(paths)}) {
      const [imported, required] = [await import(path), require(path)];
      for (const name of Object.keys(required)) if (imported[name] !== required[name]) others.push(path + ' ' + name);
    }
    console.log(JSON.stringify(others));`;
  writeFileSync(join(projects.import.path, 'both.mjs'), program);

  expect(await outcomeOf(['both.mjs'], projects.import.path)).toMatchObject({ code: 0, printed: [] });
});

test('a program that is given as a text imports it', async () => {
  const text = `import('fapilog-cloudwatch').then(({ LEVELS }) => console.log(LEVELS.length))`;

  expect(await outcomeOf(['--eval', text], projects.import.path)).toMatchObject({ code: 0, printed: 6 });
});

/** Jest has conditions of its own: those of its environment, which may be none. */
test.each([['node', 'node-addons'], ['browser'], []])(
  'Jest with the conditions %p requires it',
  async (...given) => {
    const conditions = given.filter((each) => typeof each === 'string');
    const { path } = projects.require;
    writeFileSync(
      join(path, 'jest.config.json'),
      JSON.stringify({ testEnvironmentOptions: { customExportConditions: conditions }, transform: {} }),
    );
    writeFileSync(
      join(path, 'entry.test.js'),
      `test('works', () => expect(require('fapilog-cloudwatch').getLogger).toBeInstanceOf(Function));`,
    );
    const jest = join(root, 'node_modules/jest/bin/jest.js');
    const { code } = await outcomeOf([jest, '--runInBand', '--config', 'jest.config.json'], path);

    expect(code).toBe(0);
  },
);

/** What a bundled program needs beside it. */
function outsideOf(name: string, bundler: string): readonly string[] {
  if (name === 'winston' && /^esbuild.* to ES modules$/.test(bundler)) return ['winston'];
  return name.startsWith('cdk') ? CDK : [];
}

/** Name, what the sources are, and what the bundle is. */
const bundles: readonly (readonly [string, 'import' | 'require', 'module' | 'commonjs'])[] = [
  ['esbuild to CommonJS', 'import', 'commonjs'],
  ['esbuild to ES modules', 'import', 'module'],
  ['esbuild with conditions to CommonJS', 'import', 'commonjs'],
  ['esbuild with conditions to ES modules', 'import', 'module'],
  ['webpack', 'import', 'commonjs'],
  ['webpack with conditions', 'import', 'commonjs'],
  ['rollup to ES modules', 'import', 'module'],
  ['rolldown to ES modules', 'import', 'module'],
  ['rolldown with conditions to CommonJS', 'import', 'commonjs'],
  ['ncc', 'import', 'module'],
  ['esbuild to CommonJS', 'require', 'commonjs'],
  ['esbuild with conditions to CommonJS', 'require', 'commonjs'],
  ['ncc', 'require', 'commonjs'],
];

describe.each(bundles)('bundled by %s, with %s', (bundler, how, type) => {
  let output: string;

  beforeAll(async () => {
    // Away from the tree, where no package is found that is not in the bundle.
    output = mkdtempSync(join(tmpdir(), 'bundled-'));
    const command = [join(here, 'bundlers.mjs'), bundler, projects[how].path, output];
    const { code, stderr } = await runWith(command, process.env, { timeoutMs: 240_000 });
    if (code !== 0) throw new Error(stderr);
    writeFileSync(join(output, 'package.json'), JSON.stringify({ type }));
  }, 240_000);

  afterAll(() => rmSync(output, { recursive: true }));

  test.each(programs)('%s does its work where nothing else is installed', async (name) => {
    for (const each of outsideOf(name, bundler))
      if (!existsSync(join(output, 'node_modules', each))) linkPackage(each, output);
    expect(await outcomeOf([fileOf(name)], output)).toEqual(fine(name));
    rmSync(join(output, 'node_modules'), { recursive: true, force: true });
  });

  /** One file, or a folder in which the worker has to be, too. */
  function fileOf(name: string): string {
    const file = join(output, `${name}.js`);
    if (existsSync(file)) return file;
    if (name === 'worker') cpSync(join(output, 'fapilog-worker'), join(output, name), { recursive: true });
    return join(output, name, 'index.js');
  }
});
