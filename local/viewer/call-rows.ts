import { MAX_CALL_BYTES, MAX_CALL_EVENTS } from '../../contract/limits.js';
import type { CallLedger, CallRecord } from '../calls.js';
import type { CallPage, CallRow } from './answers.js';
import { integerParameter } from './question.js';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1_000;

/** The newest calls, or those before one; the newest last. */
export function callPage({ rows }: CallLedger, query: URLSearchParams): CallPage {
  const limit = integerParameter(query, 'limit', 1, MAX_LIMIT) ?? DEFAULT_LIMIT;
  const before = integerParameter(query, 'before', 1, Number.MAX_SAFE_INTEGER);
  const end = before === undefined ? rows.length : endBefore(rows, before);
  const start = Math.max(end - limit, 0);
  return { calls: rows.slice(start, end).map(callRow), hasEarlier: start > 0 };
}

/** Calls have consecutive numbers; the first ones may have been forgotten. */
function endBefore(rows: readonly CallRecord[], before: number): number {
  const first = rows[0]?.id ?? 1;
  return Math.min(Math.max(before - first, 0), rows.length);
}

export function callRow(record: CallRecord): CallRow {
  const { id, operation, receivedAtMs, settledAtMs, accountId, region, status, errorName, errorMessage } =
    record;
  const { events, stored, rejected, countedBytes, wireBytes, encoding, fault, userAgent } = record;
  return {
    id,
    operation,
    receivedAtMs,
    durationMs: Number.isFinite(settledAtMs) ? settledAtMs - receivedAtMs : undefined,
    accountId,
    region,
    group: record.logGroupName,
    stream: record.logStreamName,
    status,
    errorName,
    errorMessage,
    events,
    stored,
    rejected,
    countedBytes,
    wireBytes,
    fill: fillOf(record),
    encoding,
    fault,
    userAgent,
  };
}

function fillOf({ operation, events, countedBytes }: CallRecord): number {
  if (operation !== 'PutLogEvents') return 0;
  return Math.max(events / MAX_CALL_EVENTS, countedBytes / MAX_CALL_BYTES);
}
