import type { VNode } from 'preact';
import { html } from '../html.js';
import { visible } from '../visible.js';
import type { Chart } from './chart-choice.js';
import { scaleOf, shareOf } from './chart-scale.js';

const BAR = 12;
const GROUP_GAP = 8;
/** Room for numbers behind the bars. */
const NUMBERS = 90;
const WIDEST_LABEL = 260;
const CHARACTER = 6.7;

export interface BarChartProps {
  readonly chart: Extract<Chart, { kind: 'bars' }>;
  readonly width: number;
}

/** Bars that lie, so that there is room for names. */
export function BarChart({ chart: { categories, series }, width }: BarChartProps): VNode {
  const longest = categories.reduce((most, { length }) => Math.max(most, length), 0);
  const labels = Math.min(WIDEST_LABEL, width * 0.4, (longest + 2) * CHARACTER);
  const scale = scaleOf(series.flatMap(({ values }) => values.filter((value) => value !== undefined)));
  const room = Math.max(1, width - labels - NUMBERS);
  const xOf = (value: number): number => labels + shareOf(value, scale) * room;
  const groupHeight = series.length * BAR + GROUP_GAP;
  const height = categories.length * groupHeight;
  const barAt = (value: number | undefined, group: number, at: number): VNode | false =>
    value !== undefined && bar({ value, at, y: group * groupHeight + at * BAR + GROUP_GAP / 2, xOf });
  return html`<svg
    class="chart-drawing"
    width=${width}
    height=${height}
    viewBox=${`0 0 ${width} ${height}`}
    role="img"
    aria-label="Bars; the table has the same numbers"
  >
    ${categories.map(
      (name, group) =>
        html`<g key=${group}>
          <text
            class="chart-label"
            x=${labels - 7}
            y=${group * groupHeight + groupHeight / 2 + 4}
            text-anchor="end"
          >
            ${cut(visible(name, 'shown'), Math.floor(labels / CHARACTER) - 2)}<title>
              ${visible(name, 'shown')}
            </title>
          </text>
          ${series.map(({ values }, at) => barAt(values[group], group, at))}
        </g>`,
    )}
  </svg>`;
}

interface Bar {
  readonly value: number;
  /** Place of its series. */
  readonly at: number;
  readonly y: number;
  readonly xOf: (value: number) => number;
}

function bar({ value, at, y, xOf }: Bar): VNode {
  const [zero, end] = [xOf(0), xOf(value)];
  return html`<g key=${at} class=${`source-${at}`}>
    <rect
      class="chart-bar"
      x=${Math.min(zero, end)}
      y=${y + 1}
      width=${Math.max(1, Math.abs(end - zero))}
      height=${BAR - 2}
    />
    <text class="chart-label" x=${Math.max(zero, end) + 6} y=${y + BAR - 2}>
      ${value.toLocaleString('en', { maximumSignificantDigits: 6 })}
    </text>
  </g>`;
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, Math.max(0, most - 1))}…` : text;
}
