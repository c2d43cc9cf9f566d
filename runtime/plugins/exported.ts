import { shown } from '../../contract/problems.js';
import type { FilterFactory, SinkFactory, StandardSchema } from './definition.js';
import { PluginError } from './plugin-error.js';

/** A definition of either kind, as far as both are alike. */
export interface Definition<Context, Thing, Config = any> {
  readonly schema?: StandardSchema<Config> | undefined;
  create(config: Config, context: Context): Thing | Promise<Thing>;
}

/** Whether something can make a sink or a filter: a function, or an object with one named `create`. */
export function isFactory(value: unknown): value is SinkFactory | FilterFactory {
  return typeof value === 'function' || typeof member(value, 'create') === 'function';
}

/** A function alone is a definition without a schema. */
export function definitionOf<Context, Thing>(
  factory: Definition<Context, Thing> | Definition<Context, Thing>['create'],
): Definition<Context, Thing> {
  return typeof factory === 'function' ? { create: factory } : factory;
}

/**
 * The factory that a module exports: by default, or the module itself. What a compiler makes of `export default` in
 * CommonJS stands one default deeper.
 *
 * @throws PluginError if there is none.
 */
export function exportedFactory(module: unknown): SinkFactory | FilterFactory {
  const byDefault = member(module, 'default');
  const factory = [byDefault, member(byDefault, 'default'), module].find(isFactory);
  if (factory) return factory;
  throw new PluginError(
    `its default export is ${shown(byDefault)}; a function or { schema, create } is wanted`,
  );
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
