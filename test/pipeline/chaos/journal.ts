import { readFileSync } from 'node:fs';
import type { DeliveryReport } from '../../../runtime/delivery-report.js';

/** What a program knew of itself after a step. */
export interface Entry {
  readonly atMs: number;
  /** Number of the next event: all before it were logged. */
  readonly nextId: number;
  /** Events whose log calls have not returned, or threw. */
  readonly unsure: readonly number[];
  /** Lines that the service refused since the entry before, as the hook got them. */
  readonly rejected: readonly string[];
  /** When calls were given up for want of an answer, since the entry before. */
  readonly timeoutsAtMs: readonly number[];
  readonly account: DeliveryReport;
  /** Whether the process was about to end. */
  readonly isLast: boolean;
}

/** The entries of a journal; one that is torn was not made. */
export function journalAt(path: string): Entry[] {
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as Entry);
}
