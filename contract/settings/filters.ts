import { MAX_MESSAGE_BYTES } from '../limits.js';
import { bytes, choice, decimal, integer, names, seconds, text } from '../kinds.js';
import { minimumLevel } from './minimum-level.js';
import { optional, withDefault, type Rows } from './setting.js';

const fieldPath = text('the path of a field, such as requestId or user.id', (path) =>
  /^[^.\s]+(\.[^.\s]+)*$/.test(path),
);

export const levelFilterSettings = {
  minLevel: withDefault({
    field: 'MIN_LEVEL',
    kind: minimumLevel,
    default: 'trace',
    meaning: 'Lowest level that passes; at `silent` nothing does.',
  }),
} satisfies Rows;

export const rateLimitSettings = {
  capacity: withDefault({
    field: 'CAPACITY',
    kind: integer(1),
    default: 10,
    meaning: 'Records that may pass at once; a bucket starts full.',
  }),
  refillRatePerSec: withDefault({
    field: 'REFILL_RATE_PER_SEC',
    kind: decimal(0, 1_000_000_000),
    default: 5,
    meaning: 'Records that may pass each second after that.',
  }),
  keyField: optional({
    field: 'KEY_FIELD',
    kind: fieldPath,
    otherwise: 'one bucket for all records',
    meaning: 'Field whose values have a bucket each; dots lead into nested fields.',
  }),
  maxKeys: withDefault({
    field: 'MAX_KEYS',
    kind: integer(1),
    default: 10_000,
    meaning: 'Number of buckets to keep; the least recently used one goes first.',
  }),
  overflowAction: withDefault({
    field: 'OVERFLOW_ACTION',
    kind: choice(['drop', 'mark']),
    default: 'drop',
    meaning:
      'What happens to a record over the limit. `drop`: it is suppressed. `mark`: it passes with the field `rate_limited: true`.',
  }),
  windowSeconds: withDefault({
    field: 'WINDOW_SECONDS',
    kind: seconds(1, 86_400),
    default: 60,
    meaning: 'How often one line reports the number of suppressed records, in seconds.',
  }),
} satisfies Rows;

export const samplingSettings = {
  rate: withDefault({
    field: 'RATE',
    kind: decimal(0, 1),
    default: 1,
    meaning: 'Share of the records that passes.',
  }),
  keyField: withDefault({
    field: 'KEY_FIELD',
    kind: fieldPath,
    default: 'traceId',
    meaning:
      'Field that decides: records with the same value pass together or not at all. Without the field, chance decides.',
  }),
  alwaysLevel: withDefault({
    field: 'ALWAYS_LEVEL',
    kind: minimumLevel,
    default: 'error',
    meaning: 'Lowest level that always passes; at `silent` the rate is that of every level.',
  }),
} satisfies Rows;

export const firstOccurrenceSettings = {
  windowSeconds: withDefault({
    field: 'WINDOW_SECONDS',
    kind: seconds(0.001, 86_400),
    default: 60,
    meaning: 'Time in which a record like an earlier one is suppressed, in seconds.',
  }),
  keyField: optional({
    field: 'KEY_FIELD',
    kind: fieldPath,
    otherwise: 'level and message',
    meaning: 'Field whose value makes records alike.',
  }),
  maxKeys: withDefault({
    field: 'MAX_KEYS',
    kind: integer(1),
    default: 10_000,
    meaning: 'Number of kinds of records to remember; the oldest is forgotten first.',
  }),
} satisfies Rows;

export const sizeGuardSettings = {
  maxBytes: withDefault({
    field: 'MAX_BYTES',
    kind: bytes(100, MAX_MESSAGE_BYTES),
    default: MAX_MESSAGE_BYTES,
    meaning: 'Largest line, in bytes.',
  }),
  action: withDefault({
    field: 'ACTION',
    kind: choice(['truncate', 'drop', 'warn']),
    default: 'truncate',
    meaning:
      'What happens to a larger line: its largest members are shortened, it is suppressed, or it is only reported.',
  }),
  preserveFields: withDefault({
    field: 'PRESERVE_FIELDS',
    kind: names(['requestId', 'traceId'], { mayBeEmpty: true }),
    default: ['requestId', 'traceId'],
    meaning: 'Fields that are not shortened.',
  }),
} satisfies Rows;
