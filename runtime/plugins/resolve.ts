import { checkValue } from '../../contract/check.js';
import type { MinimumLevel } from '../../contract/levels.js';
import { assertNoProblems, type Problem } from '../../contract/problems.js';
import { level as levelRow } from '../../contract/settings/sink-level.js';
import type { Filter, FilterContext } from '../filter/filter.js';
import { systemClock, type Clock } from '../io/clock.js';
import { writeStderr } from '../io/stderr.js';
import type { Settings } from '../settings/settings.js';
import type { Sink } from '../sink-port.js';
import { choose, type Choice } from './choose.js';
import { DeferredSink, type DeferredSinkParts } from './deferred-sink.js';
import type { SinkContext } from './definition.js';
import { importFile } from './import-file.js';
import { makeOf, type ImportFile, type PluginSource, type RawConfig, type Subject } from './make.js';
import type { PluginKind } from './name.js';
import { PluginSources } from './sources.js';
import { isThenable } from './thenable.js';

/** What resolving needs besides the settings. */
export interface ResolveOptions {
  /** Reports trouble to the operator, not through the logger. */
  readonly report: (code: string, message: string) => void;
  /** The folder from which packages are looked for. @default - the working directory of the process */
  readonly from?: string | undefined;
  /** @default - the system's */
  readonly clock?: Clock | undefined;
  /** Says whether it could. @default - writes to stderr at once */
  readonly writeStderr?: ((text: string) => boolean) | undefined;
  /** @default - as Node loads modules */
  readonly importFile?: ImportFile | undefined;
}

/** Makes a built-in sink; `name` is canonical. */
export type MakeBuiltinSink = (name: string) => Sink;
/** Makes a built-in filter; `name` is canonical. */
export type MakeBuiltinFilter = (name: string, context: FilterContext) => Filter;

/** A sink that the settings name, known to be there, not made yet. */
export interface ResolvedSink {
  /** As the settings name it, canonical. */
  readonly name: string;
  /** The lowest level that it takes: `sink_config.<name>.level`, whatever the sink. */
  readonly level: MinimumLevel;
  /** Call it once. A sink that is still loading, or cannot be made, is stood in for. */
  make(): Sink;
}

/** A filter that the settings name, known to be there, not made yet. */
export interface ResolvedFilter {
  /** As the settings name it, canonical. */
  readonly name: string;
  /** Call it once. A promise stands for a filter that is still loading; it rejects with a PluginError that says it all. */
  make(context: FilterContext): Filter | Promise<Filter>;
}

export interface Resolved {
  readonly sinks: readonly ResolvedSink[];
  readonly filters: readonly ResolvedFilter[];
  /** Sentences about what is strange but no error. */
  readonly notices: readonly string[];
}

/**
 * Finds what `core.sinks` and `core.filters` name, and checks the settings of plugins. Packages are read for it, but no
 * module is loaded before something is made.
 *
 * @throws SettingsError naming all that is wrong with the names, the packages and the settings of registered plugins.
 */
export function resolvePlugins(
  settings: Settings,
  makers: { readonly sink: MakeBuiltinSink; readonly filter: MakeBuiltinFilter },
  options: ResolveOptions,
): Resolved {
  const sources = new PluginSources(settings, options.from ?? process.cwd());
  const sinks = planSinks(settings, sources, makers.sink, options);
  const filters = planFilters(settings, sources, makers.filter, options);
  assertNoProblems([...sources.problems, ...sinks.problems, ...filters.problems]);
  return {
    sinks: sinks.resolved,
    filters: filters.resolved,
    notices: [...sinks.notices, ...filters.notices],
  };
}

/** As {@link resolvePlugins}, for the sinks alone. */
export function resolveSinks(
  settings: Settings,
  makeBuiltin: MakeBuiltinSink,
  options: ResolveOptions,
): Omit<Resolved, 'filters'> {
  const sources = new PluginSources(settings, options.from ?? process.cwd());
  const { resolved, problems, notices } = planSinks(settings, sources, makeBuiltin, options);
  assertNoProblems([...sources.problems, ...problems]);
  return { sinks: resolved, notices };
}

/** As {@link resolvePlugins}, for the filters alone. */
export function resolveFilters(
  settings: Settings,
  makeBuiltin: MakeBuiltinFilter,
  options: ResolveOptions,
): Omit<Resolved, 'sinks'> {
  const sources = new PluginSources(settings, options.from ?? process.cwd());
  const { resolved, problems, notices } = planFilters(settings, sources, makeBuiltin, options);
  assertNoProblems([...sources.problems, ...problems]);
  return { filters: resolved, notices };
}

interface Plan<Thing> {
  readonly resolved: readonly Thing[];
  readonly problems: readonly Problem[];
  readonly notices: readonly string[];
}

type Outcome<Thing> = { readonly resolved: Thing } | { readonly problems: readonly Problem[] };

function planSinks(
  settings: Settings,
  sources: PluginSources,
  makeBuiltin: MakeBuiltinSink,
  options: ResolveOptions,
): Plan<ResolvedSink> {
  const { choices, problems, notices } = choose('sink', settings, sources);
  const outcomes = choices.map((choice) => {
    const { name, source } = choice;
    if (source.kind !== 'builtin') return foreignSink(choice, source, options);
    return { resolved: builtinSink(name, settings, makeBuiltin) };
  });
  return { ...planOf(outcomes, problems), notices };
}

function planFilters(
  settings: Settings,
  sources: PluginSources,
  makeBuiltin: MakeBuiltinFilter,
  options: ResolveOptions,
): Plan<ResolvedFilter> {
  const { choices, problems, notices } = choose('filter', settings, sources);
  const outcomes = choices.map((choice): Outcome<ResolvedFilter> => {
    const { name, source } = choice;
    if (source.kind !== 'builtin') return foreignFilter(choice, source, options);
    return { resolved: { name, make: (context) => makeBuiltin(name, context) } };
  });
  return { ...planOf(outcomes, problems), notices };
}

function planOf<Thing>(
  outcomes: readonly Outcome<Thing>[],
  problems: readonly Problem[],
): Pick<Plan<Thing>, 'resolved' | 'problems'> {
  return {
    resolved: outcomes.flatMap((outcome) => ('resolved' in outcome ? [outcome.resolved] : [])),
    problems: [
      ...problems,
      ...outcomes.flatMap((outcome) => ('problems' in outcome ? outcome.problems : [])),
    ],
  };
}

function builtinSink(name: string, { sinkConfig }: Settings, makeBuiltin: MakeBuiltinSink): ResolvedSink {
  const key = name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const { level } = sinkConfig[key as keyof typeof sinkConfig];
  return { name, level, make: () => makeBuiltin(name) };
}

function foreignSink(choice: Choice, source: PluginSource, options: ResolveOptions): Outcome<ResolvedSink> {
  const { name, config } = choice;
  const subject = subjectOf('sink', name, source);
  const own = withoutLevel(config);
  const made = makeOf<SinkContext, Sink>(subject, source, own.rest, options.importFile ?? importFile);
  if ('problems' in made) return { problems: [...own.problems, ...made.problems] };
  if (own.problems.length > 0) return own;
  const make = (): Sink => {
    const sink = made.make({ name, report: options.report });
    return isThenable(sink) ? new DeferredSink(name, sink, edgesOf(options)) : sink;
  };
  return { resolved: { name, level: own.level, make } };
}

function foreignFilter(
  choice: Choice,
  source: PluginSource,
  options: ResolveOptions,
): Outcome<ResolvedFilter> {
  const subject = subjectOf('filter', choice.name, source);
  const load = options.importFile ?? importFile;
  const made = makeOf<FilterContext, Filter>(subject, source, choice.config, load);
  if ('problems' in made) return made;
  return { resolved: { name: choice.name, make: made.make } };
}

function subjectOf(kind: PluginKind, name: string, source: PluginSource): Subject {
  return { kind, name, package: source.kind === 'package' ? source.package : undefined };
}

/** `level` is a setting that every sink has; the rest is the plugin's own. */
function withoutLevel({ where, value }: RawConfig): {
  readonly level: MinimumLevel;
  readonly rest: RawConfig;
  readonly problems: readonly Problem[];
} {
  const none = { level: levelRow.default, rest: { where, value }, problems: [] };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return none;
  const { level, ...rest } = value as Readonly<Record<string, unknown>>;
  if (level === undefined || level === null) return { ...none, rest: { where, value: rest } };
  const outcome = checkValue(levelRow, level, `${where}.level`);
  if ('problem' in outcome) return { ...none, problems: [outcome.problem] };
  return { ...none, level: outcome.value as MinimumLevel, rest: { where, value: rest } };
}

function edgesOf({ report, clock, writeStderr: write }: ResolveOptions): DeferredSinkParts {
  return { report, clock: clock ?? systemClock, writeStderr: write ?? writeStderr };
}
