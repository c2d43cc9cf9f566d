import { EVENT_OVERHEAD_BYTES, MAX_EVENT_BYTES, MAX_MESSAGE_BYTES } from '../../contract/limits.js';
import { levelRank } from '../../contract/levels.js';
import type { CloudWatchValues } from '../../contract/sections.js';
import { logEvent, type LogEvent } from '../batch/log-event.js';
import type { FinishedLine, LogRecord } from '../log-record.js';
import { MAX_SPLIT_UNITS, MAX_UNITS } from './budget.js';
import { readContent } from './fields.js';
import { isoTime, lineMembers } from './line.js';
import { splitLine } from './split.js';
import { shrunk, truncated } from './truncate.js';

export type OversizeAction = CloudWatchValues['oversizeAction'];

/** The log events of a record. */
export interface Serialized {
  readonly events: readonly LogEvent[];
  /** Set if the line was over the service's limit. */
  readonly oversize: OversizeAction | undefined;
}

/** A line, and how to shorten it. */
interface Line {
  readonly text: string;
  readonly shortened: () => string;
}

/** Makes the log events of a record: one, unless its line is over the service's limit and is split or dropped. */
export function serialize(record: LogRecord | FinishedLine, oversizeAction: OversizeAction): Serialized {
  const line =
    'line' in record ? finishedLine(record.line) : lineOfMembers(membersFor(record, oversizeAction));
  const rank = levelRank[record.level];
  if (Buffer.byteLength(line.text) + EVENT_OVERHEAD_BYTES <= MAX_EVENT_BYTES) {
    return { events: [logEvent(record.timeMs, line.text, rank)], oversize: undefined };
  }
  return {
    events: fittingLines(line, record, oversizeAction).map((each) => logEvent(record.timeMs, each, rank)),
    oversize: oversizeAction,
  };
}

function finishedLine(text: string): Line {
  return { text, shortened: () => truncated(text, MAX_MESSAGE_BYTES) };
}

/** A record that is split may have more text than one event has room for. */
function membersFor(record: LogRecord, action: OversizeAction): Readonly<Record<string, unknown>> {
  const maxUnits = action === 'split' ? MAX_SPLIT_UNITS : MAX_UNITS;
  return lineMembers(record, readContent(record, undefined, maxUnits));
}

function lineOfMembers(members: Readonly<Record<string, unknown>>): Line {
  return {
    text: JSON.stringify(members),
    shortened: () => shrunk(members, MAX_MESSAGE_BYTES),
  };
}

function fittingLines(
  { text, shortened }: Line,
  { timeMs, level }: Pick<LogRecord, 'timeMs' | 'level'>,
  action: OversizeAction,
): string[] {
  if (action === 'drop') return [];
  if (action === 'truncate') return [shortened()];
  return splitLine(text, MAX_MESSAGE_BYTES, isoTime(timeMs), level);
}
