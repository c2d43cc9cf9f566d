/**
 * Puts what each door leads to into few files, after the compiler, whose type declarations stay. Node.js
 * loads one file in a fraction of the time that a hundred and fifty take.
 *
 * - `require` finds CommonJS, in which Node.js loads its own modules and other packages fastest,
 * - `import` the same modules by another name, so that both share one state,
 * - a bundler, which asks for the condition "module", ES modules with what is called of the AWS SDK and nothing else,
 * - a stack the construct, in CommonJS as CDK itself is.
 */
import { join } from 'node:path';
import { bundleCdkDoor, bundleDoors, forBundlers, forNode } from './build/bundle.js';
import { asCommonJs } from './build/common-js.js';
import { asEsModule } from './build/es-module.js';
import { noticesOf } from './build/notices.js';
import { copyCommonJs, OutputFolder } from './build/output.js';

const root = join(import.meta.dirname, '../../..');
const folderOf = (form: 'bundle' | 'cjs' | 'esm'): OutputFolder => new OutputFolder(join(root, 'dist', form));
const [bundle, cjs, esm] = [folderOf('bundle'), folderOf('cjs'), folderOf('esm')];

const bundled = await bundleDoors(root, forBundlers);
for (const output of bundled.outputs) bundle.write(output);
copyCommonJs(esm.path, bundle);
bundle.prune('.');

const { outputs, packages } = await bundleDoors(root, forNode);
for (const output of await Promise.all(outputs.map(asCommonJs))) cjs.write(output);
for (const output of outputs) if (output.isDoor) esm.write(asEsModule(output));

const cdk = await bundleCdkDoor(root);
for (const output of cdk.outputs) cjs.write(output);
cjs.write({ path: 'package.json', code: JSON.stringify({ type: 'commonjs' }) });
cjs.prune('runtime/shared');

const notices = noticesOf(root, [...bundled.packages, ...packages, ...cdk.packages]);
new OutputFolder(join(root, 'dist')).write({ path: 'THIRD_PARTY_NOTICES.txt', code: notices });
