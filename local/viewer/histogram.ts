import type { Histogram } from './answers.js';
import { rangeOf, visitAll, type Walk } from './walk.js';
import { integerParameter } from './question.js';
import type { Verdicts } from './verdicts.js';

const DEFAULT_BUCKETS = 60;
const MAX_BUCKETS = 500;

const [SECOND_MS, MINUTE_MS, HOUR_MS, DAY_MS] = [1_000, 60_000, 3_600_000, 86_400_000];

/** Widths of a bucket that a reader of a clock understands. */
const WIDTHS_MS = [
  [1, 2, 5, 10, 20, 50, 100, 200, 500],
  [1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND_MS),
  [1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  [1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
  [1, 2, 7, 30, 91, 365, 3_652, 36_525].map((days) => days * DAY_MS),
].flat();

/** Counts events and errors by time. Buckets begin at multiples of their width, so that they do not move with each question. */
export async function histogram(walk: Walk, query: URLSearchParams, errors: Verdicts): Promise<Histogram> {
  const most = integerParameter(query, 'buckets', 1, MAX_BUCKETS) ?? DEFAULT_BUCKETS;
  const { start, bucketMs, buckets } = bucketsOf(spanOf(walk), most);
  const [counts, errorCounts] = [zeros(buckets), zeros(buckets)];
  await visitAll(walk, (event) => {
    const bucket = Math.floor((event.timestamp - start) / bucketMs);
    if (bucket < 0 || bucket >= buckets) return;
    counts[bucket]! += 1;
    if (errors.of(event)) errorCounts[bucket]! += 1;
  });
  return { start, bucketMs, events: counts, errors: errorCounts };
}

interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** The time of the selection, as far as it has bounds; else that of its events, and up to now if only its start is given. */
function spanOf(walk: Walk): Span {
  const { selection, sources, nowMs } = walk;
  const ranges = sources.map((source) => rangeOf(walk, source)).filter(({ from, to }) => to > from);
  const firsts = ranges.map(({ events, from }) => events[from]!.timestamp);
  const lasts = ranges.map(({ events, to }) => events[to - 1]!.timestamp);
  const hasStart = selection.startMs > 0;
  const startMs = hasStart ? selection.startMs : leastOf(firsts, Math.min(nowMs, selection.endMs));
  const newestMs = hasStart ? Math.max(nowMs, startMs) : startMs;
  const endMs = Number.isFinite(selection.endMs) ? selection.endMs : mostOf(lasts, newestMs) + 1;
  return { startMs, endMs: Math.max(endMs, startMs + 1) };
}

function leastOf(numbers: readonly number[], otherwise: number): number {
  return numbers.reduce((least, number) => Math.min(least, number), numbers[0] ?? otherwise);
}

function mostOf(numbers: readonly number[], otherwise: number): number {
  return numbers.reduce((most, number) => Math.max(most, number), otherwise);
}

interface Buckets {
  readonly start: number;
  readonly bucketMs: number;
  readonly buckets: number;
}

/** The narrowest buckets of which no more than `most` are needed. */
function bucketsOf(span: Span, most: number): Buckets {
  const candidates = WIDTHS_MS.map((bucketMs) => inBuckets(span, bucketMs));
  return candidates.find(({ buckets }) => buckets <= most) ?? inOneBucket(span);
}

function inBuckets({ startMs, endMs }: Span, bucketMs: number): Buckets {
  const start = Math.floor(startMs / bucketMs) * bucketMs;
  return { start, bucketMs, buckets: Math.ceil((endMs - start) / bucketMs) };
}

function inOneBucket({ startMs, endMs }: Span): Buckets {
  return { start: startMs, bucketMs: endMs - startMs, buckets: 1 };
}

function zeros(length: number): number[] {
  return Array.from({ length }, () => 0);
}
