import type { ValuesOf } from '../../contract/sections.js';
import type { LogRecord } from '../log-record.js';
import { guarded } from '../serialize/guard.js';
import { CENSOR } from './censor.js';
import { checkRedaction } from './check.js';
import { nameMatcher, remembering } from './key-names.js';
import { maskFor } from './mask.js';
import { pathHider } from './paths.cjs';
import { lineName } from '../serialize/line.js';
import { RedactedCopy, type Rules } from './redacted-copy.js';

/** Makes of a record one that may become text. Never throws, and never changes what the application handed in. */
export type Redactor = (record: LogRecord) => LogRecord;

type Members = Record<string, unknown>;

/**
 * Hides, before any text exists, what the settings name:
 *
 * - fields at `paths`, which lead through the members of the line, `message` among them; wildcards stand for one level
 * - fields called one of `keys`, at any depth
 * - what looks like one of `patterns` in any text: the message, fields, names of fields, errors with stack and causes
 *
 * It fails closed: of a record that cannot be redacted, only time and level go on, and it is reported.
 *
 * @throws SettingsError if a pattern is unknown or a path is none.
 */
export function makeRedactor(
  settings: ValuesOf<'redaction'>,
  report: (code: string, message: string) => void,
): Redactor {
  checkRedaction(settings);
  if (!settings.enabled) return (record) => record;
  const isSensitive = nameMatcher(settings.keys);
  const mask = maskFor(settings.patterns, isSensitive);
  const shownName = remembering((name) => mask(name, ''));
  const rules = { isSensitive, shownName, mask };
  const hidePaths = pathsOfLine(settings.paths);
  return (record) => {
    try {
      return redacted(record, rules, hidePaths);
    } catch {
      // What was thrown may quote what was to be hidden.
      guarded(
        () => report('redaction', 'a record could not be redacted; only its time and level go on'),
        undefined,
      );
      return { timeMs: record.timeMs, level: record.level, message: '[redaction failed]', fields: [] };
    }
  };
}

function redacted(record: LogRecord, rules: Rules, hidePaths: (line: Members) => Members): LogRecord {
  const copy = new RedactedCopy(rules);
  // Without a prototype, a field called __proto__ is a field like any other.
  const line = Object.create(null) as Members;
  line['message'] = copy.valueOf('message', record.message);
  for (const fields of record.fields) copy.addFields(line, fields);
  const { message, ...fields } = hidePaths(line);
  return { timeMs: record.timeMs, level: record.level, message: String(message), fields: [fields] };
}

function pathsOfLine(paths: readonly string[]): (line: Members) => Members {
  if (paths.length === 0) return (line) => line;
  return pathHider([...new Set(paths.flatMap((path) => [path, asInLine(path)]))], CENSOR);
}

/** The path as it leads through the line, for one that begins with the name that the log call used. */
function asInLine(path: string): string {
  return path.replace(/^[^.[]+/, (first) => (first === 'err' ? 'error' : lineName(first)));
}
