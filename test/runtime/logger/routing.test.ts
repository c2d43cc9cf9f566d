import { LEVELS, type MinimumLevel } from '../../../contract/levels.js';
import { routesOf } from '../../../runtime/logger/routing.js';
import { Settings, type SettingsInput } from '../../../runtime/settings/settings.js';
import { MemorySink } from '../../support/memory-sink.js';

/** The names of the sinks that get each level. */
function routed(
  levels: Readonly<Record<string, MinimumLevel>>,
  sinkRouting: SettingsInput['sinkRouting'],
): Record<string, string[]> {
  const sinks = Object.entries(levels).map(([name, level]) => ({ name, level, sink: new MemorySink(name) }));
  const routes = routesOf(sinks, new Settings({ sinkRouting }, { env: {} }).sinkRouting);
  return Object.fromEntries(LEVELS.map((level) => [level, routes[level].map(({ name }) => name)]));
}

const EVERYWHERE = { trace: ['a', 'b'], debug: ['a', 'b'], info: ['a', 'b'], warn: ['a', 'b'] };

test('without rules every sink gets every level', () => {
  expect(routed({ a: 'trace', b: 'trace' }, {})).toEqual({
    ...EVERYWHERE,
    error: ['a', 'b'],
    fatal: ['a', 'b'],
  });
});

test('a sink gets nothing below its own level', () => {
  expect(routed({ a: 'error', b: 'info' }, {})).toEqual({
    trace: [],
    debug: [],
    info: ['b'],
    warn: ['b'],
    error: ['a', 'b'],
    fatal: ['a', 'b'],
  });
});

test('a silent sink gets nothing, named by a rule or not', () => {
  const rules = [{ levels: ['fatal'], sinks: ['a'] }] as const;

  expect(routed({ a: 'silent' }, {})).toEqual(Object.fromEntries(LEVELS.map((level) => [level, []])));
  expect(routed({ a: 'silent' }, { enabled: true, rules }).fatal).toEqual([]);
});

test('a level goes to the sinks of all rules that name it, the others to the fallback, and where there is none everywhere', () => {
  const rules = [
    { levels: ['error', 'fatal'], sinks: ['A'] },
    { levels: ['fatal'], sinks: ['b'] },
  ] as const;

  const routing = { enabled: true, rules };
  expect(routed({ a: 'trace', b: 'trace' }, routing)).toEqual({
    ...EVERYWHERE,
    error: ['a'],
    fatal: ['a', 'b'],
  });
  expect(routed({ a: 'trace', b: 'trace' }, { ...routing, fallbackSinks: ['b'] })).toEqual({
    trace: ['b'],
    debug: ['b'],
    info: ['b'],
    warn: ['b'],
    error: ['a'],
    fatal: ['a', 'b'],
  });
  expect(routed({ a: 'trace', b: 'trace' }, { ...routing, enabled: false }).error).toEqual(['a', 'b']);
});
