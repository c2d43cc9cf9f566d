import type { ValuesOf } from '../../contract/sections.js';
import type { LogRecord } from '../log-record.js';
import { readContent, readRecord } from '../serialize/fields.js';
import { lineMembers, formatLine } from '../serialize/line.js';
import { shrunkMembers, type Members } from '../serialize/truncate.js';
import type { Filter, FilterContext } from './filter.js';

type Action = ValuesOf<'sizeGuard'>['action'];

const DONE: Readonly<Record<Action, string>> = {
  truncate: 'its largest members were shortened',
  drop: 'it was dropped',
  warn: 'it was left as it is',
};

/**
 * The filter `size_guard`: limits the UTF-8 bytes of a line. It shrinks the largest members of a longer line until it fits
 * (but not `preserveFields`; see {@link shrunkMembers}), drops the record or leaves it as it is, and reports which.
 */
export function sizeGuardFilter(
  { action, maxBytes, preserveFields }: ValuesOf<'sizeGuard'>,
  { report }: Pick<FilterContext, 'report'>,
): Filter {
  const apply = (record: LogRecord): LogRecord | undefined => {
    const content = readContent(record);
    if (content.mostBytes <= maxBytes) return record;
    const line = lineMembers(record, content);
    const bytes = Buffer.byteLength(JSON.stringify(line));
    if (bytes <= maxBytes) return record;
    const limit = `a log line has ${bytes} bytes, over the limit of ${maxBytes}`;
    report(`size_guard.${action}`, `${limit}: ${DONE[action]}`);
    if (action === 'drop') return undefined;
    if (action === 'warn') return record;
    return shortened(record, shrunkMembers(line, bytes, maxBytes, preserveFields), maxBytes);
  };
  return { name: 'size_guard', apply };
}

/** A record whose line has these members. */
function shortened(record: LogRecord, line: Members, maxBytes: number): LogRecord {
  const { timestamp: _timestamp, level: _level, message = '', ...members } = line;
  const shorter = readRecord(record, { message: message as string, members });
  if (Buffer.byteLength(formatLine(shorter)) <= maxBytes) return shorter;
  const { truncatedFromBytes } = line;
  return { ...record, message: '', fields: [{ truncatedFromBytes }] };
}
