import type { Sample } from './sample.js';

const MIB = 1_048_576;

const COLUMNS = [
  'seconds',
  'weather',
  'logged',
  'delivered',
  'pending',
  'on disk',
  'RSS MiB',
  'heap MiB',
  'files',
  'handles',
  'late ms p50',
  'p99',
  'max',
] as const;

const WIDTHS = COLUMNS.map((name) => Math.max(9, name.length));

export function head(): string {
  return padded(COLUMNS);
}

/** What a sample says, below {@link head}. */
export function row(seconds: number, weather: string, sample: Sample): string {
  const { logged, account, rssBytes, heapBytes, files, handles, lateMs } = sample;
  const open = Object.values(handles).reduce((sum, count) => sum + count, 0);
  return padded([
    seconds.toFixed(0),
    weather,
    logged,
    account.delivered,
    account.pending,
    account.spooled,
    (rssBytes / MIB).toFixed(1),
    (heapBytes / MIB).toFixed(1),
    files ?? '?',
    open,
    ...[lateMs.p50, lateMs.p99, lateMs.max].map((ms) => ms.toFixed(1)),
  ]);
}

function padded(cells: readonly (string | number)[]): string {
  return cells.map((cell, at) => String(cell).padStart(WIDTHS[at]!)).join(' ');
}
