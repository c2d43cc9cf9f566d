import type { ValuesOf } from '../../contract/sections.js';
import type { LogRecord } from '../log-record.js';
import { guarded } from '../serialize/guard.js';
import { lineOf } from '../serialize/line.js';
import { shrunkMembers, type Members } from '../serialize/truncate.js';
import type { Filter, FilterContext } from './filter.js';
import { surelyFits } from './size-bound.js';

type Action = ValuesOf<'sizeGuard'>['action'];

const DONE: Readonly<Record<Action, string>> = {
  truncate: 'its largest members were shortened',
  drop: 'it was dropped',
  warn: 'it was left as it is',
};

/**
 * The filter `size_guard`: a limit on the UTF-8 bytes of a line. The largest members of a longer one shrink until it fits
 * (`preserveFields` do not; see {@link shrunkMembers}), it is dropped, or left as it is; each is reported.
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
    const { action, maxBytes } = this.#settings;
    if (surelyFits(record, maxBytes)) return record;
    // What has no line, because the engine cannot hold it, is for the sink to count.
    const line = guarded(() => lineOf(record), '');
    const bytes = Buffer.byteLength(line);
    if (bytes <= maxBytes) return record;
    const limit = `a log line has ${bytes} bytes, over the limit of ${maxBytes}`;
    this.#report(`size_guard.${action}`, `${limit}: ${DONE[action]}`);
    if (action === 'drop') return undefined;
    return action === 'warn' ? record : shortened(record, line, this.#settings);
  }
}

/** A record whose line is that of another, with its largest members shortened. */
function shortened(
  record: LogRecord,
  line: string,
  { maxBytes, preserveFields }: ValuesOf<'sizeGuard'>,
): LogRecord {
  const whole = JSON.parse(line) as Members;
  const members = shrunkMembers(whole, maxBytes, preserveFields, Buffer.byteLength(line));
  const { timestamp: _timestamp, level: _level, message = '', ...fields } = members;
  const shorter = { ...record, message: message as string, fields: [fields] };
  const { truncatedFromBytes } = members;
  return fits(shorter, maxBytes) ? shorter : { ...record, message: '', fields: [{ truncatedFromBytes }] };
}

function fits(record: LogRecord, maxBytes: number): boolean {
  return Buffer.byteLength(lineOf(record)) <= maxBytes;
}
