import { readNames } from './kinds.js';
import type { Problem } from './problems.js';
import type { ValuesOf } from './sections.js';

/** The variables that tell Python's fapilog what to hide. Source: docs/redaction of fapilog 0.18, and its redactors. */
const SWITCH = 'FAPILOG_CORE__ENABLE_REDACTORS';
const REDACTORS = 'FAPILOG_CORE__REDACTORS';
const POLICY = 'FAPILOG_CORE__SENSITIVE_FIELDS_POLICY';
const FIELDS = 'FAPILOG_REDACTOR_CONFIG__FIELD_MASK__FIELDS_TO_MASK';
const PATTERNS = 'FAPILOG_REDACTOR_CONFIG__REGEX_MASK__PATTERNS';
const BLOCKED = 'FAPILOG_REDACTOR_CONFIG__FIELD_BLOCKER__BLOCKED_FIELDS';

export const PYTHON_REDACTION: readonly string[] = [SWITCH, REDACTORS, POLICY, FIELDS, PATTERNS, BLOCKED];

/** What the redactor `field_blocker` hides if nothing is said. */
const ALWAYS_BLOCKED =
  'body request_body response_body payload raw dump raw_body raw_request raw_response'.split(' ');

const KNOWN = /^(?:field_mask|regex_mask|field_blocker|string_truncate|url_credentials)$/;

/** What Python's variables hide, in our terms. */
export interface PythonRedaction {
  readonly paths: readonly string[];
  readonly keys: readonly string[];
  /** Malformed variables. */
  readonly problems: readonly Problem[];
  /** Variables that say to hide what we cannot find by them. */
  readonly inapplicable: readonly Problem[];
  /** The variable that turns redaction off for Python. */
  readonly offBy: string | undefined;
}

/** Reads them. Fields are hidden even if the redactor for them is not named: to ignore them could log secrets. */
export function readPythonRedaction(variables: ReadonlyMap<string, string>): PythonRedaction {
  const problems: Problem[] = [];
  const listed = (where: string): readonly string[] | undefined => {
    const value = variables.get(where);
    if (value === undefined) return undefined;
    const names = readNames(value);
    if (!names) problems.push({ where, value, allowed: 'a list of names, such as ["password"]' });
    return names;
  };
  const redactors = listed(REDACTORS)?.map((name) => name.toLowerCase().replaceAll('-', '_'));
  const fields = [FIELDS, POLICY].flatMap((name) => listed(name) ?? []);
  const names = fields.filter((field) => !/[.*]/.test(field));
  const blocked = listed(BLOCKED) ?? (redactors?.includes('field_blocker') ? ALWAYS_BLOCKED : []);
  const inapplicable = [
    { where: REDACTORS, value: redactors?.filter((name) => !KNOWN.test(name)) },
    { where: PATTERNS, value: listed(PATTERNS) },
  ].filter(({ value = [] }) => value.length > 0);
  const isOff = /^\s*(?:0|false|no|off)\s*$/i.test(variables.get(SWITCH) ?? '');
  return {
    paths: fields.filter((field) => !names.includes(field)).flatMap(pathsOf),
    keys: [...names, ...blocked],
    problems,
    inapplicable: inapplicable.map((each) => ({ ...each, allowed: NOT_HERE })),
    offBy: isOff ? SWITCH : redactors?.length === 0 ? REDACTORS : undefined,
  };
}

const NOT_HERE =
  'nothing, because only Python can apply it; set FAPILOG_REDACTION__ENABLED, and the fields in FAPILOG_REDACTION__KEYS or __PATHS';

/** Python's path as ours, with and without the part of its envelope. */
function pathsOf(field: string): string[] {
  const path = field.replaceAll(/\.?\[\*\]/g, '.*');
  return [path, path.replace(/^(?:data|context|metadata|diagnostics)\./, '')].flatMap(throughLists);
}

/** Python looks into lists by itself, so that any part of the path may be one. */
function throughLists(path: string): string[] {
  const [first = '', ...rest] = path.split('.').filter((part) => part !== '');
  return rest.reduce(
    (paths, part) => paths.flatMap((each) => [each + inBrackets(part), `${each}[*]${inBrackets(part)}`]),
    [/^\w+$/.test(first) ? first : inBrackets(first)],
  );
}

function inBrackets(part: string): string {
  return part === '*' ? '[*]' : `[${JSON.stringify(part)}]`;
}

/** Our settings of redaction, with what Python's variables hide as well. Our own `enabled` decides, if anybody set it. */
export function withPythonRedaction(
  own: ValuesOf<'redaction'>,
  isSet: (key: string) => boolean,
  { paths, keys, inapplicable, offBy }: PythonRedaction,
): {
  readonly redaction: ValuesOf<'redaction'>;
  readonly problems: readonly Problem[];
  readonly notices: readonly string[];
} {
  const isOurs = isSet('enabled');
  const off = offBy ?? (isOurs && !own.enabled ? 'redaction.enabled' : undefined);
  const isHiding = paths.length + keys.length > 0 && off === undefined;
  const notices = inapplicable.map(({ where }) => `${where} is only for Python`);
  if (off !== undefined && paths.length + keys.length > 0) {
    notices.push(`${off} turns off what ${FIELDS} and others of Python's variables hide`);
  }
  return {
    redaction: isHiding
      ? {
          enabled: true,
          paths: [...own.paths, ...paths],
          keys: [...(own.enabled || isSet('keys') ? own.keys : []), ...keys],
          patterns: own.enabled || isSet('patterns') ? own.patterns : [],
        }
      : own,
    problems: isOurs || off !== undefined ? [] : inapplicable,
    notices: isOurs || off !== undefined ? notices : [],
  };
}
