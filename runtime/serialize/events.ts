import { MAX_EVENT_BYTES, MAX_MESSAGE_BYTES } from '../../contract/limits.js';
import type { CloudWatchValues } from '../../contract/sections.js';
import { encodedEvent, logEvent, type LogEvent } from '../batch/log-event.js';
import { levelRank } from '../filter/level-gate.js';
import type { FinishedLine, LogRecord } from '../log-record.js';
import { isoTime, lineOf } from './line.js';
import { LineEncoder } from './line-encoder.js';
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
  const lines = fittingLines('line' in record ? record.line : lineOf(record), record, oversizeAction);
  return {
    events: lines.map((part) => logEvent(record.timeMs, part, event.rank)),
    oversize: oversizeAction,
  };
}

const encoder = new LineEncoder();

function eventOf(record: LogRecord | FinishedLine): LogEvent {
  const { timeMs, level } = record;
  const rank = levelRank[level];
  if ('line' in record) return logEvent(timeMs, record.line, rank);
  const encoded = encoder.encode(record);
  return encoded ? encodedEvent(timeMs, encoded, rank) : logEvent(timeMs, lineOf(record), rank);
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
