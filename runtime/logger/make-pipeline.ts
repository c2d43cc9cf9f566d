import { assertNoProblems, type Problem } from '../../contract/problems.js';
import { makeEnrichment } from '../enrich/enrichment.js';
import { makeBuiltinFilter } from '../filter/make-builtin-filter.js';
import { systemClock } from '../io/clock.js';
import { Diagnostics, type Report } from '../io/diagnostics.js';
import { writeStderr } from '../io/stderr.js';
import { DeferredSink } from '../plugins/deferred-sink.js';
import { resolvePlugins, type Resolved } from '../plugins/resolve.js';
import { pathProblems } from '../redact/paths.js';
import { makeRedactor, noRedactor } from '../redact/redactor.js';
import type { Settings } from '../settings/settings.js';
import { makeBuiltinSink, type WorkerChoice } from '../sinks/make-builtin-sink.js';
import type { Sink } from '../sink-port.js';
import { Pipeline, type PipelineParts } from './pipeline.js';
import { routeProblems, routesOf, type RoutedSink } from './routing.js';
import { workReader } from './work-fields.js';

export interface PipelineOptions {
  /** Sinks made by the caller, in place of those that the settings name. */
  readonly ownSinks?: readonly Sink[] | undefined;
  /** Whether there is a worker thread, and what it runs. @default - `core.worker` of the settings */
  readonly worker?: WorkerChoice | undefined;
  /** What is known to be wrong with options and settings already. */
  readonly problems: readonly Problem[];
}

/** What each pipeline has, whatever its sinks are. */
interface Base {
  readonly settings: Settings;
  readonly diagnostics: Diagnostics;
  readonly report: Report;
}

/**
 * Makes the pipeline that the settings describe.
 *
 * @throws SettingsError naming all that is wrong at once, sinks, filters and settings of plugins included.
 */
export function makePipeline(settings: Settings, options: PipelineOptions): Pipeline {
  const base = baseOf(settings);
  return new Pipeline(hasSinks(settings, options) ? partsOf(base, options) : idleParts(base, options));
}

/**
 * Makes a pipeline that costs nothing until there is a record, which only a logger makes whose level was raised. Without sinks there is
 * nothing to make then.
 */
export function makeSilentPipeline(settings: Settings, options: PipelineOptions): Pipeline {
  const base = baseOf(settings);
  const later = hasSinks(settings, options) ? () => partsForRecord(base, options) : undefined;
  return new Pipeline({ ...idleParts(base, options), later });
}

/** Makes a pipeline to stderr, and reports at once why it is not the one that the settings describe. */
export function makeStandInPipeline(
  settings: Settings,
  { problems }: PipelineOptions,
  error: unknown,
): Pipeline {
  assertNoProblems(problems);
  return new Pipeline(standInParts(baseOf(settings), error));
}

/** Whether there is anything to write to. An empty list of sinks turns logging off. */
function hasSinks({ core }: Settings, { ownSinks }: PipelineOptions): boolean {
  return (ownSinks ?? core.sinks).length > 0;
}

function baseOf(settings: Settings): Base {
  const diagnostics = new Diagnostics(systemClock, writeStderr);
  return { settings, diagnostics, report: (code, message) => diagnostics.report(code, message) };
}

/**
 * Nothing is asked of the process or the network, and nothing is loaded.
 *
 * @throws SettingsError for what is malformed all the same.
 */
function idleParts({ settings, diagnostics }: Base, { problems }: PipelineOptions): PipelineParts {
  assertNoProblems([...problems, ...redactionProblems(settings)]);
  return {
    sinks: [],
    routes: routesOf([], undefined),
    enrichment: { fields: {} },
    workFields: () => undefined,
    redactor: noRedactor,
    filters: [],
    clock: systemClock,
    diagnostics,
  };
}

/** A log call must not throw because settings are missing that nobody needed before. */
function partsForRecord(base: Base, options: PipelineOptions): PipelineParts {
  try {
    return partsOf(base, options);
  } catch (error) {
    // The stack is full: the next record may find room.
    if (error instanceof RangeError) throw error;
    return standInParts(base, error);
  }
}

function standInParts(base: Base, error: unknown): PipelineParts {
  const sinks = [standIn(base, error)];
  return { ...partsTo(sinks, base), routes: routesOf(sinks, undefined) };
}

/** Takes what the sinks would have taken, and writes it to stderr. */
function standIn({ settings, report }: Base, error: unknown): RoutedSink {
  const [name = 'cloudwatch'] = settings.core.sinks;
  const failure = { reason: 'unconfigured', code: 'unconfigured' };
  const parts = { clock: systemClock, writeStderr, report, failure };
  return { name, level: 'trace', sink: new DeferredSink(name, Promise.reject(error), parts) };
}

function partsOf(base: Base, { ownSinks, worker, problems }: PipelineOptions): PipelineParts {
  const { settings, report } = base;
  const resolved = resolvePlugins(
    ownSinks ? withoutSinks(settings) : settings,
    {
      sink: (name) => makeBuiltinSink(name, settings, report, worker),
      filter: (name, context) => makeBuiltinFilter(name, settings, context),
    },
    { report, problems: [...problems, ...routeProblems(settings, ownSinks), ...redactionProblems(settings)] },
  );
  const notices = [...settings.notices, ...resolved.notices];
  if (notices.length > 0) report('settings', notices.join('; '));
  // The caller's sinks apply their levels themselves.
  const sinks: readonly RoutedSink[] =
    ownSinks?.map((sink) => ({ name: sink.name, sink, level: 'trace' })) ??
    resolved.sinks.map((each) => ({ name: each.name, level: each.level, sink: each.make() }));
  return partsTo(sinks, base, resolved);
}

function partsTo(
  sinks: readonly RoutedSink[],
  { settings, diagnostics, report }: Base,
  { filters }: Pick<Resolved, 'filters'> = { filters: [] },
): PipelineParts {
  return {
    sinks: sinks.map(({ sink }) => sink),
    routes: routesOf(sinks, settings.sinkRouting),
    enrichment: makeEnrichment(settings.app, settings.core.enrich, process.env, report),
    workFields: workReader(process.env, settings.core.traceFormat),
    redactor: makeRedactor(settings.redaction, report),
    metrics: { namespace: settings.core.metricsNamespace },
    filters: filters.map(
      ({ make }) =>
        (emit) =>
          make({ clock: systemClock, random: Math.random, emit, report }),
    ),
    clock: systemClock,
    diagnostics,
  };
}

/** What is wrong with the paths of redaction. */
function redactionProblems(settings: Settings): Problem[] {
  return pathProblems(settings.redaction.paths, settings.placeOf('redaction', 'paths'));
}

/** The settings without their sinks, which need not exist where the caller made others. */
function withoutSinks(settings: Settings): Settings {
  return Object.assign(Object.create(settings) as Settings, { core: { ...settings.core, sinks: [] } });
}
