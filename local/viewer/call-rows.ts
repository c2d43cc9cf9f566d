import { MAX_CALL_BYTES, MAX_CALL_EVENTS } from '../../contract/limits.js';
import type { CallLedger, CallRecord } from '../calls.js';
import type { CallPage, CallRow } from './answers.js';
import { integerParameter } from './question.js';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1_000;

/** The newest calls, or those before one; the newest last. With `only=problems`, those that did not go as they should. */
export function callPage({ rows }: CallLedger, query: URLSearchParams): CallPage {
  const limit = integerParameter(query, 'limit', 1, MAX_LIMIT) ?? DEFAULT_LIMIT;
  const before = integerParameter(query, 'before', 1, Number.MAX_SAFE_INTEGER) ?? Number.POSITIVE_INFINITY;
  const isWanted = query.get('only') === 'problems' ? hasProblem : (): boolean => true;
  const found: CallRow[] = [];
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const record = rows[index]!;
    if (record.id >= before || !isWanted(record)) continue;
    if (found.length === limit) return { calls: found.toReversed(), hasEarlier: true };
    found.push(callRow(record));
  }
  return { calls: found.toReversed(), hasEarlier: false };
}

/** Refused, lost, with rejected events, or spoiled by a fault. */
function hasProblem({ status, settledAtMs, rejected, fault }: CallRecord): boolean {
  return fault !== undefined || rejected > 0 || (status !== 200 && Number.isFinite(settledAtMs));
}

export function callRow(record: CallRecord): CallRow {
  const { id, operation, receivedAtMs, settledAtMs, accountId, region, status, errorName, errorMessage } =
    record;
  const { events, stored, rejected, rejections, countedBytes, wireBytes, encoding, fault, userAgent } =
    record;
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
    rejections,
    entity: record.entity?.keyAttributes,
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
