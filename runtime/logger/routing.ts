import { LEVELS, passes, type Level, type MinimumLevel } from '../../contract/levels.js';
import { nearest } from '../../contract/nearest.js';
import type { Problem } from '../../contract/problems.js';
import type { ValuesOf } from '../../contract/sections.js';
import { canonicalName } from '../plugins/registry.js';
import type { Settings } from '../settings/settings.js';
import type { Sink } from '../sink-port.js';

/** A sink with its name in the settings and the lowest level that it takes. */
export interface RoutedSink {
  readonly name: string;
  readonly sink: Sink;
  readonly level: MinimumLevel;
}

/** The sinks for each level. */
export type Routes = Readonly<Record<Level, readonly Sink[]>>;

/** Without rules, a record goes to every sink whose own level it reaches; with rules, to those among them that the rules name. */
export function routesOf(sinks: readonly RoutedSink[], routing: ValuesOf<'sinkRouting'> | undefined): Routes {
  const routes = LEVELS.map((level) => {
    const names = routing?.enabled ? namesFor(level, routing) : undefined;
    const chosen = sinks.filter((each) => (names?.includes(each.name) ?? true) && passes(level, each.level));
    return [level, chosen.map(({ sink }) => sink)];
  });
  return Object.fromEntries(routes) as Routes;
}

/** The names of the sinks for a level; `undefined` for all sinks. */
function namesFor(
  level: Level,
  { rules, fallbackSinks }: ValuesOf<'sinkRouting'>,
): readonly string[] | undefined {
  const named = rules.filter((rule) => rule.levels.includes(level)).flatMap((rule) => rule.sinks);
  const names = named.length > 0 ? named : fallbackSinks;
  return names.length > 0 ? names.map(canonicalName) : undefined;
}

/**
 * Problems of names in the rules that are misspelt: their records would go nowhere. Others may be those of sinks that only
 * another program has.
 */
export function routeProblems(
  settings: Pick<Settings, 'core' | 'sinkRouting' | 'placeOf'>,
  ownSinks?: readonly Pick<Sink, 'name'>[],
): Problem[] {
  const { core, sinkRouting } = settings;
  if (!sinkRouting.enabled) return [];
  const known = ownSinks?.map(({ name }) => name) ?? core.sinks.map(canonicalName);
  const problemsOf = (key: 'rules' | 'fallbackSinks', names: readonly string[]): Problem[] =>
    [...new Set(names)].flatMap((value) => {
      const meant = known.includes(canonicalName(value)) ? undefined : nearest(canonicalName(value), known);
      const allowed = `sinks that the logger has; did you mean "${meant}"?`;
      return meant === undefined ? [] : [{ where: settings.placeOf('sinkRouting', key), value, allowed }];
    });
  return [
    ...problemsOf(
      'rules',
      sinkRouting.rules.flatMap(({ sinks }) => sinks),
    ),
    ...problemsOf('fallbackSinks', sinkRouting.fallbackSinks),
  ];
}
