import type { ValuesOf } from '../../contract/sections.js';
import { needStack } from '../io/stack.js';
import type { Report } from '../io/diagnostics.js';
import type { LogRecord } from '../log-record.js';
import { readContent, readRecord } from '../serialize/fields.js';
import { lineName } from '../serialize/names.js';
import { guarded } from '../serialize/guard.js';
import type { Rules } from '../serialize/reading.js';
import { nameMatcher, remembering } from '../serialize/key-names.js';
import { maskFor } from './mask.js';
import { pathHider } from './paths.js';

type Members = Record<string, unknown>;

/** Hides secrets in records, before any text is made of them. */
export interface Redactor {
  /** The rules for names and texts, for values that become text earlier; `undefined` if redaction is off. */
  readonly rules: Rules | undefined;
  /** Returns a record without secrets. Never throws, and never changes objects of the application. */
  readonly redact: (record: LogRecord) => LogRecord;
  /** Paths of members of the line that are hidden. */
  readonly paths: readonly string[];
}

/**
 * Makes a redactor that hides:
 *
 * - fields at `paths`, which lead through the members of the line, `message` among them; a wildcard stands for one level
 * - fields whose name is one of `keys`, at any depth
 * - matches of `patterns` in any text: the message, fields, names of fields, errors with stack and causes
 *
 * It fails closed: if a record cannot be redacted, only its time and level go on, and this is reported.
 *
 * @throws Error if a path is malformed, which `pathProblems` finds before.
 */
export function makeRedactor(settings: ValuesOf<'redaction'>, report: Report): Redactor {
  if (!settings.enabled) return noRedactor;
  const isSensitive = nameMatcher(settings.keys);
  const mask = maskFor(settings.patterns, isSensitive);
  const shownName = remembering((name) => mask(name, ''));
  const rules = { isSensitive, shownName, mask };
  const paths = [...new Set(settings.paths.flatMap((path) => [path, asInLine(path)]))];
  const hidePaths = paths.length === 0 ? (line: Members): Members => line : pathHider(paths);
  const redact = (record: LogRecord): LogRecord => {
    needStack('aRecord');
    try {
      return redacted(record, rules, hidePaths);
    } catch {
      // The report does not quote the error: its message may hold the secret.
      guarded(
        () => report('redaction', 'a record could not be redacted; only its time and level go on'),
        undefined,
      );
      return { timeMs: record.timeMs, level: record.level, message: '[redaction failed]', fields: [] };
    }
  };
  return { rules, redact, paths };
}

/** Hides nothing. */
export const noRedactor: Redactor = { rules: undefined, redact: (record) => record, paths: [] };

function redacted(record: LogRecord, rules: Rules, hidePaths: (line: Members) => Members): LogRecord {
  const content = readContent(record, rules);
  const line = Object.assign(Object.create(null) as Members, { message: content.message }, content.members);
  const { message, ...members } = hidePaths(line);
  return readRecord(record, { ...content, message: String(message), members });
}

/** The path with the name that the line has for its first field: `err.code` as `error.code`. */
function asInLine(path: string): string {
  return path.replace(/^[^.[]+/, (first) => lineName(first, true));
}
