import { EVENT_OVERHEAD_BYTES } from './limits.js';

/** Dollars for a gigabyte that is ingested into the class STANDARD in us-east-1, by the price list of AWS. */
export const STANDARD_PRICE_PER_GB = 0.5;

const MONTH_SECONDS = 30 * 86_400;
const GB = 1_000_000_000;

/** Bytes a second of so many events: UTF-8 bytes of the messages, and what the service adds to each. */
export function bytesPerSecond(eventsPerSecond: number, messageBytes: number): number {
  return eventsPerSecond * (messageBytes + EVENT_OVERHEAD_BYTES);
}

/** Gigabytes of 1,000,000,000 bytes in 30 days. */
export function gigabytesPerMonth(bytesEachSecond: number): number {
  return (bytesEachSecond * MONTH_SECONDS) / GB;
}
