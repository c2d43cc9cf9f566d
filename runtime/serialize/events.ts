import { MAX_MESSAGE_BYTES } from '../../contract/limits.js';
import { levelRank } from '../../contract/levels.js';
import type { CloudWatchValues } from '../../contract/sections.js';
import { needStack } from '../io/stack.js';
import { logEvent, type LogEvent } from '../batch/log-event.js';
import { isMetric, type FinishedLine, type LogRecord } from '../log-record.js';
import { MAX_SPLIT_UNITS, MAX_UNITS } from './budget.js';
import { readContent } from './fields.js';
import { isoTime, lineMembers } from './line.js';
import { splitLine } from './split.js';
import { membersOfLine, shrunkMembers, type Members } from './truncate.js';

/** What is done with a line over the limit of the service. */
export type OversizeAction = CloudWatchValues['oversizeAction'];

/** The log events of a record. */
export interface Serialized {
  readonly events: readonly LogEvent[];
  /** Set if the line was over the service's limit. */
  readonly oversize: OversizeAction | undefined;
}

/** Makes the log events of a record: one, unless its line is over the service's limit and is split or dropped. */
export function serialize(record: LogRecord | FinishedLine, wanted: OversizeAction): Serialized {
  needStack('aRecord');
  // CloudWatch finds no metric in a part of a line.
  const oversizeAction = wanted === 'split' && isMetric(record) ? 'truncate' : wanted;
  const members = 'line' in record ? undefined : membersFor(record, oversizeAction);
  const line = 'line' in record ? record.line : JSON.stringify(members);
  const fits = Buffer.byteLength(line) <= MAX_MESSAGE_BYTES;
  const lines = fits ? [line] : fittingLines(line, members, record, oversizeAction);
  const rank = levelRank[record.level];
  return {
    events: lines.map((each) => logEvent(record.timeMs, each, rank)),
    oversize: fits ? undefined : oversizeAction,
  };
}

/** A record that is split may have more text than one event has room for. */
function membersFor(record: LogRecord, action: OversizeAction): Members {
  const maxUnits = action === 'split' ? MAX_SPLIT_UNITS : MAX_UNITS;
  return lineMembers(record, readContent(record, undefined, maxUnits));
}

function fittingLines(
  line: string,
  members: Members | undefined,
  { timeMs, level }: Pick<LogRecord, 'timeMs' | 'level'>,
  action: OversizeAction,
): string[] {
  if (action === 'drop') return [];
  if (action === 'split') return splitLine(line, MAX_MESSAGE_BYTES, isoTime(timeMs), level);
  return [
    JSON.stringify(shrunkMembers(members ?? membersOfLine(line), Buffer.byteLength(line), MAX_MESSAGE_BYTES)),
  ];
}
