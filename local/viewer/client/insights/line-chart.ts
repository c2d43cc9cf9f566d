import type { VNode } from 'preact';
import { html } from '../html.js';
import type { Chart, Series } from './chart-choice.js';
import { scaleOf, shareOf, shortNumber, unbroken, type Scale } from './chart-scale.js';
import { timeMarks } from './time-axis.js';

const HEIGHT = 160;
/** Room for what is written beside the axes. */
const MARGIN = { left: 52, right: 14, top: 10, bottom: 20 };

export interface LineChartProps {
  readonly chart: Extract<Chart, { kind: 'lines' }>;
  readonly width: number;
  /** Index of the time that the pointer is at. */
  readonly hovered: number | undefined;
  readonly setHovered: (index: number | undefined) => void;
}

/** Numbers over time. */
export function LineChart({ chart, width, hovered, setHovered }: LineChartProps): VNode {
  const { times, series } = chart;
  const area = areaOf(times, width);
  const scale = scaleOf(series.flatMap(({ values }) => values.filter((value) => value !== undefined)));
  const onMove = (event: PointerEvent): void => {
    const { left } = (event.currentTarget as SVGSVGElement).getBoundingClientRect();
    setHovered(nearest(times, area, event.clientX - left));
  };
  return html`<svg
    class="chart-drawing"
    width=${width}
    height=${HEIGHT}
    viewBox=${`0 0 ${width} ${HEIGHT}`}
    role="img"
    aria-label="Lines over time; the table has the same numbers"
    onPointerMove=${onMove}
    onPointerLeave=${() => setHovered(undefined)}
  >
    ${scale.marks.map((mark) => numberMark(mark, scale, width))}
    ${timeMarks(times, width).map((mark) => timeMark(mark, area))}
    ${hovered !== undefined && html`<line class="chart-hover" x1=${area.x(times[hovered]!)} x2=${area.x(times[hovered]!)} y1=${MARGIN.top} y2=${HEIGHT - MARGIN.bottom} />`}
    ${series.map((each, at) => line(each, at, { times, area, scale }))}
  </svg>`;
}

interface Area {
  readonly x: (ms: number) => number;
}

function areaOf(times: readonly number[], width: number): Area {
  const [first, last] = [times[0]!, times.at(-1)!];
  const inner = Math.max(1, width - MARGIN.left - MARGIN.right);
  const share = (ms: number): number => (last === first ? 0.5 : (ms - first) / (last - first));
  return { x: (ms) => rounded(MARGIN.left + share(ms) * inner) };
}

function yOf(value: number, scale: Scale): number {
  return rounded(HEIGHT - MARGIN.bottom - shareOf(value, scale) * (HEIGHT - MARGIN.top - MARGIN.bottom));
}

function nearest(times: readonly number[], { x }: Area, at: number): number {
  const distances = times.map((ms) => Math.abs(x(ms) - at));
  return distances.reduce((best, distance, index) => (distance < distances[best]! ? index : best), 0);
}

function numberMark(mark: number, scale: Scale, width: number): VNode {
  const y = yOf(mark, scale);
  return html`<g key=${`y${mark}`}>
    <line class="chart-grid" x1=${MARGIN.left} x2=${width - MARGIN.right} y1=${y} y2=${y} />
    <text class="chart-label" x=${MARGIN.left - 7} y=${y + 4} text-anchor="end">${shortNumber(mark)}</text>
  </g>`;
}

function timeMark({ ms, label }: { readonly ms: number; readonly label: string }, { x }: Area): VNode {
  return html`<text key=${`x${ms}`} class="chart-label" x=${x(ms)} y=${HEIGHT - 5} text-anchor="middle">
    ${label}
  </text>`;
}

interface Frame {
  readonly times: readonly number[];
  readonly area: Area;
  readonly scale: Scale;
}

/** A path for each run of neighbours; a point that has none is a dot. */
function line({ values }: Series, at: number, { times, area, scale }: Frame): VNode {
  const runs = unbroken(times, values);
  const pointAt = (index: number): string => `${area.x(times[index]!)} ${yOf(values[index]!, scale)}`;
  const path = runs.map((run) => `M${run.map(pointAt).join('L')}`).join('');
  const lone = runs.filter(({ length }) => length === 1).map(([index]) => index!);
  return html`<g key=${at} class=${`source-${at}`}>
    <path class="chart-line" d=${path} />
    ${lone.map((index) => html`<circle key=${index} class="chart-dot" cx=${area.x(times[index]!)} cy=${yOf(values[index]!, scale)} r="2.5" />`)}
  </g>`;
}

function rounded(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
