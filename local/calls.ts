import { countedBytes } from './store/log-event.js';
import { isMap, type JsonMap } from './api/json.js';
import type { Entity } from './operations/entity.js';
import type { RejectionCounts } from './operations/rejections.js';
import type { Call, Encoding } from './protocol/call.js';

/** One call in the ledger. It holds no messages, so that a long run does not keep everything that was sent. */
export interface CallRecord {
  /** Counts the calls of a server, from 1. */
  readonly id: number;
  /** Name of the operation, such as `PutLogEvents`. */
  readonly operation: string;
  /** When the whole request had arrived, by the clock of the server. */
  readonly receivedAtMs: number;
  /** When the call was answered or its connection closed; Infinity while the call is in flight. */
  readonly settledAtMs: number;
  /** Empty if the call names no log group. */
  readonly logGroupName: string;
  /** Empty if the call names no log stream. */
  readonly logStreamName: string;
  /** HTTP status; 0 while the call is in flight, and if the connection closed before the answer. */
  readonly status: number;
  /** Name of the error, if the call was refused. */
  readonly errorName?: string | undefined;
  /** Message of the error, if the call was refused. */
  readonly errorMessage?: string | undefined;
  /** Id of the request, as its answer has it. */
  readonly requestId: string;
  /** Log events sent, accepted or not. */
  readonly events: number;
  /** UTF-8 bytes of the messages, plus 26 each. */
  readonly countedBytes: number;
  /** Bytes of the body, as sent. */
  readonly wireBytes: number;
  /** How the body was encoded. */
  readonly encoding: Encoding;
  /** Time of the first log event, in milliseconds since the epoch; `undefined` without one. */
  readonly firstTimestamp: number | undefined;
  /** Time of the last log event, in milliseconds since the epoch; `undefined` without one. */
  readonly lastTimestamp: number | undefined;
  /** Log events that this call stored. */
  readonly stored: number;
  /** Log events of an accepted call that were discarded. */
  readonly rejected: number;
  /** The reasons why they were; absent if none was. */
  readonly rejections?: RejectionCounts | undefined;
  /** The service or resource to which the service relates the events; absent if the call names none, or one that is rejected. */
  readonly entity?: Entity | undefined;
  /** PutLogEvents calls in flight on the stream when this one arrived, itself included; 0 for other operations. */
  readonly concurrency: number;
  /** Kind of the fault that was applied. */
  readonly fault?: string | undefined;
  /** Id of the access key that signed the call. */
  readonly accessKeyId: string;
  /** The account of the key: the call was for its log groups. */
  readonly accountId: string;
  /** Region of the signature. */
  readonly region: string;
  /** Who called, as CloudTrail shows it: the header User-Agent. Empty if there is none. */
  readonly userAgent: string;
}

/** A row that the ledger still changes. */
export type OpenRecord = { -readonly [Member in keyof CallRecord]: CallRecord[Member] };

export type CallListener = (record: CallRecord) => void;

/** Why a call was refused. */
export type Refused = Pick<CallRecord, 'errorName' | 'errorMessage'>;

const UNSETTLED = { status: 0, stored: 0, rejected: 0, concurrency: 0 };

/** Longest text of a call in the ledger. What is legal is shorter; a name that is not may have mebibytes. */
const MAX_TEXT = 4_096;

/** Rows that leave at once, so that not every call moves all others. */
const ROOM = 100;

export class CallLedger {
  readonly #rows: OpenRecord[] = [];
  readonly #maxRows: number;
  #forgotten = 0;
  readonly #inFlight = new Map<string, number>();
  readonly #listeners = new Set<CallListener>();
  readonly #clock: () => number;
  #lastRefused: CallRecord | undefined;

  /** @param maxRows most rows to keep: those of the last calls */
  constructor(clock: () => number, maxRows = Number.POSITIVE_INFINITY) {
    this.#clock = clock;
    this.#maxRows = maxRows;
  }

  get rows(): readonly CallRecord[] {
    return this.#rows;
  }

  /** Rows that are not kept any more. The first of `rows` is the one after them. */
  get forgotten(): number {
    return this.#forgotten;
  }

  /** Calls that have arrived. */
  get opened(): number {
    return this.#forgotten + this.#rows.length;
  }

  /** The call that was refused last. */
  get lastRefused(): CallRecord | undefined {
    return this.#lastRefused;
  }

  /** Calls a listener with each call that arrives and with each that settles. Returns how to stop listening. */
  onChange(listener: CallListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  open(call: Call, requestId: string): OpenRecord {
    const { operation, input, wireBytes, encoding, caller } = call;
    const { logGroupName, logStreamName } = targetOf(input);
    const sent = {
      logGroupName: shortened(logGroupName),
      logStreamName: shortened(logStreamName),
      ...measure(input),
      wireBytes,
      encoding,
      ...caller,
    };
    const times = { receivedAtMs: this.#clock(), settledAtMs: Number.POSITIVE_INFINITY };
    const row: OpenRecord = { id: this.opened + 1, operation, requestId, ...times, ...sent, ...UNSETTLED };
    if (operation === 'PutLogEvents') row.concurrency = this.#shift(row, 1);
    this.#rows.push(row);
    if (this.#rows.length > this.#maxRows) this.#forget(this.#rows.length - this.#maxRows + ROOM);
    this.#report(row);
    return row;
  }

  /** Settles a row once. Later calls change nothing. */
  settle(row: OpenRecord, status: number, { errorName, errorMessage }: Refused = {}): void {
    if (row.settledAtMs !== Number.POSITIVE_INFINITY) return;
    row.settledAtMs = this.#clock();
    row.status = status;
    if (errorName !== undefined)
      Object.assign(row, { errorName, errorMessage: errorMessage && shortened(errorMessage) });
    if (row.errorName !== undefined) this.#lastRefused = row;
    if (row.operation === 'PutLogEvents') this.#shift(row, -1);
    this.#report(row);
  }

  /** Settles a row whose connection closed before the answer was sent completely. */
  lose(row: OpenRecord): void {
    const wasSettled = row.settledAtMs !== Number.POSITIVE_INFINITY;
    this.settle(row, 0);
    row.status = 0;
    if (wasSettled) this.#report(row);
  }

  #report(row: CallRecord): void {
    for (const listener of this.#listeners) listener(row);
  }

  #forget(count: number): void {
    this.#forgotten += this.#rows.splice(0, Math.min(count, this.#rows.length - 1)).length;
  }

  /** Names are unique in an account's Region only. */
  #shift({ accountId, region, logGroupName, logStreamName }: CallRecord, by: number): number {
    const stream = `${accountId}/${region}/${logGroupName}:${logStreamName}`;
    const count = (this.#inFlight.get(stream) ?? 0) + by;
    if (count === 0) this.#inFlight.delete(stream);
    else this.#inFlight.set(stream, count);
    return count;
  }
}

/** Copies what it keeps: a slice would hold the whole text. */
function shortened(value: string): string {
  return value.length <= MAX_TEXT ? value : Buffer.from(value.slice(0, MAX_TEXT)).toString();
}

/** Log group and log stream as sent, legal or not. */
export function targetOf(input: JsonMap): { logGroupName: string; logStreamName: string } {
  return { logGroupName: text(input['logGroupName']), logStreamName: text(input['logStreamName']) };
}

/** The messages as sent, even of malformed events. */
export function messagesOf(input: JsonMap): readonly string[] {
  return itemsOf(input).map(({ message }) => text(message));
}

function measure(
  input: JsonMap,
): Pick<CallRecord, 'events' | 'countedBytes' | 'firstTimestamp' | 'lastTimestamp'> {
  const items = itemsOf(input);
  return {
    events: items.length,
    countedBytes: items.reduce((sum, { message }) => sum + countedBytes(text(message)), 0),
    firstTimestamp: numberOf(items[0]?.['timestamp']),
    lastTimestamp: numberOf(items.at(-1)?.['timestamp']),
  };
}

function itemsOf({ logEvents }: JsonMap): readonly JsonMap[] {
  return Array.isArray(logEvents) ? logEvents.map((item: unknown) => (isMap(item) ? item : {})) : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
