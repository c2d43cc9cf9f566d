import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { shown } from '../../contract/problems.js';
import { reasonOf } from '../serialize/guard.js';
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

/** The result of a search. `allowed` says what the setting should name instead. */
export type FoundPackage =
  | { readonly kind: 'package'; readonly package: PluginPackage }
  /** No package of this name, or one without sinks and filters. */
  | { readonly kind: 'none'; readonly allowed: string }
  /** A plugin with a faulty package.json. */
  | { readonly kind: 'broken'; readonly allowed: string };

const MEMBERS: Readonly<Record<PluginKind, string>> = { sink: 'sinks', filter: 'filters' };

/** Whether npm takes it as the name of a package. Such a name is no path out of node_modules. */
function isPackageName(name: string): boolean {
  return /^(@[a-z0-9~][\w.~-]*\/)?[a-z0-9~][\w.~-]*$/i.test(name);
}

/**
 * Reads the package.json of a package, and nothing else of it: from `node_modules` in the folder `from`, or in the nearest
 * one above that has the package. Reads it as a file, because `exports` may hide it from `require`.
 */
export function findPackage(name: string, from: string): FoundPackage {
  if (!isPackageName(name)) return { kind: 'none', allowed: 'the name of an npm package' };
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
    filesOf(kind, folder, member(declared, MEMBERS[kind]), problems);
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
    problems.push(`"${MEMBERS[kind]}" is ${shown(declared)}, and must be {"name": "./file.js"}`);
    return files;
  }
  for (const [name, path] of Object.entries(mapping)) {
    const twice = files.has(canonicalName(name)) ? `the ${kind} "${name}" is declared twice` : undefined;
    const problem = nameProblem(kind, name) ?? twice ?? pathProblem(folder, path, `the ${kind} "${name}"`);
    if (problem === undefined) files.set(canonicalName(name), realpathSync(resolve(folder, String(path))));
    else problems.push(problem);
  }
  return files;
}

/** Follows links: a file that a package declares must lie inside the package. */
function pathProblem(folder: string, path: unknown, what: string): string | undefined {
  if (typeof path !== 'string' || path.trim() === '') {
    return `${what} is ${shown(path)}, and must be the path of a file`;
  }
  if (isAbsolute(path) || !isInside(folder, resolve(folder, path))) {
    return `${what} is ${shown(path)}, which is outside of the package`;
  }
  try {
    const file = realpathSync(resolve(folder, path));
    if (!isInside(realpathSync(folder), file)) return `${what} is ${shown(path)}, a link out of the package`;
    return statSync(file).isFile() ? undefined : `${what} is ${shown(path)}, which is not a file`;
  } catch (error) {
    return `${what} is ${shown(path)}, which cannot be read (${reasonOf(error)})`;
  }
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function member(value: unknown, key: string): unknown {
  const mapping = asMapping(value);
  return mapping && Object.hasOwn(mapping, key) ? mapping[key] : undefined;
}
