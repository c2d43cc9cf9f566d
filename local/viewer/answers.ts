/**
 * What the viewer's page and the local server say to each other, below `/viewer/`. All of it is JSON; the feed is server-sent
 * events. Questions are parameters of the URL, so that a selection can be kept in a link; a query of Logs Insights may be too long for that.
 *
 *     GET  /viewer/groups              GroupRow[]
 *     GET  /viewer/events?…            EventPage        the selection, and limit, before, after, at
 *     GET  /viewer/histogram?…         Histogram        the selection, and buckets
 *     GET  /viewer/facets?…            Facet[]          the selection, and name (repeated)
 *     GET  /viewer/download?…          JSON lines, one EventRow each; the selection
 *     POST /viewer/insights?…          InsightsAnswer   the selection; the body is an InsightsQuestion
 *     GET  /viewer/event?…             EventRow         ptr
 *     GET  /viewer/queries             SavedQuery[]
 *     GET  /viewer/calls?…             CallPage         limit, before (an id), only=problems
 *     GET  /viewer/faults              FaultRow[]       those that are switched on
 *     PUT  /viewer/faults              FaultRow[]       replaces them
 *     GET  /viewer/status              ServerStatus
 *     GET  /viewer/feed?…              server-sent events: `events` EventRow[], `calls` CallRow[], `status` ServerStatus
 *
 * The selection, of which each part may be absent:
 *
 * - `group`, repeated: ids of groups, `accountId/region/name`. No group and no stream: all events of the server.
 * - `stream`, repeated: `group id:stream name`, which no group and no stream can contain otherwise. It narrows its group to the streams
 *   that are named; groups without one are whole.
 * - `filter`: a filter pattern of CloudWatch Logs.
 * - `start` and `end`: milliseconds since 1970, `start` inclusive, `end` exclusive.
 *
 * A page of events ends with the newest one, unless it is told where to be: `before` and `after` are ids, `at` is a time in
 * milliseconds, and the page begins with the first event that is not earlier. It has fewer events than `limit` asks for where they are long.
 * The feed has the selection, too; its `events` are those of it
 * that were stored since the feed was opened. `reload` (data `null`) says that the reader was too slow, and events are missing.
 */

/** A log group, wherever it is. */
export interface GroupRow {
  /** Stands for the group in parameters: `accountId/region/name`. */
  readonly id: string;
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  readonly logGroupClass: string;
  readonly retentionInDays?: number | undefined;
  readonly storedBytes: number;
  readonly streams: readonly StreamRow[];
}

export interface StreamRow {
  readonly name: string;
  readonly events: number;
  readonly lastEventTimestamp?: number | undefined;
}

export interface EventRow {
  /** Unique in the server, and in the order of timestamp and arrival as text. */
  readonly id: string;
  /** Id of the group. */
  readonly group: string;
  readonly stream: string;
  readonly timestamp: number;
  readonly ingestionTime: number;
  readonly message: string;
}

/** A page of events in the order of time. `before` and `after` of the next question are ids of its first and last event. */
export interface EventPage {
  readonly events: readonly EventRow[];
  readonly hasEarlier: boolean;
  readonly hasLater: boolean;
  /** Events of the whole selection. */
  readonly total: number;
  /** Set if counting would have taken too long: there are at least `total` events. A later question knows more. */
  readonly totalIsLeast?: boolean | undefined;
}

export interface Histogram {
  readonly start: number;
  readonly bucketMs: number;
  /** One number a bucket. */
  readonly events: readonly number[];
  readonly errors: readonly number[];
}

/** Values of a field in the selection, the most frequent first. */
export interface Facet {
  /** Path in the JSON line, as a filter pattern has it after `$.`: `level`, `error.type`. */
  readonly name: string;
  readonly values: readonly { readonly value: string; readonly count: number }[];
  /** Whether there are more values than these. */
  readonly hasMore: boolean;
}

/** The body of a question of Logs Insights. */
export interface InsightsQuestion {
  readonly query: string;
}

/** The result of a query of Logs Insights. */
export interface InsightsAnswer {
  readonly columns: readonly string[];
  readonly rows: readonly InsightsRow[];
  /** Rows of the result that are not here, because an answer is bounded. */
  readonly rowsLeftOut: number;
  readonly statistics: InsightsStatistics;
}

export interface InsightsRow {
  /** Texts in the order of the columns; null where there is no value. */
  readonly cells: readonly (string | null)[];
  /** Pointer to the event, if the row is one. */
  readonly ptr?: string | undefined;
}

export interface InsightsStatistics {
  readonly recordsMatched: number;
  readonly recordsScanned: number;
  readonly bytesScanned: number;
  readonly durationMs: number;
}

/** A query that is kept by PutQueryDefinition. */
export interface SavedQuery {
  readonly id: string;
  readonly name: string;
  readonly query: string;
  /** Ids of the log groups that it is for; empty if it names none. */
  readonly groups: readonly string[];
}

/** A call as the tab *Calls* shows it. */
export interface CallRow {
  readonly id: number;
  readonly operation: string;
  readonly receivedAtMs: number;
  /** Absent while the call is in flight. */
  readonly durationMs?: number | undefined;
  readonly accountId: string;
  readonly region: string;
  readonly group: string;
  readonly stream: string;
  readonly status: number;
  readonly errorName?: string | undefined;
  readonly errorMessage?: string | undefined;
  readonly events: number;
  readonly stored: number;
  readonly rejected: number;
  /** The reasons why they were; absent if none was. */
  readonly rejections?:
    { readonly tooOld: number; readonly expired: number; readonly tooNew: number } | undefined;
  /** Key attributes of the service or resource to which the events are related; absent if the call names none. */
  readonly entity?: Readonly<Record<string, string>> | undefined;
  readonly countedBytes: number;
  readonly wireBytes: number;
  /** Share of the service's limits that the call used, from 0 to 1; 0 for other calls than PutLogEvents. */
  readonly fill: number;
  readonly encoding: 'identity' | 'gzip';
  readonly fault?: string | undefined;
  readonly userAgent: string;
}

export interface CallPage {
  readonly calls: readonly CallRow[];
  readonly hasEarlier: boolean;
}

/** A fault that the page can switch on. */
export interface FaultRow {
  readonly kind: string;
  readonly operation: string;
  /** From 0 to 1. */
  readonly probability: number;
  readonly delayMs?: number | undefined;
}

export interface ServerStatus {
  readonly endpoint: string;
  /** Lines for a shell, ready to paste. */
  readonly exports: readonly string[];
  readonly calls: number;
  readonly events: number;
  /** Events that left the store because it was full. */
  readonly evicted: number;
  readonly lastRefusal?:
    { readonly operation: string; readonly errorName: string; readonly message: string } | undefined;
  readonly nowMs: number;
}

/** The answer to a question that cannot be answered, with status 400: a pattern, say, that is malformed. */
export interface Refusal {
  readonly error: string;
  /** The parameter that is wrong. */
  readonly parameter?: string | undefined;
  /** Where the text of the parameter is wrong: indexes of the first character, and behind the last one. */
  readonly place?: TextPlace | undefined;
}

export interface TextPlace {
  readonly start: number;
  readonly end: number;
}
