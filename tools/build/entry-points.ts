import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An import that the package offers. */
export interface EntryPoint {
  /** As `exports` in package.json has it: `.`, `./pino`. */
  readonly name: string;
  readonly source: string;
}

type Target = string | { readonly [condition: string]: Target };

interface Manifest {
  readonly exports: Readonly<Record<string, Target>>;
}

/** The entry points that `exports` in package.json lists. No other list exists: sources are named after published files. */
export function entryPoints(root: string): EntryPoint[] {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
  return Object.entries(exports)
    .filter(([name]) => name !== './package.json')
    .map(([name, target]) => entryPointOf(name, filesOf(target)));
}

function filesOf(target: Target): string[] {
  return typeof target === 'string' ? [target] : Object.values(target).flatMap(filesOf);
}

/** @throws Error if its files are named after several sources */
function entryPointOf(name: string, files: readonly string[]): EntryPoint {
  const [source, ...others] = new Set(files.map(sourceOf));
  if (source === undefined || others.length > 0)
    throw new Error(
      `"${name}" in package.json leads to ${files.join(', ')}; expected: the files of one source`,
    );
  return { name, source };
}

function sourceOf(file: string): string {
  return file.replace(/^\.\/dist\/\w+\//, '').replace(/(\.d\.ts|\.js)$/, '.ts');
}
