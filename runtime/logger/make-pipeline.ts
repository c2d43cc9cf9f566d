import { makeEnrichment } from '../enrich/enrichment.js';
import { makeBuiltinFilter } from '../filter/make-builtin-filter.js';
import { systemClock } from '../io/clock.js';
import { Diagnostics, type Report } from '../io/diagnostics.js';
import { writeStderr } from '../io/stderr.js';
import { resolvePlugins } from '../plugins/resolve.js';
import type { Problem } from '../../contract/problems.js';
import { pathProblems } from '../redact/paths.js';
import { makeRedactor } from '../redact/redactor.js';
import type { Settings } from '../settings/settings.js';
import { makeBuiltinSink, type WorkerChoice } from '../sinks/make-builtin-sink.js';
import type { Sink } from '../sink-port.js';
import { Pipeline } from './pipeline.js';
import { routeProblems, routesOf, type RoutedSink } from './routing.js';
import { traceReader } from './trace-ids.js';

/**
 * Makes the pipeline that the settings describe.
 *
 * @param ownSinks sinks made by the caller, in place of those that the settings name
 * @param worker whether there is a worker thread, and what it runs. @default - `core.worker` of the settings
 * @param problems what is known to be wrong with options and settings already
 * @throws SettingsError naming all that is wrong at once, sinks, filters and settings of plugins included.
 */
export function makePipeline(
  settings: Settings,
  ownSinks?: readonly Sink[],
  worker: WorkerChoice = settings.core.worker,
  problems: readonly Problem[] = [],
): Pipeline {
  const diagnostics = new Diagnostics(systemClock, writeStderr);
  const report: Report = (code, message) => diagnostics.report(code, message);
  const resolved = resolvePlugins(
    ownSinks ? withoutSinks(settings) : settings,
    {
      sink: (name) => makeBuiltinSink(name, settings, report, worker),
      filter: (name, context) => makeBuiltinFilter(name, settings, context),
    },
    { report, problems: [...problems, ...routeProblems(settings, ownSinks), ...redactionProblems(settings)] },
  );
  const redactor = makeRedactor(settings.redaction, report);
  const notices = [...settings.notices, ...resolved.notices];
  if (notices.length > 0) report('settings', notices.join('; '));
  // The caller's sinks apply their levels themselves.
  const sinks: readonly RoutedSink[] =
    ownSinks?.map((sink) => ({ name: sink.name, sink, level: 'trace' })) ??
    resolved.sinks.map((each) => ({ name: each.name, level: each.level, sink: each.make() }));
  return new Pipeline({
    sinks: sinks.map(({ sink }) => sink),
    routes: routesOf(sinks, settings.sinkRouting),
    enrichment: makeEnrichment(settings.app, settings.core.enrich, process.env, report),
    traceFields: traceReader(process.env),
    redactor,
    filters: resolved.filters.map(
      ({ make }) =>
        (emit) =>
          make({ clock: systemClock, random: Math.random, emit, report }),
    ),
    clock: systemClock,
    diagnostics,
  });
}

function redactionProblems(settings: Settings): Problem[] {
  return pathProblems(settings.redaction.paths, settings.placeOf('redaction', 'paths'));
}

/** The settings without their sinks, which need not exist where the caller made others. */
function withoutSinks(settings: Settings): Settings {
  return Object.assign(Object.create(settings) as Settings, { core: { ...settings.core, sinks: [] } });
}
