import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { moduleFolder } from './module-folder.cjs';

/** What the entry point `fapilog-cloudwatch/worker` leads to, and what a bundler makes of it. */
const FILES = ['fapilog-worker.js', 'fapilog-worker.mjs', 'fapilog-worker.cjs'];

/**
 * The file that the worker runs: as given, else the one beside this module, which in a bundle is the one beside the bundle.
 *
 * @throws Error telling where it was looked for and how to make it.
 */
export function workerFile(given?: string | URL): string {
  if (given !== undefined) {
    const isUrl = given instanceof URL || given.startsWith('file:');
    return existing([isUrl ? fileURLToPath(given) : resolve(given)]);
  }
  const folders = [...new Set([moduleFolder, programFolder()])].filter((folder) => folder !== undefined);
  return existing(folders.flatMap((folder) => FILES.map((name) => join(folder, name))));
}

function programFolder(): string | undefined {
  const [, program] = process.argv;
  return program === undefined ? undefined : dirname(resolve(program));
}

function existing(files: readonly string[]): string {
  const file = files.find((each) => existsSync(each));
  if (file !== undefined) return file;
  throw new Error(
    `there is no ${files.join(', ')}; bundle "fapilog-cloudwatch/worker" as a second entry point named fapilog-worker, ` +
      'beside the application, or say where it is: getLogger({ worker: { file } })',
  );
}
