/**
 * Puts what each door leads to into few files, after the compiler, whose type declarations stay. Node.js
 * loads one file in a fraction of the time that a hundred and fifty take.
 *
 * - `require` finds CommonJS, in which Node.js loads its own modules and other packages fastest,
 * - `import` the same modules by another name, so that both share one state,
 * - a bundler, which asks for the condition "module", ES modules with what is called of the AWS SDK and nothing else,
 * - a stack the construct, in CommonJS as CDK itself is.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleCdkDoor, bundleDoors, forBundlers, forNode } from './doors/bundle-doors.js';
import { asCommonJs } from './doors/common-js.js';
import { asEsModule } from './doors/es-module.js';
import { noticesOf } from './doors/notices.js';
import { copyCommonJs, writeOutput } from './doors/output.js';

const root = join(import.meta.dirname, '../../..');
const folderOf = (form: 'bundle' | 'cjs' | 'esm'): string => join(root, 'dist', form);

rmSync(folderOf('bundle'), { recursive: true, force: true });
rmSync(join(folderOf('cjs'), 'runtime/shared'), { recursive: true, force: true });

const bundled = await bundleDoors(root, forBundlers);
for (const output of bundled.outputs) writeOutput(folderOf('bundle'), output);
copyCommonJs(folderOf('esm'), folderOf('bundle'));

const { outputs, packages } = await bundleDoors(root, forNode);
for (const output of await Promise.all(outputs.map(asCommonJs))) writeOutput(folderOf('cjs'), output);
for (const output of outputs) if (output.isDoor) writeOutput(folderOf('esm'), asEsModule(output));

const cdk = await bundleCdkDoor(root);
for (const output of cdk.outputs) writeOutput(folderOf('cjs'), output);

const notices = noticesOf(root, [...bundled.packages, ...packages, ...cdk.packages]);
writeFileSync(join(root, 'dist/THIRD_PARTY_NOTICES.txt'), notices);
