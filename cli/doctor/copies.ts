import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { guarded } from '../../runtime/serialize/guard.js';

/** A copy of a package on disk. */
export interface Copy {
  readonly folder: string;
  readonly version: string;
}

/** Every copy of a package that programs in this folder, or their dependencies, can load; those nearest to the folder first. */
export function copiesOf(name: string, folder: string): Copy[] {
  const read = new Set<string>();
  const folders = new Set(modulesAbove(folder).flatMap((modules) => foldersOf(name, modules, read)));
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

/** @param read folders that were read. The packages of a workspace link to one another, so that paths lead in circles. */
function foldersOf(name: string, modules: string, read: Set<string>): string[] {
  const real = guarded(() => realpathSync(modules), undefined);
  if (real === undefined || read.has(real)) return [];
  read.add(real);
  const own = guarded(() => [realpathSync(join(real, name))], []);
  const nested = packagesIn(real).map((each) => join(real, each, 'node_modules'));
  return [...own, ...nested.flatMap((each) => foldersOf(name, each, read))];
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
