import { callsPerSecond, eventsInCall } from '../../../contract/fleet.js';
import {
  EVENT_OVERHEAD_BYTES,
  MAX_PUT_CALLS_PER_SECOND,
  MAX_STREAMS_CREATED_PER_SECOND,
} from '../../../contract/limits.js';
import { number } from '../../page/figure.js';
import type { Table } from '../../page/table.js';

const BYTES = 400;
const LINGER_SECONDS = 2;
const DOLLARS_PER_GB = 0.5;
const SECONDS_PER_MONTH = 30 * 86_400;
const SIZES = [100, 1_000, 3_000, 10_000];
const RATES = [1, 20, 100];

/** What fleets make, as the command `plan` computes it. */
export function planTable(): Table {
  return {
    title: 'What a fleet makes',
    how: `Messages of ${BYTES} bytes at random moments, and the default settings. Calls are \`PutLogEvents\` calls if none is throttled; the share is that of the quota of ${number(MAX_PUT_CALLS_PER_SECOND)}. Streams is how long all log streams take at ${MAX_STREAMS_CREATED_PER_SECOND} a second. Dollars are those of ingestion in 30 days at $0.50 a GB, the class STANDARD in us-east-1.`,
    head: [
      'writers',
      'events/s each',
      'calls/s',
      'share',
      'events in a call',
      'streams, s',
      'GB in 30 days',
      'dollars',
    ],
    rows: SIZES.flatMap((writers) => RATES.map((rate) => row(writers, rate))),
  };
}

function row(writers: number, rate: number): string[] {
  const writer = { rate, bytes: BYTES, batchTimeoutSeconds: LINGER_SECONDS };
  const calls = callsPerSecond({ ...writer, writers });
  const gigabytes = (writers * rate * (BYTES + EVENT_OVERHEAD_BYTES) * SECONDS_PER_MONTH) / 1e9;
  return [
    number(writers),
    number(rate),
    number(calls),
    `${number((calls / MAX_PUT_CALLS_PER_SECOND) * 100, calls < 500 ? 1 : 0)} %`,
    number(eventsInCall(writer)),
    number(writers / MAX_STREAMS_CREATED_PER_SECOND),
    number(gigabytes),
    `$${number(gigabytes * DOLLARS_PER_GB)}`,
  ];
}
