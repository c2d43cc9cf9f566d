import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { shown } from '../../contract/problems.js';
import { guarded, reasonOf } from '../serialize/guard.js';
import { asMapping } from '../settings/document.js';
import { canonicalName, nameProblem, type PluginKind } from './registry.js';

/** A package whose package.json names the files that make sinks and filters. */
export interface PluginPackage {
  /** The name by which it was found. */
  readonly name: string;
  /** The name in its package.json; it differs where npm installed the package under an alias. */
  readonly ownName: string;
  /** Absolute paths by canonical name. */
  readonly sink: ReadonlyMap<string, string>;
  readonly filter: ReadonlyMap<string, string>;
}

/** The result of a search. `allowed` describes a package that the setting may name instead. */
export type FoundPackage =
  | { readonly kind: 'package'; readonly package: PluginPackage }
  /** `none` is no package of this name, or one without sinks and filters; `broken` has a faulty package.json. */
  | { readonly kind: 'none' | 'broken'; readonly allowed: string };

/** Names that npm accepts. None of them is a path out of node_modules. */
const PACKAGE_NAME = /^(@[a-z0-9~][\w.~-]*\/)?[a-z0-9~][\w.~-]*$/i;

/**
 * Reads the package.json of a package, and nothing else of it: from `node_modules` in the folder `from`, or in the nearest
 * one above that has the package. Reads it as a file, because `exports` may hide it from `require`.
 */
export function findPackage(name: string, from: string): FoundPackage {
  if (!PACKAGE_NAME.test(name)) return { kind: 'none', allowed: 'the name of an npm package' };
  for (const folder of packageFolders(name, resolve(from))) {
    try {
      const text = readFileSync(join(folder, 'package.json'), 'utf8');
      return readManifest(name, folder, JSON.parse(text));
    } catch (error) {
      if (!isAbsent(error)) {
        return { kind: 'broken', allowed: `a package with a readable package.json (${reasonOf(error)})` };
      }
    }
  }
  return { kind: 'none', allowed: `a package in node_modules of ${from} or above; install it with npm` };
}

/** Where Node looks for a package, nearest first. */
function packageFolders(name: string, from: string): string[] {
  const here = join(from, 'node_modules', name);
  const above = dirname(from);
  return above === from ? [here] : [here, ...packageFolders(name, above)];
}

function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(String((error as NodeJS.ErrnoException).code));
}

function readManifest(name: string, folder: string, manifest: unknown): FoundPackage {
  const declared = member(manifest, 'fapilog');
  if (declared === undefined) {
    return { kind: 'none', allowed: 'a package with sinks or filters: "fapilog" in its package.json' };
  }
  const problems = shapeProblems(declared);
  const read = (kind: PluginKind): Map<string, string> =>
    filesOf(kind, folder, member(declared, `${kind}s`), problems);
  const stated = member(manifest, 'name');
  const ownName = typeof stated === 'string' ? stated : name;
  const found: PluginPackage = { name, ownName, sink: read('sink'), filter: read('filter') };
  if (problems.length === 0) return { kind: 'package', package: found };
  return {
    kind: 'broken',
    allowed: `a package with a valid package.json; in this one, ${problems.join('; ')}`,
  };
}

function shapeProblems(declared: unknown): string[] {
  const keys = Object.keys(asMapping(declared) ?? {});
  if (keys.includes('sinks') || keys.includes('filters')) return [];
  return [`"fapilog" is ${shown(declared)}, and must be {"sinks": {"name": "./file.js"}, "filters": {…}}`];
}

function filesOf(
  kind: PluginKind,
  folder: string,
  declared: unknown,
  problems: string[],
): Map<string, string> {
  const files = new Map<string, string>();
  if (declared === undefined) return files;
  const mapping = asMapping(declared);
  if (!mapping) {
    problems.push(`"${kind}s" is ${shown(declared)}, and must be {"name": "./file.js"}`);
    return files;
  }
  for (const [name, path] of Object.entries(mapping)) {
    const twice = files.has(canonicalName(name)) ? `the ${kind} "${name}" is declared twice` : undefined;
    const problem = nameProblem(kind, name) ?? twice;
    const file = fileIn(folder, path);
    if (problem !== undefined) problems.push(problem);
    else if (file !== undefined) files.set(canonicalName(name), file);
    else problems.push(`the ${kind} "${name}" is ${shown(path)}, and must be a file in the package`);
  }
  return files;
}

/** The path of a file of a package, with links followed; `undefined` if there is no file, or if it lies outside of the package. */
function fileIn(folder: string, path: unknown): string | undefined {
  return guarded(() => {
    const file = realpathSync(resolve(folder, path as string));
    const way = relative(realpathSync(folder), file);
    const isOutside = way.startsWith(`..${sep}`) || isAbsolute(way);
    return !isOutside && statSync(file).isFile() ? file : undefined;
  }, undefined);
}

function member(value: unknown, key: string): unknown {
  const mapping = asMapping(value);
  return mapping && Object.hasOwn(mapping, key) ? mapping[key] : undefined;
}
