import { SINKS, type FilterName, type SinkName } from '../../contract/built-in.js';
import { checkInput } from '../../contract/check.js';
import type { MinimumLevel } from '../../contract/levels.js';
import { assertNoProblems, type Problem } from '../../contract/problems.js';
import { level as levelRow } from '../../contract/settings/sink-level.js';
import type { Filter, FilterContext } from '../filter/filter.js';
import { systemClock } from '../io/clock.js';
import type { Report } from '../io/diagnostics.js';
import { writeStderr } from '../io/stderr.js';
import type { Settings } from '../settings/settings.js';
import type { Sink } from '../sink-port.js';
import { asMapping } from '../settings/document.js';
import type { RawConfig } from './config.js';
import { DeferredSink, type DeferredSinkParts } from './deferred-sink.js';
import { isThenable, type SinkContext } from './definition.js';
import { Lookup, type Choice, type PluginSource } from './lookup.js';
import { makeOf, type ImportFile, type Make } from './make.js';

/** What resolving needs besides the settings. */
export interface ResolveOptions extends Partial<DeferredSinkParts> {
  readonly report: Report;
  /** Problems that were found before, to be thrown with those that are found here. */
  readonly problems?: readonly Problem[] | undefined;
  /** The folder from which packages are looked for. @default - the working directory of the process */
  readonly from?: string | undefined;
  /** @default - as Node loads modules */
  readonly importFile?: ImportFile | undefined;
}

/** Makes the sinks and filters that come with the package. */
export interface BuiltInMakers {
  readonly sink: (name: SinkName) => Sink;
  readonly filter: (name: FilterName, context: FilterContext) => Filter;
}

/** A sink that the settings name: found, and not made yet. */
export interface ResolvedSink {
  /** As the settings name it, canonical. */
  readonly name: string;
  /** The lowest level that it takes: `sink_config.<name>.level`, for every sink. */
  readonly level: MinimumLevel;
  /** Call it once. Another sink stands in for one that is still loading or cannot be made. */
  make(): Sink;
}

/** A filter that the settings name: found, and not made yet. */
export interface ResolvedFilter {
  /** As the settings name it, canonical. */
  readonly name: string;
  /** Call it once. Returns a promise while the filter is loading; it rejects with a PluginError that says what to do. */
  readonly make: Make<FilterContext, Filter>;
}

export interface Resolved {
  readonly sinks: readonly ResolvedSink[];
  readonly filters: readonly ResolvedFilter[];
  /** Warnings, as sentences: probable mistakes that are no errors. */
  readonly notices: readonly string[];
}

/**
 * Finds what `core.sinks` and `core.filters` name, and checks the settings of plugins. Reads the package.json of packages,
 * and loads no module before something is made.
 *
 * @throws SettingsError with all problems of the names, the packages and the settings of registered plugins.
 */
export function resolvePlugins(settings: Settings, makers: BuiltInMakers, options: ResolveOptions): Resolved {
  const lookup = new Lookup(settings, options.from ?? process.cwd());
  const { problems, notices } = lookup;
  const sinks = lookup.choose('sink').map((choice): ResolvedSink => {
    const { name, source } = choice;
    if (source.kind !== 'builtin') return pluginSink({ ...choice, source }, options, problems);
    const { level } = settings.sinkConfig[SINKS[source.name]];
    return { name, level, make: () => makers.sink(source.name) };
  });
  const filters = lookup.choose('filter').map((choice): ResolvedFilter => {
    const { name, source } = choice;
    if (source.kind === 'builtin') return { name, make: (context) => makers.filter(source.name, context) };
    return { name, make: makeOf({ ...choice, source }, problems, options.importFile) };
  });
  assertNoProblems([...(options.problems ?? []), ...problems]);
  return { sinks, filters, notices };
}

function pluginSink(
  choice: Choice<PluginSource>,
  options: ResolveOptions,
  problems: Problem[],
): ResolvedSink {
  const { name } = choice;
  const { level, config } = withoutLevel(choice.config, problems);
  const makeSink = makeOf<SinkContext, Sink>({ ...choice, config }, problems, options.importFile);
  const make = (): Sink => {
    const sink = makeSink({ name, report: options.report });
    const parts = { clock: systemClock, writeStderr, ...options };
    return isThenable(sink) ? new DeferredSink(name, sink, parts) : sink;
  };
  return { name, level, make };
}

/** Takes `level`, a setting of every sink, out of the plugin's own settings. */
function withoutLevel(
  config: RawConfig,
  problems: Problem[],
): { readonly level: MinimumLevel; readonly config: RawConfig } {
  const mapping = asMapping(config.value);
  if (!mapping) return { level: levelRow.default, config };
  const { level, ...value } = mapping;
  const checked = checkInput({ level: levelRow }, { level: level ?? undefined }, config.where);
  problems.push(...checked.problems);
  return { level: checked.given.level ?? levelRow.default, config: { ...config, value } };
}
