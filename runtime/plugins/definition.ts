import type { Filter, FilterContext } from '../filter/filter.js';
import type { Sink } from '../sink-port.js';

/** A schema as valibot, zod and others offer it: https://standardschema.dev, version 1. */
export interface StandardSchema<Output = unknown> {
  readonly '~standard': {
    readonly version: 1;
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
  };
}

export type StandardResult<Output> =
  { readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly StandardIssue[] };

export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** What a sink may use besides its settings. */
export interface SinkContext {
  /** The name under which the settings know the sink. */
  readonly name: string;
  /** Reports trouble to the operator, not through the logger. */
  readonly report: (code: string, message: string) => void;
}

/** Makes a sink. `schema` checks `sink_config.<name>` first; without one, the sink gets it as it is. */
export interface SinkDefinition<Config = any> {
  readonly schema?: StandardSchema<Config> | undefined;
  create(config: Config, context: SinkContext): Sink | Promise<Sink>;
}

/** Makes a filter. `schema` checks `filter_config.<name>` first. */
export interface FilterDefinition<Config = any> {
  readonly schema?: StandardSchema<Config> | undefined;
  create(config: Config, context: FilterContext): Filter | Promise<Filter>;
}

/** A definition, or just the function that makes the thing. */
export type SinkFactory<Config = any> = SinkDefinition<Config> | SinkDefinition<Config>['create'];
export type FilterFactory<Config = any> = FilterDefinition<Config> | FilterDefinition<Config>['create'];
