import { FILTERS, SINKS, type FilterName, type SinkName } from '../../contract/built-in.js';
import { shown } from '../../contract/problems.js';
import type { FilterFactory, SinkFactory } from './definition.js';

export type PluginKind = 'sink' | 'filter';

export type Factory = SinkFactory | FilterFactory;

/** A sink or filter of a plugin could not be registered, loaded or made. The message says which one and what to do. */
export class PluginError extends Error {
  /** Names the class, where `instanceof` finds another copy of the package. */
  override readonly name = 'PluginError';
  /** Stable: identifies this error, also where it comes from another copy of the package. */
  readonly code = 'FAPILOG_PLUGIN';
}

/** The sinks and filters that come with the package. Plugins cannot take these names. */
export const BUILT_IN = { sink: SINKS, filter: FILTERS } as const;

export interface BuiltInNames {
  readonly sink: SinkName;
  readonly filter: FilterName;
}

/** By canonical name. */
type Registry = Readonly<Record<PluginKind, Map<string, Factory>>>;

/** A program can hold this package twice, as ES modules and as CommonJS. Both copies share the registry. */
const REGISTRY = Symbol.for('fapilog-cloudwatch.registry');

/**
 * Registers a sink under a name, for `core.sinks` to use. Its settings are those of `sink_config.<name>`.
 * Names are compared in lower case, with `-` as `_`. Register before the logger is made.
 *
 * @param factory a function that makes the sink, or `{ schema, create }` to have its settings checked first
 * @throws PluginError for the name of a built-in sink, and for a name that another factory has.
 */
export function registerSink<Config = any>(name: string, factory: SinkFactory<Config>): void {
  register('sink', name, factory);
}

/**
 * Registers a filter under a name, for `core.filters` to use. Its settings are those of `filter_config.<name>`.
 * Names are compared in lower case, with `-` as `_`. Register before the logger is made.
 *
 * @param factory a function that makes the filter, or `{ schema, create }` to have its settings checked first
 * @throws PluginError for the name of a built-in filter, and for a name that another factory has.
 */
export function registerFilter<Config = any>(name: string, factory: FilterFactory<Config>): void {
  register('filter', name, factory);
}

/** The factory that is registered under this name, in any spelling. */
export function registered(kind: PluginKind, name: string): Factory | undefined {
  return registry()[kind].get(canonicalName(name));
}

export function registeredNames(kind: PluginKind): string[] {
  return [...registry()[kind].keys()];
}

/** The spelling in which names are compared: lower case, `-` is `_`. */
export function canonicalName(name: string): string {
  return name.trim().toLowerCase().replaceAll('-', '_');
}

/** The built-in name that this is a spelling of; `undefined` for another name. */
export function builtInName<Kind extends PluginKind>(
  kind: Kind,
  name: string,
): BuiltInNames[Kind] | undefined {
  const canonical = canonicalName(name);
  return Object.hasOwn(BUILT_IN[kind], canonical) ? (canonical as BuiltInNames[Kind]) : undefined;
}

/** Why a plugin cannot give this name to a sink or filter; `undefined` if it can. */
export function nameProblem(kind: PluginKind, name: unknown): string | undefined {
  if (typeof name !== 'string' || !/^[a-z][\w.-]*$/i.test(name)) {
    return `${shown(name)} is no name of a ${kind}; a letter, then letters, digits, "_", "-" and "." are`;
  }
  if (builtInName(kind, name)) return `"${name}" is the name of a built-in ${kind}; choose another`;
  return undefined;
}

/** Whether something can make a sink or a filter: a function, or an object with a function `create`. */
export function isFactory(value: unknown): value is Factory {
  return typeof value === 'function' || typeof (value as { create?: unknown } | null)?.create === 'function';
}

function register(kind: PluginKind, name: string, factory: Factory): void {
  const problem = nameProblem(kind, name);
  if (problem !== undefined) throw new PluginError(problem);
  if (!isFactory(factory)) {
    throw new PluginError(
      `the factory of ${kind} "${name}" is ${shown(factory)}; a function or { schema, create } is wanted`,
    );
  }
  const known = registered(kind, name);
  if (known !== undefined && known !== factory) {
    throw new PluginError(`a ${kind} named "${name}" is registered already, with another factory`);
  }
  registry()[kind].set(canonicalName(name), factory);
}

function registry(): Registry {
  const shared = globalThis as { [REGISTRY]?: Registry };
  return (shared[REGISTRY] ??= { sink: new Map(), filter: new Map() });
}
