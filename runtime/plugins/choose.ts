import { nearest } from '../../contract/nearest.js';
import type { Problem } from '../../contract/problems.js';
import type { Settings } from '../settings/settings.js';
import { configOf, isSpellingOf } from './config.js';
import type { RawConfig } from './make.js';
import { canonicalName, isBuiltin, type PluginKind } from './name.js';
import { namesSetting, type PluginSources, type Source } from './sources.js';

/** A sink or filter that the settings name, where it comes from, and what the settings say of it. */
export interface Choice {
  /** Canonical. */
  readonly name: string;
  readonly source: Source;
  readonly config: RawConfig;
}

export interface Choices {
  readonly choices: readonly Choice[];
  readonly problems: readonly Problem[];
  readonly notices: readonly string[];
}

const configSetting = { sink: 'sink_config', filter: 'filter_config' } as const;
const configKey = { sink: 'sinkConfig', filter: 'filterConfig' } as const;

/** What the settings name, in their order, with everything that is wrong about the names. */
export function choose(kind: PluginKind, { core, foreign }: Settings, sources: PluginSources): Choices {
  const named = kind === 'sink' ? core.sinks : core.filters;
  const configs = foreign[configKey[kind]];
  const choices: Choice[] = [];
  const problems: Problem[] = [];
  for (const name of named) {
    const found = sources.lookUp(kind, name);
    if ('problem' in found) problems.push(found.problem);
    else if (choices.some((other) => isSame(other, name, found.source))) {
      problems.push({ where: namesSetting[kind], value: name, allowed: `each ${kind} once` });
    } else choices.push(choiceOf(kind, name, found.source, configs));
  }
  const unused = unusedConfigs(kind, configs, choices, sources.known(kind));
  return { choices, problems: [...problems, ...unused.problems], notices: unused.notices };
}

function choiceOf(
  kind: PluginKind,
  name: string,
  source: Source,
  configs: Readonly<Record<string, unknown>>,
): Choice {
  const names = [canonicalName(name), ...(source.kind === 'package' ? [source.declared] : [])];
  const config = { where: `${configSetting[kind]}.${name}`, value: configOf(configs, names) };
  return { name: canonicalName(name), source, config };
}

function isSame(other: Choice, name: string, source: Source): boolean {
  if (other.name === canonicalName(name)) return true;
  return other.source.kind === 'package' && source.kind === 'package' && other.source.file === source.file;
}

/** Settings of something that is not in use are fine; settings of something that nobody knows are probably misspelt. */
function unusedConfigs(
  kind: PluginKind,
  configs: Readonly<Record<string, unknown>>,
  choices: readonly Choice[],
  known: readonly string[],
): { readonly problems: readonly Problem[]; readonly notices: readonly string[] } {
  const problems: Problem[] = [];
  const notices: string[] = [];
  const used = choices.flatMap(({ name, source }) =>
    source.kind === 'package' ? [name, source.declared] : [name],
  );
  const foreign = [...used, ...known].filter((name) => !isBuiltin(kind, name));
  for (const key of Object.keys(configs)) {
    if (foreign.some((name) => isSpellingOf(name, key))) continue;
    const meant = nearest(canonicalName(key), [...known, ...used]);
    const where = `${configKey[kind]}.${key}`;
    const allowed = `settings of a known ${kind}; did you mean "${meant && spelling(kind, meant)}"?`;
    if (meant !== undefined) problems.push({ where, value: undefined, allowed });
    else notices.push(`${where} is for no ${kind} that is known`);
  }
  return { problems, notices };
}

/** Code writes the settings of built-in ones in camelCase. */
function spelling(kind: PluginKind, name: string): string {
  if (!isBuiltin(kind, name)) return name;
  return name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
