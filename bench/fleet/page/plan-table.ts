import { callsPerSecond, eventsInCall } from '../../../contract/fleet.js';
import { bytesPerSecond, gigabytesPerMonth, STANDARD_PRICE_PER_GB } from '../../../contract/ingestion.js';
import { MAX_PUT_CALLS_PER_SECOND, MAX_STREAMS_CREATED_PER_SECOND } from '../../../contract/limits.js';
import { cloudWatchSettings } from '../../../contract/settings/cloudwatch.js';
import { number } from '../../page/figure.js';
import type { Table } from '../../page/table.js';

const BYTES = 400;
const LINGER_SECONDS = cloudWatchSettings.batchTimeoutSeconds.default;
const SIZES = [100, 1_000, 3_000, 10_000];
const RATES = [1, 20, 100];

/** What fleets make, as the command `plan` computes it. */
export function planTable(): Table {
  return {
    title: 'What a fleet makes',
    how: `Messages of ${BYTES} bytes at random moments, and the default settings. Calls are \`PutLogEvents\` calls if none is throttled; the share is that of the quota of ${number(MAX_PUT_CALLS_PER_SECOND)}. Streams is how long all log streams take at ${MAX_STREAMS_CREATED_PER_SECOND} a second. Dollars are those of ingestion in 30 days at $${number(STANDARD_PRICE_PER_GB, 2)} a GB, the class STANDARD in us-east-1.`,
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
  const gigabytes = gigabytesPerMonth(bytesPerSecond(writers * rate, BYTES));
  return [
    number(writers),
    number(rate),
    number(calls),
    `${number((calls / MAX_PUT_CALLS_PER_SECOND) * 100, calls < 500 ? 1 : 0)} %`,
    number(eventsInCall(writer)),
    number(writers / MAX_STREAMS_CREATED_PER_SECOND),
    number(gigabytes),
    `$${number(gigabytes * STANDARD_PRICE_PER_GB)}`,
  ];
}
