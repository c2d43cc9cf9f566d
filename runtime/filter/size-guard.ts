import type { ValuesOf } from '../../contract/sections.js';
import type { LogRecord } from '../log-record.js';
import { guarded } from '../serialize/guard.js';
import { readContent, readRecord } from '../serialize/fields.js';
import { lineOf } from '../serialize/line.js';
import { truncated } from '../serialize/truncate.js';
import type { Filter, FilterContext } from './filter.js';

type Action = ValuesOf<'sizeGuard'>['action'];

const DONE: Readonly<Record<Action, string>> = {
  truncate: 'its longest texts were shortened',
  drop: 'it was dropped',
  warn: 'it was left as it is',
};

/**
 * The filter `size_guard`: a limit on the UTF-8 bytes of a line. The longest texts of a longer one are shortened until
 * it fits (`preserveFields` are not; `truncatedFromBytes` says how long it was), it is dropped, or left as it is; each is
 * reported.
 */
export class SizeGuardFilter implements Filter {
  readonly name = 'size_guard';
  readonly #settings: ValuesOf<'sizeGuard'>;
  readonly #report: FilterContext['report'];

  constructor(settings: ValuesOf<'sizeGuard'>, { report }: Pick<FilterContext, 'report'>) {
    this.#settings = settings;
    this.#report = report;
  }

  apply(record: LogRecord): LogRecord | undefined {
    const { action, maxBytes, preserveFields } = this.#settings;
    const content = readContent(record);
    if (content.mostBytes <= maxBytes) return record;
    const read = readRecord(record, content);
    const line = lineOf(read);
    const bytes = Buffer.byteLength(line);
    if (bytes <= maxBytes) return record;
    const limit = `a log line has ${bytes} bytes, over the limit of ${maxBytes}`;
    this.#report(`size_guard.${action}`, `${limit}: ${DONE[action]}`);
    if (action === 'drop') return undefined;
    return action === 'warn' ? record : shortened(record, line, maxBytes, preserveFields);
  }
}

/** A record whose line is that of another, shortened. */
function shortened(
  record: LogRecord,
  line: string,
  maxBytes: number,
  preserveFields: readonly string[],
): LogRecord {
  const bare = { truncatedFromBytes: Buffer.byteLength(line) };
  // Fields that are nested so deeply that shortening them exhausts the stack leave.
  const members = guarded(
    () => JSON.parse(truncated(line, maxBytes, ['timestamp', 'level', ...preserveFields])) as object,
    { message: record.message, ...bare },
  );
  const {
    timestamp: _timestamp,
    level: _level,
    message,
    ...fields
  } = { timestamp: '', level: '', message: '', ...members };
  const shorter = { ...record, message, fields: [fields] };
  return fits(shorter, maxBytes) ? shorter : { ...record, message: '', fields: [bare] };
}

function fits(record: LogRecord, maxBytes: number): boolean {
  return Buffer.byteLength(lineOf(record)) <= maxBytes;
}
