import { passes } from '../../contract/levels.js';
import type { ValuesOf } from '../../contract/sections.js';
import type { LogRecord } from '../log-record.js';
import type { Filter, FilterContext } from './filter.js';
import { keyOf } from './key.js';
import { shareOf } from './share.js';

/** X-Ray's form of a trace id, `1-5759e988-bd862e3fe1be46a994272793`. Without its dashes and version it is OpenTelemetry's. */
const XRAY_TRACE = /^1-([0-9a-f]{8})-([0-9a-f]{24})$/;

/**
 * The filter `sampling`: lets the share `rate` of the records through. The value of `keyField` decides: all processes keep or
 * lose a trace as a whole, and a higher rate keeps all that a lower one keeps. Where that is `traceId`, a `trace_id` will do, and
 * a trace is the same one in X-Ray's form and in OpenTelemetry's.
 * Records without such a value are kept at random.
 * Records at `alwaysLevel` and above always pass.
 */
export function samplingFilter(
  { alwaysLevel, keyField, rate }: ValuesOf<'sampling'>,
  { random }: Pick<FilterContext, 'random'>,
): Filter {
  const isKept = (record: LogRecord): boolean => {
    if (passes(record.level, alwaysLevel)) return true;
    const key = keyOf(record, keyField) ?? (keyField === 'traceId' ? keyOf(record, 'trace_id') : undefined);
    return (key === undefined ? random() : shareOf(key.replace(XRAY_TRACE, '$1$2'))) < rate;
  };
  return { name: 'sampling', apply: (record) => (isKept(record) ? record : undefined) };
}
