/**
 * Makes the files that the package ships. The compiler has left modules and declarations in `dist/build`, which is not
 * shipped. Each entry point becomes a few files, because Node.js loads one file in a fraction of the time that a hundred
 * and fifty take:
 *
 * - `dist/cjs`: CommonJS for `require`, in which Node.js loads its own modules and other packages fastest; and the
 *   declarations that entry points lead to,
 * - `dist/esm`: for `import`, the same modules by another name, so that both share one state,
 * - `dist/bundle`: for bundlers, which ask for the condition "module", ES modules with the parts of the AWS SDK that are
 *   called.
 *
 * There are no source maps. Nothing is minified, so a stack trace names functions and lines of the shipped files.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleForRequire, bundleModules, forBundlers, forNode, forTests } from './build/bundle.js';
import { asCommonJs } from './build/common-js.js';
import { asEsDeclaration, declarationFile, declarationsOf } from './build/declarations.js';
import { entryPoints, type Format } from './build/entry-points.js';
import { asEsModule } from './build/es-module.js';
import { noticesOf } from './build/notices.js';
import { filesIn, writeFolder } from './build/output.js';

const root = join(import.meta.dirname, '../../..');
const dist = join(root, 'dist');
const compiled = join(dist, 'build');

const all = entryPoints(root);
const sourcesIn = (...formats: readonly Format[]): string[] =>
  all.filter((entry) => entry.formats.join() === formats.join()).map(({ source }) => source);
const runtime = sourcesIn('bundle', 'cjs', 'esm');
const testing = sourcesIn('cjs', 'esm');
const construct = sourcesIn('cjs');

const toBundle = await bundleModules(root, runtime, forBundlers);
const toRun = await bundleModules(root, runtime, forNode);
const toTest = await bundleModules(root, testing, forTests);
const toSynthesize = await bundleForRequire(root, construct);

const modules = [...toRun.outputs, ...toTest.outputs];
const importable = modules.filter(({ isEntryPoint }) => isEntryPoint);

writeFolder(join(dist, 'bundle'), [...toBundle.outputs, ...filesIn(compiled, toBundle.commonJs)]);
writeFolder(join(dist, 'cjs'), [
  { path: 'package.json', code: JSON.stringify({ type: 'commonjs' }) },
  ...(await Promise.all(modules.map(asCommonJs))),
  ...filesIn(compiled, toRun.commonJs),
  ...toSynthesize.outputs,
  ...declarationsOf(compiled, [...runtime, ...testing, ...construct]),
]);
writeFolder(join(dist, 'esm'), [
  ...importable.map(asEsModule),
  ...filesIn(compiled, [...runtime, ...testing].map(declarationFile)).map(asEsDeclaration),
]);

const packages = [toBundle, toRun, toTest, toSynthesize].flatMap((each) => each.packages);
writeFileSync(join(dist, 'THIRD_PARTY_NOTICES.txt'), noticesOf(root, packages));
