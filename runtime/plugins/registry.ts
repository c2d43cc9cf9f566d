import { shown } from '../../contract/problems.js';
import type { FilterFactory, SinkFactory } from './definition.js';
import { isFactory } from './exported.js';
import { canonicalName, nameProblem, type PluginKind } from './name.js';
import { PluginError } from './plugin-error.js';

export type Factory = SinkFactory | FilterFactory;

/** By canonical name. */
type Registry = Readonly<Record<PluginKind, Map<string, Factory>>>;

/** A program can hold this package twice, as ES modules and as CommonJS: both must see what either registered. */
const REGISTRY = Symbol.for('fapilog-cloudwatch.registry');

/**
 * Makes a sink known under a name, for `core.sinks` to use. Its settings are those of `sink_config.<name>`.
 * Names are compared in lower case, with `-` as `_`. Register before the logger is made.
 *
 * @param factory a function that makes the sink, or `{ schema, create }` to have its settings checked first
 * @throws PluginError for the name of a built-in sink, and for a name that another factory has.
 */
export function registerSink<Config = any>(name: string, factory: SinkFactory<Config>): void {
  register('sink', name, factory);
}

/**
 * Makes a filter known under a name, for `core.filters` to use. Its settings are those of `filter_config.<name>`.
 * Names are compared in lower case, with `-` as `_`. Register before the logger is made.
 *
 * @param factory a function that makes the filter, or `{ schema, create }` to have its settings checked first
 * @throws PluginError for the name of a built-in filter, and for a name that another factory has.
 */
export function registerFilter<Config = any>(name: string, factory: FilterFactory<Config>): void {
  register('filter', name, factory);
}

/** The factory that somebody registered under this name, in whichever spelling. */
export function registered(kind: PluginKind, name: string): Factory | undefined {
  return registry()[kind].get(canonicalName(name));
}

export function registeredNames(kind: PluginKind): string[] {
  return [...registry()[kind].keys()];
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
