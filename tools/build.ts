/**
 * Makes the files that the package ships. The compiler has left modules and declarations in `dist/build`, which is not
 * shipped. Each entry point becomes a few files, because Node.js loads one file in a fraction of the time that a hundred
 * and fifty take:
 *
 * - `dist/cjs`: CommonJS for `require`, in which Node.js loads its own modules and other packages fastest; and the
 *   declarations that entry points lead to,
 * - `dist/esm`: for `import`, the same modules by another name, so that both share one state,
 * - `dist/bundle`: for bundlers, ES modules, of which one entry point brings the parts of the AWS SDK that are called,
 * - `dist/cli`: the command line,
 * - `dist/viewer`: for browsers, the page of the local server.
 *
 * There are no source maps. Nothing else than the page is minified, so a stack trace names functions and lines of the shipped files.
 */
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  bundleModules,
  forBundlers,
  forCommands,
  forNode,
  forSynthesis,
  forTests,
  forThreads,
} from './build/bundle.js';
import { asProgram } from './build/program.js';
import { asCommonJs, behind } from './build/common-js.js';
import { asEsDeclaration, declarationFile, declarationsOf } from './build/declarations.js';
import { entryPoints } from './build/entry-points.js';
import { asEsModule } from './build/es-module.js';
import { noticesOf } from './build/notices.js';
import { filesIn, writeFolder } from './build/output.js';
import { buildViewer } from './build/viewer.js';

const root = join(import.meta.dirname, '../../..');
const dist = join(root, 'dist');
const compiled = join(dist, 'build');

const sources = entryPoints(root).map(({ source }) => source);
const sourcesIn = (folder: string): string[] => sources.filter((source) => source.startsWith(`${folder}/`));
const runtime = sourcesIn('runtime');
const threads = runtime.filter((source) => source.startsWith('runtime/worker/'));
const testing = sourcesIn('local');
const construct = sourcesIn('lib');

const toBundle = await bundleModules(root, runtime, forBundlers);
const toLog = await bundleModules(
  root,
  runtime.filter((source) => !threads.includes(source)),
  forNode,
);
const toThread = await bundleModules(root, threads, forThreads);
const toTest = await bundleModules(root, testing, forTests);
const toDefine = await bundleModules(root, construct, forSynthesis);
const toRun = await bundleModules(root, ['cli/main.ts'], forCommands);

const [checkOfPeers, checkOfWinston] = filesIn(compiled, [
  'lib/peers.cjs',
  'runtime/adapters/winston/peers.cjs',
]);
const toSynthesize = await Promise.all(toDefine.outputs.map(asCommonJs));

const modules = [...toLog.outputs, ...toThread.outputs, ...toTest.outputs];
const toRequire = (await Promise.all(modules.map(asCommonJs))).map((each) =>
  each.path === 'runtime/adapters/winston.js' ? behind(checkOfWinston!, each) : each,
);
const importable = [...modules, ...toDefine.outputs].filter(({ isEntryPoint }) => isEntryPoint);

writeFolder(join(dist, 'bundle'), [
  ...toBundle.outputs,
  ...toTest.outputs,
  ...toDefine.outputs,
  ...filesIn(compiled, toBundle.commonJs),
]);
writeFolder(join(dist, 'cjs'), [
  { path: 'package.json', code: JSON.stringify({ type: 'commonjs' }) },
  ...toRequire,
  ...toSynthesize.map((each) => behind(checkOfPeers!, each)),
  ...filesIn(compiled, [...new Set([...toLog.commonJs, ...toThread.commonJs])]),
  ...declarationsOf(compiled, sources),
]);
writeFolder(join(dist, 'esm'), [
  ...importable.map(asEsModule),
  ...filesIn(compiled, sources.map(declarationFile)).map(asEsDeclaration),
]);

writeFolder(join(dist, 'cli'), toRun.outputs.map(asProgram));
chmodSync(join(dist, 'cli/main.js'), 0o755);

const viewer = await buildViewer(root);
writeFolder(join(dist, 'viewer'), viewer.files);

const packages = [toBundle, toLog, toThread, toTest, toDefine, toRun, viewer].flatMap(
  (each) => each.packages,
);
writeFileSync(join(dist, 'THIRD_PARTY_NOTICES.txt'), noticesOf(root, packages));
