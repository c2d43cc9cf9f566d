import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { guarded } from '../../runtime/serialize/guard.js';

/** A copy of a package on disk. */
export interface Copy {
  readonly folder: string;
  readonly version: string;
}

/** Folders of packages within folders of packages. npm nests few, and a link may lead in circles. */
const MAX_DEPTH = 4;

/** Every copy of a package that programs in this folder, or their dependencies, can load; those nearest to the folder first. */
export function copiesOf(name: string, folder: string): Copy[] {
  const folders = new Set(modulesAbove(folder).flatMap((modules) => foldersOf(name, modules, MAX_DEPTH)));
  return [...folders].flatMap((each) => copyIn(each) ?? []);
}

/** The copy that programs in this folder load. */
export function copyFor(name: string, folder: string): Copy | undefined {
  const candidates = modulesAbove(folder).map((modules) => join(modules, name));
  return candidates.map(copyIn).find((copy) => copy !== undefined);
}

function modulesAbove(folder: string): string[] {
  const parent = dirname(folder);
  return [join(folder, 'node_modules'), ...(parent === folder ? [] : modulesAbove(parent))];
}

function foldersOf(name: string, modules: string, depth: number): string[] {
  const own = guarded(() => [realpathSync(join(modules, name))], []);
  if (depth === 0) return own;
  const nested = packagesIn(modules).map((each) => join(modules, each, 'node_modules'));
  return [...own, ...nested.flatMap((each) => foldersOf(name, each, depth - 1))];
}

/** Packages, and those of scopes. pnpm keeps its copies in a folder with a dot. */
function packagesIn(modules: string): string[] {
  const names = guarded(() => readdirSync(modules), []);
  return names.flatMap((name) => {
    if (name === '.pnpm')
      return guarded(() => readdirSync(join(modules, name)), []).map((each) => join(name, each));
    if (name.startsWith('.')) return [];
    return name.startsWith('@')
      ? guarded(() => readdirSync(join(modules, name)), []).map((each) => join(name, each))
      : [name];
  });
}

function copyIn(folder: string): Copy | undefined {
  const text = guarded(() => readFileSync(join(folder, 'package.json'), 'utf8'), undefined);
  if (text === undefined) return undefined;
  const { version } = guarded(() => Object(JSON.parse(text)) as { version?: unknown }, {});
  return typeof version === 'string' ? { folder, version } : undefined;
}
