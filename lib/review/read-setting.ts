import { parseEnvironment, type GivenSettings } from '../../contract/codec.js';
import { sections } from '../../contract/sections.js';
import type { Variables } from '../bind/place.js';

const { prefixes, rows } = sections.cloudwatch;

type Given = Required<GivenSettings>['cloudwatch'];

/**
 * Reads a setting of the sink from variables, in any spelling of its name. `unknown` if only the deployment knows it.
 */
export function readSetting<Key extends keyof Given>(variables: Variables, key: Key): Given[Key] | 'unknown' {
  const names = prefixes.map((prefix) => prefix + rows[key].field);
  const isUnknown = Object.entries(variables).some(
    ([name, value]) => names.includes(name.toUpperCase()) && typeof value !== 'string',
  );
  return isUnknown ? 'unknown' : parseEnvironment(textsOf(variables)).settings.cloudwatch[key];
}

function textsOf(variables: Variables): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
