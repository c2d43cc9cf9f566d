import { levelRank } from '../../contract/levels.js';
import { MAX_EVENT_BYTES, MAX_MESSAGE_BYTES } from '../../contract/limits.js';
import type { CloudWatchValues } from '../../contract/sections.js';
import { logEvent, type LogEvent } from '../batch/log-event.js';
import type { FinishedLine, LogRecord } from '../log-record.js';
import { isoTime, lineOf } from './line.js';
import { splitLine } from './split.js';
import { truncated } from './truncate.js';

export type OversizeAction = CloudWatchValues['oversizeAction'];

/** What a record became. */
export interface Serialized {
  readonly events: readonly LogEvent[];
  /** What was done because the line was over the service's limit. */
  readonly oversize: OversizeAction | undefined;
}

/** The log events of a record: one, unless its line is too large and is to be split. */
export function serialize(record: LogRecord | FinishedLine, oversizeAction: OversizeAction): Serialized {
  const event = eventOf(record);
  if (event.bytes <= MAX_EVENT_BYTES) return { events: [event], oversize: undefined };
  const lines = fittingLines(textOf(record), record, oversizeAction);
  return {
    events: lines.map((part) => logEvent(record.timeMs, part, event.rank)),
    oversize: oversizeAction,
  };
}

function eventOf(record: LogRecord | FinishedLine): LogEvent {
  return logEvent(record.timeMs, textOf(record), levelRank[record.level]);
}

function textOf(record: LogRecord | FinishedLine): string {
  return 'line' in record ? record.line : lineOf(record);
}

function fittingLines(
  line: string,
  { timeMs, level }: Pick<LogRecord, 'timeMs' | 'level'>,
  action: OversizeAction,
): string[] {
  if (action === 'drop') return [];
  if (action === 'truncate') return [truncated(line, MAX_MESSAGE_BYTES)];
  return splitLine(line, MAX_MESSAGE_BYTES, isoTime(timeMs), level);
}
