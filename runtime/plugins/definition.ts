import type { Filter, FilterContext } from '../filter/filter.js';
import type { Sink } from '../sink-port.js';

/** A schema as valibot, zod and others offer it: https://standardschema.dev, version 1. */
export interface StandardSchema<Output = unknown> {
  /** What the specification asks for; settings are checked by `validate`. */
  readonly '~standard': {
    readonly version: 1;
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
  };
}

/** What a schema answers: the settings, or what is wrong with them. */
export type StandardResult<Output> =
  { readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly StandardIssue[] };

/** Something that is wrong with a value. */
export interface StandardIssue {
  /** What is wrong, as a sentence. */
  readonly message: string;
  /** Where in the value; nothing for all of it. */
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** What a sink may use besides its settings. */
export interface SinkContext {
  /** The name under which the settings know the sink. */
  readonly name: string;
  /** Reports trouble to the operator, not through the logger. */
  readonly report: (code: string, message: string) => void;
}

/** Makes a sink or a filter of its settings. */
export interface Definition<Config, Context, Thing> {
  /** Checks the settings before `create` gets them. @default - `create` gets them as they were written */
  readonly schema?: StandardSchema<Config> | undefined;
  /** Makes it, once for each logger whose settings name it. */
  create(config: Config, context: Context): Thing | Promise<Thing>;
}

/** Makes a sink; its settings are those of `sink_config.<name>`. */
export interface SinkDefinition<Config = any> extends Definition<Config, SinkContext, Sink> {}

/** Makes a filter; its settings are those of `filter_config.<name>`. */
export interface FilterDefinition<Config = any> extends Definition<Config, FilterContext, Filter> {}

/** A definition, or just the function that makes the sink. */
export type SinkFactory<Config = any> = SinkDefinition<Config> | SinkDefinition<Config>['create'];
/** A definition, or just the function that makes the filter. */
export type FilterFactory<Config = any> = FilterDefinition<Config> | FilterDefinition<Config>['create'];

/** Whether something is a promise of any kind. */
export function isThenable<Value>(value: Value | Promise<Value>): value is Promise<Value> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}
