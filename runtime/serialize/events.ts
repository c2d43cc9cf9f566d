import { MAX_EVENT_BYTES, MAX_MESSAGE_BYTES } from '../../contract/limits.js';
import type { CloudWatchValues } from '../../contract/settings.js';
import { logEvent, type LogEvent } from '../batch/log-event.js';
import { levelRank } from '../filter/level-gate.js';
import type { LogRecord } from '../log-record.js';
import { lineOf } from './line.js';
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
export function serialize(record: LogRecord, oversizeAction: OversizeAction): Serialized {
  const event = logEvent(record.timeMs, lineOf(record), levelRank[record.level]);
  if (event.bytes <= MAX_EVENT_BYTES) return { events: [event], oversize: undefined };
  const lines = fittingLines(event.line, record, oversizeAction);
  return {
    events: lines.map((line) => logEvent(record.timeMs, line, event.rank)),
    oversize: oversizeAction,
  };
}

function fittingLines(line: string, { timeMs, level }: LogRecord, action: OversizeAction): string[] {
  if (action === 'drop') return [];
  if (action === 'truncate') return [truncated(line, MAX_MESSAGE_BYTES)];
  return splitLine(line, MAX_MESSAGE_BYTES, new Date(timeMs).toISOString(), level);
}
