import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Consumer } from './support/consumer.js';
import { fine, ProgramRuns, programs, writePrograms } from './support/entry-point-programs.js';

/** What stays outside of bundles. */
const CDK = ['aws-cdk-lib', 'constructs', '@cloud-copilot/iam-simulate'];

/** The programs that a way of resolving can break: what each needs of the package is a file, a worker or a module of its own. */
const RESOLVING = ['index', 'pino', 'sdk', 'worker', 'yaml'];

/** Bundler, what the sources are, what the bundle is, and which programs run. */
const bundles: readonly (readonly [string, 'mjs' | 'cjs', 'module' | 'commonjs', readonly string[]])[] = [
  ['esbuild to CommonJS', 'mjs', 'commonjs', programs],
  ['esbuild to ES modules', 'mjs', 'module', programs],
  ['webpack', 'mjs', 'commonjs', programs],
  ['rspack', 'mjs', 'commonjs', programs],
  ['rollup to ES modules', 'mjs', 'module', programs],
  ['rolldown to ES modules', 'mjs', 'module', programs],
  ['vite to ES modules', 'mjs', 'module', programs],
  ['ncc', 'mjs', 'module', RESOLVING],
  ['ncc', 'cjs', 'commonjs', RESOLVING],
  ['esbuild with conditions to CommonJS', 'mjs', 'commonjs', RESOLVING],
  ['esbuild with conditions to ES modules', 'mjs', 'module', RESOLVING],
  ['webpack with conditions', 'mjs', 'commonjs', RESOLVING],
  ['rolldown with conditions to CommonJS', 'mjs', 'commonjs', RESOLVING],
  ['esbuild to CommonJS', 'cjs', 'commonjs', RESOLVING],
  ['esbuild with conditions to CommonJS', 'cjs', 'commonjs', RESOLVING],
];

let consumer: Consumer;
let runs: ProgramRuns;

beforeAll(async () => {
  consumer = await Consumer.of('bundlers');
  writePrograms(consumer.path);
  runs = await ProgramRuns.start(consumer);
});

afterAll(() => runs.end());

describe.each(bundles)('bundled by %s, from .%s', (bundler, extension, type, ran) => {
  let output: string;

  beforeAll(async () => {
    // Away from the project, where no package is found that is not in the bundle.
    output = realpathSync(mkdtempSync(join(tmpdir(), 'bundled-')));
    const sources = ran.map((name) => `${name}.${extension}`);
    const { by, stderr } = await consumer.node(['bundle.mjs', bundler, output, ...sources], {
      timeoutMs: 240_000,
    });
    if (by !== 0) throw new Error(stderr);
    writeFileSync(join(output, 'package.json'), JSON.stringify({ type }));
  });

  afterAll(() => rmSync(output, { recursive: true }));

  test.each(ran)('%s does its work where nothing else is installed', async (name) => {
    runs.link(outsideOf(name, bundler), output);
    expect(await runs.outcomeOf([fileOf(name)], output, name)).toEqual(fine(name));
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

/** What a bundled program needs beside it. */
function outsideOf(name: string, bundler: string): readonly string[] {
  if (name === 'winston' && /^esbuild.* to ES modules$/.test(bundler)) return ['winston'];
  return name.startsWith('cdk') ? CDK : [];
}
