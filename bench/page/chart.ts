import type { Spread } from '../statistics.js';
import { number } from './figure.js';
import { escaped, svgOf } from './svg.js';

export interface Bar {
  readonly name: string;
  readonly spread: Spread;
  /** Whether the bar belongs to this project. */
  readonly stands?: boolean;
}

export interface Chart {
  readonly title: string;
  readonly unit: string;
  readonly digits?: number;
  readonly bars: readonly Bar[];
}

const WIDTH = 760;
const LEFT = 210;
const RIGHT = 110;
const ROW = 26;
const TOP = 44;

/**
 * Draws horizontal bars of the medians, with a line from the smallest to the largest value. Readable on light and dark.
 */
export function toSvg({ title, unit, digits = 0, bars }: Chart): string {
  const height = TOP + bars.length * ROW + 12;
  const largest = Math.max(...bars.map(({ spread }) => spread.max));
  const x = (value: number): number => LEFT + ((WIDTH - LEFT - RIGHT) * value) / (largest || 1);
  return svgOf({
    title: `${title}, ${unit}`,
    label: title,
    width: WIDTH,
    height,
    light: [
      '.bar { fill: #8c959f; }',
      '.ours { fill: #1a7f64; }',
      '.range { stroke: #1f2328; stroke-width: 1.5; }',
    ],
    dark: ['.bar { fill: #6e7681; }', '.ours { fill: #3fb68f; }', '.range { stroke: #e6edf3; }'],
    elements: bars.map((bar, index) => row(bar, TOP + index * ROW, x, digits)),
  });
}

function row({ name, spread, stands }: Bar, y: number, x: (value: number) => number, digits: number): string {
  const { median, min, max } = spread;
  const middle = y + 9;
  const at = (value: number): string => x(value).toFixed(1);
  return [
    `<text x="${LEFT - 8}" y="${y + 14}" text-anchor="end">${escaped(name)}</text>`,
    `<rect class="${stands ? 'ours' : 'bar'}" x="${LEFT}" y="${y}" width="${(x(median) - LEFT).toFixed(1)}" height="18"/>`,
    `<line class="range" x1="${at(min)}" y1="${middle}" x2="${at(max)}" y2="${middle}"/>`,
    `<text x="${(x(max) + 8).toFixed(1)}" y="${y + 14}">${number(median, digits)}</text>`,
  ].join('');
}
