/** Runs the apps of the examples named by the arguments, which use the built package; each has a directory of its own in the first. */
import { join } from 'node:path';

const [, , directory, ...names] = process.argv;

for (const name of names) {
  process.env.CDK_OUTDIR = join(directory, name);
  await import(`../../dist/build/examples/${name}/app.js`);
}
