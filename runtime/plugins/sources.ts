import { nearest } from '../../contract/nearest.js';
import type { Problem } from '../../contract/problems.js';
import type { Settings } from '../settings/settings.js';
import { builtinNames, canonicalName, isBuiltin, type PluginKind } from './name.js';
import { findPackage, type FoundPackage, type PluginPackage } from './package.js';
import { registered, registeredNames, type Factory } from './registry.js';

/** Where a sink or filter comes from. */
export type Source =
  | { readonly kind: 'builtin' }
  | { readonly kind: 'registered'; readonly factory: Factory }
  | {
      readonly kind: 'package';
      readonly package: string;
      /** The name under which the package declares it, canonical. */
      readonly declared: string;
      readonly file: string;
    };

export type Lookup = { readonly source: Source } | { readonly problem: Problem };

/** The setting that names sinks, or filters. */
export const namesSetting: Readonly<Record<PluginKind, string>> = {
  sink: 'core.sinks',
  filter: 'core.filters',
};

/**
 * Finds sinks and filters by name: built-in ones first, then those that code registered, then those of the packages in
 * `core.plugins`, at last a package of that very name. No other package is looked at.
 */
export class PluginSources {
  readonly #lists: Settings['plugins'];
  readonly #from: string;
  readonly #found = new Map<string, FoundPackage>();
  readonly #packages: readonly PluginPackage[];
  /** What is wrong with the packages in `core.plugins`. */
  readonly problems: readonly Problem[];

  constructor({ core, plugins }: Settings, from: string) {
    this.#lists = plugins;
    this.#from = from;
    const outcomes = core.plugins.map((name) => ({ name, outcome: this.#find(name) }));
    this.#packages = outcomes.flatMap(({ outcome }) => (outcome.kind === 'package' ? [outcome.package] : []));
    this.problems = outcomes.flatMap(({ name, outcome }) =>
      outcome.kind === 'package' ? [] : [{ where: 'core.plugins', value: name, allowed: outcome.allowed }],
    );
  }

  /** All names that are known without looking at further packages. */
  known(kind: PluginKind): string[] {
    const declared = this.#packages.flatMap((each) => [...each[kind].keys()]);
    return [...new Set([...builtinNames[kind], ...registeredNames(kind), ...declared])];
  }

  lookUp(kind: PluginKind, name: string): Lookup {
    if (isBuiltin(kind, name)) return { source: { kind: 'builtin' } };
    const factory = registered(kind, name);
    if (factory) return { source: { kind: 'registered', factory } };
    const problem = (allowed: string): Lookup => ({
      problem: { where: namesSetting[kind], value: name, allowed },
    });
    const declaring = this.#packages.filter((each) => each[kind].has(canonicalName(name)));
    const [first, second] = declaring;
    if (first && second) {
      return problem(
        `a name that one package declares; ${declaring.map((each) => each.name).join(' and ')} do`,
      );
    }
    if (first) return { source: sourceIn(first, kind, canonicalName(name)) };
    return this.#byPackageName(kind, name, problem);
  }

  #byPackageName(kind: PluginKind, name: string, problem: (allowed: string) => Lookup): Lookup {
    const found = this.#find(name);
    if (found.kind === 'package') {
      const declared = mainName(found.package, kind);
      if (declared !== undefined) return { source: sourceIn(found.package, kind, declared) };
      const names = [...found.package[kind].keys()];
      return problem(
        names.length === 0
          ? `a package that declares a ${kind}`
          : `the name of one of its ${kind}s, ${names.join(', ')}, with the package in core.plugins`,
      );
    }
    // Whoever writes a scope means a package.
    if (found.kind === 'broken' || name.startsWith('@')) return problem(found.allowed);
    return problem(unknownName(name, this.known(kind)));
  }

  #find(name: string): FoundPackage {
    const known = this.#found.get(name);
    if (known) return known;
    const found = this.#isDenied(name) ? denied : this.#permitted(findPackage(name, this.#from));
    this.#found.set(name, found);
    return found;
  }

  #permitted(found: FoundPackage): FoundPackage {
    if (found.kind !== 'package') return found;
    const { name, ownName } = found.package;
    if (this.#isDenied(ownName)) return denied;
    // Exactly this name: another spelling is another package.
    return this.#lists.allowlist?.includes(name) === false ? notAllowed : found;
  }

  /** In any spelling. */
  #isDenied(name: string): boolean {
    return this.#lists.denylist.some((each) => canonicalName(each) === canonicalName(name));
  }
}

const denied: FoundPackage = { kind: 'broken', allowed: 'a package that is not in plugins.denylist' };
const notAllowed: FoundPackage = { kind: 'broken', allowed: 'a package that is in plugins.allowlist' };

/** The one that a package's own name stands for: its only one, or the one that is called like the package. */
function mainName(found: PluginPackage, kind: PluginKind): string | undefined {
  const names = [...found[kind].keys()];
  const unscoped = canonicalName(found.name.replace(/^@[^/]*\//, ''));
  return names.length === 1 ? names[0] : names.find((name) => name === unscoped);
}

function sourceIn(found: PluginPackage, kind: PluginKind, declared: string): Source {
  return { kind: 'package', package: found.name, declared, file: found[kind].get(declared)! };
}

function unknownName(name: string, known: readonly string[]): string {
  const meant = nearest(canonicalName(name), known);
  const hint = meant ? `; did you mean "${meant}"?` : '';
  return `one of ${known.join(', ')}, or one of a package in core.plugins${hint}`;
}
