import type { GivenSettings } from '../../contract/codec.js';
import { redactionSettings } from '../../contract/settings/redaction.js';
import { complete } from '../../contract/settings/setting.js';
import { isUnresolved } from '../tokens.js';
import { unique } from '../unique.js';
import { pythonPaths } from './redacted-path.js';

/** As deep as a redactor of Python's fapilog goes by itself. Its `CORE` setting stops them at 6 levels, below which all is in clear. */
const MAX_DEPTH = 16;

/**
 * Variables by which Python's fapilog hides the same paths and names. It finds no data by its pattern, and no names inside of texts.
 */
export function redactorVariables({ redaction = {} }: GivenSettings): Record<string, string> {
  const { enabled, paths, keys } = complete(redactionSettings, redaction);
  if (!enabled) return {};
  const fields = unique(paths.flatMap(pythonPaths));
  const names = unique(keys.flatMap(spellings));
  const redactors = [
    ...(fields.length > 0 ? ['field_mask'] : []),
    ...(names.length > 0 ? ['field_blocker'] : []),
    // Python's default, which a list replaces.
    'url_credentials',
  ];
  return {
    FAPILOG_CORE__REDACTORS: JSON.stringify(redactors),
    FAPILOG_CORE__REDACTION_MAX_DEPTH: String(MAX_DEPTH),
    ...listed('FAPILOG_REDACTOR_CONFIG__FIELD_MASK__FIELDS_TO_MASK', fields),
    ...listed('FAPILOG_REDACTOR_CONFIG__FIELD_BLOCKER__BLOCKED_FIELDS', names),
  };
}

function listed(name: string, values: readonly string[]): Record<string, string> {
  return values.length > 0 ? { [name]: JSON.stringify(values) } : {};
}

/** Spellings of a name. Python's fapilog ignores the case only, where we ignore `-` and `_`, too. */
function spellings(name: string): string[] {
  if (isUnresolved(name)) return [name];
  const words = name.replaceAll(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1_$2').split(/[-_\s]+/);
  return ['_', '', '-'].map((separator) => words.join(separator).toLowerCase()).filter((each) => each !== '');
}
