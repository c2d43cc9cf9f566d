import type { Account, Handles, Sample } from './sample.js';

const MIB = 1_048_576;

/** How much more memory each minute is a leak. A burst of an outage is over by the time of these samples. */
const MAX_HEAP_MIB_PER_MINUTE = 1;
const MAX_RSS_MIB_PER_MINUTE = 6;

/** The engine and the client settle in the first two minutes. */
const WARM_UP_SAMPLES = 2;

/** What was found of all that was logged. */
export interface Found {
  /** Events that are in no place. */
  readonly nowhere: number;
  /** Events that were stored again without a call in doubt. */
  readonly unexplained: readonly number[];
}

export interface Judged {
  readonly what: string;
  readonly finding: string;
  readonly isGood: boolean;
}

/** @param calm the samples of times without faults, one a minute */
export function verdict(calm: readonly Sample[], end: Sample, found: Found): Judged[] {
  const { account, before, handles, files } = end;
  const own = account.accepted - end.logged;
  const settled = calm.slice(WARM_UP_SAMPLES);
  const heap = slopePerMinute(settled.map(({ heapBytes }) => heapBytes / MIB));
  const rss = slopePerMinute(settled.map(({ rssBytes }) => rssBytes / MIB));
  return [
    {
      what: 'the account balances, and nothing waits',
      finding: `${account.accepted} accepted, of which ${own} the sink's own; ${account.pending} pending, ${account.spooled} on disk`,
      isGood: isBalanced(account) && account.pending === 0 && account.spooled === 0 && own >= 0,
    },
    {
      what: 'each event is found, or counted as dropped',
      finding: `${found.nowhere} nowhere, ${account.dropped.total} dropped`,
      isGood:
        found.nowhere >= 0 &&
        found.nowhere <= account.dropped.total &&
        account.dropped.total - found.nowhere <= Math.max(0, own),
    },
    {
      what: 'only calls in doubt are stored twice',
      finding: `${found.unexplained.length} others ${found.unexplained.slice(0, 5).join(', ')}`.trim(),
      isGood: found.unexplained.length === 0,
    },
    memory('heap', heap, MAX_HEAP_MIB_PER_MINUTE),
    memory('RSS', rss, MAX_RSS_MIB_PER_MINUTE),
    {
      what: 'handles are back to the start',
      finding: `${tell(before?.handles)} and ${before?.files} files before, ${tell(handles)} and ${files} after`,
      isGood: isNoMore(handles, before?.handles ?? {}) && (files ?? 0) <= (before?.files ?? Infinity),
    },
  ];
}

/** Two samples say nothing of a slope. */
function memory(what: string, slope: number | undefined, max: number): Judged {
  const finding = slope === undefined ? 'too short to say' : `${slope.toFixed(2)} MiB a minute`;
  return { what: `${what} grows by less than ${max} MiB a minute`, finding, isGood: (slope ?? 0) < max };
}

/** Of the line that fits best (least squares). */
export function slopePerMinute(values: readonly number[]): number | undefined {
  const count = values.length;
  if (count < 3) return undefined;
  const middle = (count - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const together = values.reduce((sum, value, at) => sum + (at - middle) * (value - mean), 0);
  return together / values.reduce((sum, _, at) => sum + (at - middle) ** 2, 0);
}

function isBalanced({
  accepted,
  delivered,
  rejected,
  spooled,
  diverted,
  dropped,
  pending,
}: Account): boolean {
  return accepted === delivered + rejected.total + spooled + diverted.total + dropped.total + pending;
}

function isNoMore(after: Handles, before: Handles): boolean {
  return Object.entries(after).every(([kind, count]) => count <= (before[kind] ?? 0));
}

function tell(handles: Handles = {}): string {
  return Object.entries(handles)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ');
}
