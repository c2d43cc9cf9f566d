import type { VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Histogram } from '../../answers.js';
import { html } from '../html.js';
import type { Session } from '../state/session.js';
import { clockTime, type Zone } from '../state/time-zone.js';
import { useChanges } from '../state/use-changes.js';

const HEIGHT = 44;

/** Buckets from one to the other, which one draws a mark over. */
interface Mark {
  readonly from: number;
  readonly to: number;
}

/** Events and errors over time. Drawing over it narrows the time range; for the keyboard there is the range picker. */
export function HistogramView({ session }: { readonly session: Session }): VNode | null {
  useChanges(session.summary, session.preferences);
  const [mark, setMark] = useState<Mark>();
  const [hovered, setHovered] = useState<number>();
  const drawing = useRef<SVGSVGElement>(null);
  const { histogram } = session.summary;
  if (!histogram || sum(histogram.events) === 0) return html`<div class="histogram"></div>`;
  const { zone } = session.preferences.values;
  const bucketAt = (event: PointerEvent): number => placeIn(drawing.current!, event, histogram.events.length);
  const onDown = (event: PointerEvent): void => {
    drawing.current!.setPointerCapture(event.pointerId);
    setMark({ from: bucketAt(event), to: bucketAt(event) });
  };
  const onMove = (event: PointerEvent): void => {
    setHovered(bucketAt(event));
    if (mark) setMark({ ...mark, to: bucketAt(event) });
  };
  const onUp = (): void => {
    if (mark) session.page.choose({ range: { kind: 'between', ...timesOf(mark, histogram) } });
    setMark(undefined);
  };
  return html`<figure class="histogram">
    <svg
      ref=${drawing}
      viewBox=${`0 0 ${histogram.events.length} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label=${inWords(histogram, zone)}
      onPointerDown=${onDown}
      onPointerMove=${onMove}
      onPointerUp=${onUp}
      onPointerCancel=${() => setMark(undefined)}
      onPointerLeave=${() => setHovered(undefined)}
    >
      ${bars(histogram)} ${mark && markOf(mark)}
    </svg>
    <figcaption aria-hidden="true">${caption(histogram, zone, mark, hovered)}</figcaption>
  </figure>`;
}

function placeIn(drawing: SVGSVGElement, { clientX }: PointerEvent, buckets: number): number {
  const { left, width } = drawing.getBoundingClientRect();
  return Math.min(buckets - 1, Math.max(0, Math.floor(((clientX - left) / width) * buckets)));
}

function timesOf(
  { from, to }: Mark,
  { start, bucketMs }: Histogram,
): { readonly start: number; readonly end: number } {
  const [first, last] = [Math.min(from, to), Math.max(from, to)];
  return { start: Math.floor(start + first * bucketMs), end: Math.ceil(start + (last + 1) * bucketMs) };
}

function bars({ events, errors }: Histogram): VNode {
  const most = Math.max(1, ...events);
  const heightOf = (count: number): number => (count === 0 ? 0 : Math.max(1, (count / most) * HEIGHT));
  const path = (counts: readonly number[]): string =>
    counts
      .map((count, at) =>
        count === 0 ? '' : `M${at + 0.1} ${HEIGHT}v${-heightOf(count)}h.8v${heightOf(count)}z`,
      )
      .join('');
  return html`<g
    ><path class="bar-events" d=${path(events)} /><path class="bar-errors" d=${path(errors)}
  /></g>`;
}

function markOf({ from, to }: Mark): VNode {
  return html`<rect
    class="bar-mark"
    x=${Math.min(from, to)}
    y="0"
    width=${Math.abs(to - from) + 1}
    height=${HEIGHT}
  />`;
}

function caption(
  histogram: Histogram,
  zone: Zone,
  mark: Mark | undefined,
  hovered: number | undefined,
): VNode {
  const { start, bucketMs, events, errors } = histogram;
  const time = (ms: number): string =>
    `${clockTime(ms, zone).date.slice(5)} ${clockTime(ms, zone).time.slice(0, bucketMs < 1000 ? 12 : 8)}`;
  const shown = mark ? timesOf(mark, histogram) : { start, end: start + bucketMs * events.length };
  const middle =
    !mark && hovered !== undefined
      ? `${time(start + hovered * bucketMs)}  ${countInWords(events[hovered] ?? 0, 'event')}, ${countInWords(errors[hovered] ?? 0, 'error')}`
      : '';
  return html`<span>${time(shown.start)}</span><span class="histogram-hover">${middle}</span
    ><span>${time(shown.end)}</span>`;
}

function inWords({ start, bucketMs, events, errors }: Histogram, zone: Zone): string {
  const time = (ms: number): string => Object.values(clockTime(ms, zone)).join(' ');
  const end = start + bucketMs * events.length;
  return `${countInWords(sum(events), 'event')}, ${countInWords(sum(errors), 'error')}, from ${time(start)} to ${time(end)}`;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function countInWords(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
