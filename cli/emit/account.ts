import type { DeliveryReport } from '../../runtime/delivery-report.js';
import type { Tally } from '../../runtime/ack/ledger.js';
import { counted, inDigits } from '../terminal/counted.js';
import type { Read } from './line-writer.js';

/** Events that are not in CloudWatch Logs, wherever they are. */
export function undelivered({ rejected, dropped, diverted, spooled, pending }: DeliveryReport): number {
  return rejected.total + dropped.total + diverted.total + spooled + pending;
}

/** What became of the lines, in one line. */
export function accountLine(read: Read, report: DeliveryReport): string {
  const { delivered, adopted, logGroupName, logStreamName } = report;
  const accepted = report.accepted - adopted;
  const events = accepted === read.lines - read.blank - read.below ? '' : ` in ${counted(accepted, 'event')}`;
  const others = [
    part(read.blank, 'blank'),
    part(read.below, 'below the level of the settings'),
    part(read.replaced, 'with bytes that are no UTF-8'),
    part(adopted, 'taken over from the spool'),
    tallyPart(report.rejected, 'rejected by the service'),
    tallyPart(report.diverted, 'written to stderr'),
    tallyPart(report.dropped, 'dropped'),
    part(report.spooled, 'left in the spool'),
    part(report.pending, 'waiting'),
  ].filter((text) => text !== '');
  const rest = others.length === 0 ? '' : `; ${others.join(', ')}`;
  return `${counted(read.lines, 'line')} read${events}, ${inDigits(delivered)} delivered to ${logGroupName} (${logStreamName})${rest}`;
}

/** How far it is, for a terminal. */
export function progressLine(read: Read, { delivered, pending }: DeliveryReport, elapsedMs: number): string {
  const perSecond = read.bytes / Math.max(elapsedMs, 1);
  return (
    `${counted(read.lines, 'line')}, ${megabytes(read.bytes)} MB read (${(perSecond / 1_000).toFixed(1)} MB/s), ` +
    `${inDigits(delivered)} delivered, ${inDigits(pending)} waiting`
  );
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}

function part(count: number, what: string): string {
  return count === 0 ? '' : `${inDigits(count)} ${what}`;
}

function tallyPart({ total, byReason }: Tally, what: string): string {
  return total === 0 ? '' : `${inDigits(total)} ${what} (${Object.keys(byReason).join(', ')})`;
}
