/**
 * What CloudWatch Logs accepts. Each number states its source: *API* is the service model of 2014-03-28, *guide* the
 * quotas page of the user guide, *observed* an answer of the service that public shippers' tests record.
 */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Log events in one PutLogEvents call. API: `logEvents`, 1 to 10,000 items. */
export const MAX_CALL_EVENTS = 10_000;

/** Bytes in one PutLogEvents call: UTF-8 bytes of the messages plus {@link EVENT_OVERHEAD_BYTES} each. API. */
export const MAX_CALL_BYTES = 1_048_576;

/** Bytes that the service adds to each log event when it counts. API. */
export const EVENT_OVERHEAD_BYTES = 26;

/** Bytes in one log event, overhead included: 1 MB since April 2025 (guide); that the overhead counts is observed. */
export const MAX_EVENT_BYTES = 1_048_576;

/** UTF-8 bytes that a message may have: what {@link MAX_EVENT_BYTES} leaves. */
export const MAX_MESSAGE_BYTES = MAX_EVENT_BYTES - EVENT_OVERHEAD_BYTES;

/**
 * UTF-8 bytes of a line that Lambda delivers from standard output as one event. Lambda's guide names no limit; 256 KiB, overhead
 * included, is what extensions observe.
 */
export const MAX_LAMBDA_LINE_BYTES = 262_144 - EVENT_OVERHEAD_BYTES;

/** Milliseconds between the first and the last event of a call. API: "cannot span more than 24 hours". */
export const MAX_CALL_SPAN_MS = DAY_MS;

/** An event older than this is accepted with status 200 and discarded. API: 14 days. */
export const MAX_PAST_MS = 14 * DAY_MS;

/** An event further in the future than this is accepted with status 200 and discarded. API: 2 hours. */
export const MAX_FUTURE_MS = 2 * HOUR_MS;

/**
 * PutLogEvents calls a second of an account in a Region, all its writers together, before AWS raises the quota. Guide: the same in each
 * Region, adjustable by {@link PUT_CALLS_QUOTA_CODE}. There is no quota of a log stream any more.
 */
export const MAX_PUT_CALLS_PER_SECOND = 5_000;

/** Code by which Service Quotas (service code `logs`) knows {@link MAX_PUT_CALLS_PER_SECOND}. Guide. */
export const PUT_CALLS_QUOTA_CODE = 'L-7E1FAE88';

/** CreateLogStream calls a second of an account in a Region, before AWS raises the quota. Guide. */
export const MAX_STREAMS_CREATED_PER_SECOND = 50;

/** Code by which Service Quotas (service code `logs`) knows {@link MAX_STREAMS_CREATED_PER_SECOND}. Guide. */
export const STREAMS_CREATED_QUOTA_CODE = 'L-76507CEF';

/**
 * Synchronous invocations that an environment of a Lambda function serves in a second. Lambda developer guide, "Lambda quotas", which
 * sets no such limit to asynchronous ones.
 */
export const MAX_INVOCATIONS_OF_ENVIRONMENT = 10;

/** Characters in a query of Logs Insights. API: StartQuery, `queryString`. */
export const MAX_QUERY_LENGTH = 10_000;

/** Characters in the name of a log group or a log stream. API: 1 to 512. */
export const MAX_NAME_LENGTH = 512;

/** Characters in the beginning of a log stream's name: half of {@link MAX_NAME_LENGTH}, so that the rest always fits. */
export const MAX_STREAM_PREFIX_LENGTH = 256;

/** Characters in a value of an entity. API: 1 to 512. */
export const MAX_ENTITY_VALUE_LENGTH = 512;

/** UTF-8 bytes of JSON that an entity may take here. The service has a limit that is not documented (`EntitySizeTooLarge`). */
export const MAX_ENTITY_BYTES = 2_048;

/** Days for which a log group may keep its events. API: `retentionInDays`; absent means for ever. */
export const RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Metrics in one log event. Guide: the specification of the embedded metric format, `Metrics`. */
export const MAX_EVENT_METRICS = 100;

/** Values of one metric in one log event. Guide: the specification of the embedded metric format, target members. */
export const MAX_METRIC_VALUES = 100;

/** Dimensions of a metric. Guide: the specification of the embedded metric format, `DimensionSet`. */
export const MAX_METRIC_DIMENSIONS = 30;

/** Characters in the name of a metric. API of CloudWatch: 1 to 255; the embedded metric format alone would take 1,024. */
export const MAX_METRIC_NAME_LENGTH = 255;

/** Characters in the name of a dimension. Guide: the specification of the embedded metric format, 1 to 250. */
export const MAX_DIMENSION_NAME_LENGTH = 250;

/** Characters in the value of a dimension. Guide and API of CloudWatch: 1 to 1,024. */
export const MAX_DIMENSION_VALUE_LENGTH = 1_024;

/** Characters in a namespace of metrics. API of CloudWatch: 1 to 255. */
export const MAX_NAMESPACE_LENGTH = 255;

/** The greatest value of a metric, and with a minus the least one. API of CloudWatch, `PutMetricData`. */
export const MAX_METRIC_VALUE = 2 ** 360;
