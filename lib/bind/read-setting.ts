import { parseEnvironment, type GivenSettings } from '../../contract/codec.js';
import { sections, type Section } from '../../contract/sections.js';
import type { Variables } from './place.js';

type Given = Required<GivenSettings>;

/** Reads a setting of the sink from variables, in any spelling of its name. `unknown` if only the deployment knows it. */
export function readSetting<Key extends keyof Given['cloudwatch']>(
  variables: Variables,
  key: Key,
): Given['cloudwatch'][Key] | 'unknown' {
  return isUnknown(variables, sections.cloudwatch, key) ? 'unknown' : settingsIn(variables).cloudwatch[key];
}

/** The same of the level from which the logger logs. */
export function readLogLevel(variables: Variables): Given['core']['logLevel'] | 'unknown' {
  return isUnknown(variables, sections.core, 'logLevel') ? 'unknown' : settingsIn(variables).core.logLevel;
}

function isUnknown(variables: Variables, { prefixes, rows }: Section, key: string): boolean {
  const names = prefixes.map((prefix) => prefix + rows[key]!.field);
  return Object.entries(variables).some(
    ([name, value]) => names.includes(name.toUpperCase()) && typeof value !== 'string',
  );
}

function settingsIn(variables: Variables): Given {
  return parseEnvironment(textsOf(variables)).settings;
}

function textsOf(variables: Variables): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
