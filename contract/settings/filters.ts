import { MAX_MESSAGE_BYTES } from '../limits.js';
import { bytes, choice, decimal, integer, names, seconds, text } from '../kinds.js';
import { minimumLevel } from './minimum-level.js';
import { differs, harms, reads } from './python-reading.js';
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
    python: differs({
      difference: 'takes `TRACE` and `SILENT` for `INFO`',
      default: '`INFO`',
      harm: 'does not know the level and takes `INFO` for it',
      isHarmful: (minimum) => minimum === 'trace' || minimum === 'silent',
    }),
  }),
} satisfies Rows;

export const rateLimitSettings = {
  capacity: withDefault({
    field: 'CAPACITY',
    kind: integer(1),
    default: 10,
    meaning: 'Records that may pass at once; a bucket starts full.',
    python: reads(),
  }),
  refillRatePerSec: withDefault({
    field: 'REFILL_RATE_PER_SEC',
    kind: decimal(0, 1_000_000_000),
    default: 5,
    meaning: 'Records that may pass each second after that.',
    python: reads(),
  }),
  keyField: optional({
    field: 'KEY_FIELD',
    kind: fieldPath,
    otherwise: 'one bucket for all records',
    meaning: 'Field whose values have a bucket each; dots lead into nested fields.',
    python: differs({
      difference: 'looks at the top level of its envelope only',
      harm: 'finds only `level`, `logger` and `message` there: all records share one bucket',
      isHarmful: (path) => !['level', 'logger', 'message'].includes(path),
    }),
  }),
  maxKeys: withDefault({
    field: 'MAX_KEYS',
    kind: integer(1),
    default: 10_000,
    meaning: 'Number of buckets to keep; the least recently used one goes first.',
    python: reads(),
  }),
  overflowAction: withDefault({
    field: 'OVERFLOW_ACTION',
    kind: choice(['drop', 'mark']),
    default: 'drop',
    meaning:
      'What happens to a record over the limit. `drop`: it is suppressed. `mark`: it passes with the field `rate_limited: true`.',
    python: reads(),
  }),
  windowSeconds: withDefault({
    field: 'WINDOW_SECONDS',
    kind: seconds(1, 86_400),
    default: 60,
    meaning: 'How often one line reports the number of suppressed records, in seconds.',
    python: harms('does not load its filter `rate_limit` then, and every record passes'),
  }),
} satisfies Rows;

export const samplingSettings = {
  rate: withDefault({
    field: 'RATE',
    aliases: ['SAMPLE_RATE'],
    kind: decimal(0, 1),
    default: 1,
    meaning: 'Share of the records that passes.',
    python: differs({
      field: 'SAMPLE_RATE',
      difference: 'reads `SAMPLE_RATE`, and samples errors as well',
      harm: 'does not load its filter `sampling` then, and every record passes',
    }),
  }),
  keyField: withDefault({
    field: 'KEY_FIELD',
    kind: fieldPath,
    default: 'traceId',
    meaning:
      'Field that decides: records with the same value pass together or not at all. A `trace_id` will do in place of `traceId`. Without the field, chance decides.',
    python: harms('does not load its filter `sampling` then, and every record passes'),
  }),
  alwaysLevel: withDefault({
    field: 'ALWAYS_LEVEL',
    kind: minimumLevel,
    default: 'error',
    meaning: 'Lowest level that always passes; at `silent` the rate is that of every level.',
    python: harms('does not load its filter `sampling` then, and every record passes'),
  }),
} satisfies Rows;

export const firstOccurrenceSettings = {
  windowSeconds: withDefault({
    field: 'WINDOW_SECONDS',
    kind: seconds(0.001, 86_400),
    default: 60,
    meaning: 'Time in which a record like an earlier one is suppressed, in seconds.',
    python: reads(),
  }),
  keyField: optional({
    field: 'KEY_FIELD',
    kind: fieldPath,
    otherwise: 'level and message',
    meaning: 'Field whose value makes records alike.',
    python: differs({
      difference: 'reads `KEY_FIELDS`',
      harm: 'does not load its filter `first_occurrence` then, and every record passes',
    }),
  }),
  keyFields: withDefault({
    field: 'KEY_FIELDS',
    kind: names(['message', 'tenant'], { mayBeEmpty: true }),
    default: [],
    meaning:
      'Fields whose values make records alike together, after `keyField`; `level` and `message` are those of the record.',
    python: differs({
      difference: 'reads it only from the JSON of the whole filter',
      default: '`["message"]`',
      harm: 'does not load its filter `first_occurrence` then, and every record passes',
    }),
  }),
  subsequentSampleRate: withDefault({
    field: 'SUBSEQUENT_SAMPLE_RATE',
    kind: decimal(0, 1),
    default: 0,
    meaning: 'Share of the records that passes though one like it was there.',
    python: reads(),
  }),
  maxKeys: withDefault({
    field: 'MAX_KEYS',
    aliases: ['MAX_ENTRIES'],
    kind: integer(1),
    default: 10_000,
    meaning: 'Number of kinds of records to remember; the oldest is forgotten first.',
    python: reads(),
  }),
} satisfies Rows;

export const sizeGuardSettings = {
  maxBytes: withDefault({
    field: 'MAX_BYTES',
    kind: bytes(100, MAX_MESSAGE_BYTES, 'isMax'),
    default: MAX_MESSAGE_BYTES,
    meaning: 'Largest line, in bytes; the service takes no larger one than the default.',
    python: reads({
      default: '`256000`',
      difference:
        'applies it only to what it prints, and only if `FAPILOG_CORE__PROCESSORS` names `size_guard`',
    }),
  }),
  action: withDefault({
    field: 'ACTION',
    kind: choice(['truncate', 'drop', 'warn']),
    default: 'truncate',
    meaning:
      'What happens to a larger line: its largest members are shortened, it is suppressed, or it is only reported.',
    python: reads({
      difference:
        'applies it only to what it prints, and only if `FAPILOG_CORE__PROCESSORS` names `size_guard`',
    }),
  }),
  preserveFields: withDefault({
    field: 'PRESERVE_FIELDS',
    kind: names(['requestId', 'traceId'], { mayBeEmpty: true }),
    default: ['requestId', 'traceId'],
    meaning: 'Fields that are not shortened.',
    python: reads({
      default: '`["level","timestamp","logger","correlation_id"]`',
      difference:
        'applies it only to what it prints, and only if `FAPILOG_CORE__PROCESSORS` names `size_guard`',
    }),
  }),
} satisfies Rows;
