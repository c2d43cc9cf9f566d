import type { ValuesOf } from '../../contract/sections.js';
import type { Report } from '../io/diagnostics.js';
import type { LogRecord } from '../log-record.js';
import { readContent, readRecord } from '../serialize/fields.js';
import { lineName } from '../serialize/names.js';
import { guarded } from '../serialize/guard.js';
import type { Rules } from '../serialize/reading.js';
import { CENSOR } from '../serialize/censor.js';
import { checkRedaction } from './check.js';
import { nameMatcher, remembering } from './key-names.js';
import { maskFor } from './mask.js';
import { pathHider } from './paths.cjs';

type Members = Record<string, unknown>;

/** Hides what may not become text. */
export interface Redactor {
  /** What is hidden wherever it stands; `undefined` if nothing is. */
  readonly rules: Rules | undefined;
  /** Makes of a record one that may become text. Never throws, and never changes what the application handed in. */
  readonly redact: (record: LogRecord) => LogRecord;
}

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
export function makeRedactor(settings: ValuesOf<'redaction'>, report: Report): Redactor {
  checkRedaction(settings);
  if (!settings.enabled) return { rules: undefined, redact: (record) => record };
  const isSensitive = nameMatcher(settings.keys);
  const mask = maskFor(settings.patterns, isSensitive);
  const shownName = remembering((name) => mask(name, ''));
  const rules = { isSensitive, shownName, mask };
  const hidePaths = pathsOfLine(settings.paths);
  const redact = (record: LogRecord): LogRecord => {
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
  return { rules, redact };
}

function redacted(record: LogRecord, rules: Rules, hidePaths: (line: Members) => Members): LogRecord {
  const content = readContent(record, rules);
  const line = Object.assign(Object.create(null) as Members, { message: content.message }, content.members);
  const { message, ...members } = hidePaths(line);
  return readRecord(record, { ...content, message: String(message), members });
}

function pathsOfLine(paths: readonly string[]): (line: Members) => Members {
  if (paths.length === 0) return (line) => line;
  return pathHider([...new Set(paths.flatMap((path) => [path, asInLine(path)]))], CENSOR);
}

/** The path as it leads through the line, for one that begins with the name that the log call used. */
function asInLine(path: string): string {
  return path.replace(/^[^.[]+/, (first) => lineName(first, true));
}
