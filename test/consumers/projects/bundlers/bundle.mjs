/** Bundles programs of this project: `bundle.mjs <bundler> <output> <program>…`. Each becomes a file `<name>.js`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, extname, join } from 'node:path';

const require = createRequire(import.meta.url);
const project = import.meta.dirname;
const [, , bundler, output, ...programs] = process.argv;

/** CDK, and the simulator of IAM. */
const external = ['aws-cdk-lib', 'constructs', '@cloud-copilot/iam-simulate'];
/** Paths by names, with the worker beside the programs, as the documentation says. */
const inputs = {
  ...Object.fromEntries(programs.map((name) => [basename(name, extname(name)), join(project, name)])),
  'fapilog-worker': workerSource(),
};

function workerSource() {
  const isModule = extname(programs[0]) === '.mjs';
  const path = join(project, isModule ? 'fapilog-worker.mjs' : 'fapilog-worker.cjs');
  const name = `'fapilog-cloudwatch/worker'`;
  writeFileSync(path, isModule ? `import ${name};\n` : `require(${name});\n`);
  return path;
}

async function esbuild(format, options = {}) {
  const { build } = await import('esbuild');
  await build({
    entryPoints: inputs,
    outdir: output,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format,
    // A bundle of ES modules cannot hold what is CommonJS and requires modules of Node.js.
    external: format === 'esm' ? [...external, 'winston'] : external,
    absWorkingDir: project,
    logLevel: 'error',
    ...options,
  });
}

/** @param pack webpack, or rspack, which takes the same */
async function webpack(pack, resolve = {}) {
  const compiler = pack({
    mode: 'none',
    target: 'node20',
    context: project,
    entry: inputs,
    output: { path: output, filename: '[name].js', library: { type: 'commonjs2' } },
    externals: Object.fromEntries(external.map((name) => [name, `commonjs2 ${name}`])),
    resolve,
    optimization: { minimize: false },
    performance: false,
  });
  const stats = await new Promise((resolved, rejected) => {
    compiler.run((error, result) => (error ? rejected(error) : resolved(result)));
  });
  if (stats.hasErrors()) throw new Error(stats.toString({ all: false, errors: true }));
}

async function rollup(format) {
  const { rollup: run } = require('rollup');
  const [{ nodeResolve }, commonjs, json] = [
    require('@rollup/plugin-node-resolve'),
    require('@rollup/plugin-commonjs'),
    require('@rollup/plugin-json'),
  ];
  const bundle = await run({
    input: inputs,
    external,
    plugins: [
      nodeResolve({ exportConditions: ['node', '@example/source'], preferBuiltins: true }),
      commonjs(),
      json(),
    ],
    treeshake: false,
    onwarn: () => undefined,
  });
  await bundle.write({ dir: output, format, entryFileNames: '[name].js' });
  await bundle.close();
}

async function rolldown(format, conditionNames) {
  const { rolldown: run } = await import('rolldown');
  const resolve = conditionNames ? { conditionNames } : {};
  const bundle = await run({ input: inputs, external, platform: 'node', cwd: project, resolve });
  await bundle.write({ dir: output, format, entryFileNames: '[name].js' });
  await bundle.close();
}

async function vite() {
  const { build } = await import('vite');
  await build({
    configFile: false,
    root: project,
    logLevel: 'error',
    ssr: { noExternal: true, external, target: 'node' },
    build: {
      ssr: true,
      outDir: output,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: { input: inputs, output: { format: 'es', entryFileNames: '[name].js' } },
    },
  });
}

async function ncc() {
  const run = require('@vercel/ncc');
  for (const [name, path] of Object.entries(inputs)) {
    const { code, assets } = await run(path, { externals: external, quiet: true, cache: false });
    const folder = join(output, name);
    write(join(folder, name === 'fapilog-worker' ? 'fapilog-worker.js' : 'index.js'), code);
    for (const [asset, { source }] of Object.entries(assets)) write(join(folder, asset), source);
  }
}

function write(path, text) {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
}

const bundlers = {
  'esbuild to CommonJS': () => esbuild('cjs'),
  'esbuild to ES modules': () => esbuild('esm'),
  'esbuild with conditions to CommonJS': () => esbuild('cjs', { conditions: ['@example/source'] }),
  'esbuild with conditions to ES modules': () => esbuild('esm', { conditions: ['@example/source'] }),
  webpack: () => webpack(require('webpack')),
  rspack: () => webpack(require('@rspack/core').rspack),
  'webpack with conditions': () =>
    webpack(require('webpack'), { conditionNames: ['@example/source', 'node', 'import', 'require'] }),
  'rollup to ES modules': () => rollup('es'),
  'rolldown to ES modules': () => rolldown('es'),
  'rolldown with conditions to CommonJS': () =>
    rolldown('cjs', ['@example/source', 'node', 'import', 'require']),
  'vite to ES modules': vite,
  ncc,
};

mkdirSync(output, { recursive: true });
await bundlers[bundler]();
