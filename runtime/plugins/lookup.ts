import { nearest } from '../../contract/nearest.js';
import type { Problem } from '../../contract/problems.js';
import type { Settings } from '../settings/settings.js';
import { configOf, isSpellingOf, type RawConfig } from './config.js';
import { findPackage, type FoundPackage, type PluginPackage } from './package.js';
import {
  BUILT_IN,
  builtInName,
  canonicalName,
  registered,
  registeredNames,
  type BuiltInNames,
  type Factory,
  type PluginKind,
} from './registry.js';

/** A plugin's sink or filter: in the registry, or in a file of a package. */
export type PluginSource =
  | { readonly kind: 'registered'; readonly factory: Factory }
  | {
      readonly kind: 'package';
      readonly package: string;
      /** The name under which the package declares it, canonical. */
      readonly declared: string;
      readonly file: string;
    };

/** Where a sink or filter comes from. */
export type Source<Kind extends PluginKind> =
  PluginSource | { readonly kind: 'builtin'; readonly name: BuiltInNames[Kind] };

/** A sink or filter that the settings name, where it comes from, and its settings. */
export interface Choice<From = Source<PluginKind>> {
  readonly kind: PluginKind;
  /** Canonical. */
  readonly name: string;
  readonly source: From;
  readonly config: RawConfig;
}

type Found<Kind extends PluginKind> = { readonly source: Source<Kind> } | { readonly allowed: string };

/**
 * Finds sinks and filters by name, in this order: built-in, registered by code, declared by a package in `core.plugins`,
 * a package of that name. Reads no other package.
 */
export class Lookup {
  readonly #settings: Settings;
  readonly #from: string;
  readonly #packages: readonly PluginPackage[];
  /** Problems with the settings that were looked up so far. */
  readonly problems: Problem[] = [];
  /** Warnings, as sentences: probable mistakes that are no errors. */
  readonly notices: string[] = [];

  /** @param from the folder from which packages are looked for */
  constructor(settings: Settings, from: string) {
    this.#settings = settings;
    this.#from = from;
    this.#packages = settings.core.plugins.flatMap((value) => {
      const found = this.#package(value);
      if (found.kind === 'package') return [found.package];
      this.problems.push({ where: settings.placeOf('core', 'plugins'), value, allowed: found.allowed });
      return [];
    });
  }

  /** Finds all that the settings name, in their order. Adds what is wrong to {@link Lookup.problems}. */
  choose<Kind extends PluginKind>(kind: Kind): Choice<Source<Kind>>[] {
    const { core, foreign } = this.#settings;
    const choices: Choice<Source<Kind>>[] = [];
    for (const value of core[`${kind}s` as const]) {
      const found = this.#find(kind, value);
      const allowed = 'allowed' in found ? found.allowed : `each ${kind} once`;
      if ('allowed' in found || choices.some((other) => isSame(other, value, found.source))) {
        this.problems.push({ where: this.#settings.placeOf('core', `${kind}s`), value, allowed });
      } else choices.push(choiceOf(kind, value, found.source, foreign[`${kind}Config` as const]));
    }
    const used = choices.flatMap(({ name, source }) => namesOf(name, source));
    this.#checkConfigKeys(kind, [...used, ...this.#known(kind)]);
    return choices;
  }

  /** Settings of a known sink or filter may go unused. Settings of an unknown one are probably misspelt. */
  #checkConfigKeys(kind: PluginKind, names: readonly string[]): void {
    const plugins = names.filter((name) => !builtInName(kind, name));
    for (const key of Object.keys(this.#settings.foreign[`${kind}Config` as const])) {
      if (plugins.some((name) => isSpellingOf(name, key))) continue;
      const where = `${kind}Config.${key}`;
      const meant = nearest(canonicalName(key), names);
      if (meant === undefined) this.notices.push(`${where} belongs to no known ${kind}`);
      else {
        const allowed = `settings of a known ${kind}; did you mean "${meant}"?`;
        this.problems.push({ where, value: undefined, allowed });
      }
    }
  }

  /** All names, without those in packages that were not read. */
  #known(kind: PluginKind): string[] {
    const declared = this.#packages.flatMap((each) => [...each[kind].keys()]);
    return [...new Set([...Object.keys(BUILT_IN[kind]), ...registeredNames(kind), ...declared])];
  }

  #find<Kind extends PluginKind>(kind: Kind, name: string): Found<Kind> {
    const own = builtInName(kind, name);
    if (own !== undefined) return { source: { kind: 'builtin', name: own } };
    const factory = registered(kind, name);
    if (factory) return { source: { kind: 'registered', factory } };
    const canonical = canonicalName(name);
    const declaring = this.#packages.filter((each) => each[kind].has(canonical));
    if (declaring.length > 1) {
      const packages = declaring.map((each) => each.name).join(' and ');
      return { allowed: `a name that one package declares; ${packages} do` };
    }
    const [only] = declaring;
    return only ? { source: sourceIn(only, kind, canonical) } : this.#byPackageName(kind, name);
  }

  #byPackageName<Kind extends PluginKind>(kind: Kind, name: string): Found<Kind> {
    const found = this.#package(name);
    if (found.kind === 'package') return mainOf(found.package, kind);
    // A name with a scope can only mean a package.
    if (found.kind === 'broken' || name.startsWith('@')) return found;
    const known = this.#known(kind);
    const meant = nearest(canonicalName(name), known);
    const hint = meant ? `; did you mean "${meant}"?` : '';
    return { allowed: `one of ${known.join(', ')}, or one of a package in core.plugins${hint}` };
  }

  #package(name: string): FoundPackage {
    if (this.#isDenied(name)) return DENIED;
    const found = findPackage(name, this.#from);
    if (found.kind !== 'package') return found;
    if (this.#isDenied(found.package.ownName)) return DENIED;
    // Compares the exact spelling: another one is another package.
    return this.#settings.plugins.allowlist?.includes(name) === false ? NOT_ALLOWED : found;
  }

  /** In any spelling. */
  #isDenied(name: string): boolean {
    return this.#settings.plugins.denylist.some((each) => canonicalName(each) === canonicalName(name));
  }
}

const DENIED: FoundPackage = { kind: 'broken', allowed: 'a package that is not in plugins.denylist' };
const NOT_ALLOWED: FoundPackage = { kind: 'broken', allowed: 'a package that is in plugins.allowlist' };

/** Resolves the name of a package: to its only sink or filter, or to the one with the name of the package. */
function mainOf(found: PluginPackage, kind: PluginKind): { source: PluginSource } | { allowed: string } {
  const names = [...found[kind].keys()];
  const unscoped = canonicalName(found.name.replace(/^@[^/]*\//, ''));
  const main = names.length === 1 ? names[0] : names.find((name) => name === unscoped);
  if (main !== undefined) return { source: sourceIn(found, kind, main) };
  if (names.length === 0) return { allowed: `a package that declares a ${kind}` };
  return {
    allowed: `the name of one of its ${kind}s, ${names.join(', ')}, with the package in core.plugins`,
  };
}

function sourceIn(found: PluginPackage, kind: PluginKind, declared: string): PluginSource {
  return { kind: 'package', package: found.name, declared, file: found[kind].get(declared)! };
}

function choiceOf<From extends Source<PluginKind>>(
  kind: PluginKind,
  given: string,
  source: From,
  configs: Readonly<Record<string, unknown>>,
): Choice<From> {
  const name = canonicalName(given);
  const value = configOf(configs, namesOf(name, source));
  return { kind, name, source, config: { where: `${kind}_config.${given}`, value } };
}

/** The names under which the settings may stand. */
function namesOf(name: string, source: Source<PluginKind>): string[] {
  return source.kind === 'package' ? [name, source.declared] : [name];
}

function isSame(other: Choice, name: string, source: Source<PluginKind>): boolean {
  if (other.name === canonicalName(name)) return true;
  return other.source.kind === 'package' && source.kind === 'package' && other.source.file === source.file;
}
