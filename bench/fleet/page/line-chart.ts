import { number } from '../../page/figure.js';
import { escaped, svgOf } from '../../page/svg.js';

export interface Line {
  readonly name: string;
  /** One value for each step, from 0 on. */
  readonly values: readonly number[];
  /** `ours`: with the restraint; `bar`: without. */
  readonly kind: 'ours' | 'bar';
  /** @default false */
  readonly isDashed?: boolean | undefined;
}

export interface LineChart {
  readonly title: string;
  readonly unit: string;
  /** From one value to the next. */
  readonly stepSeconds: number;
  readonly lines: readonly Line[];
  /** A horizontal line, such as a quota. */
  readonly bound?: { readonly name: string; readonly value: number } | undefined;
}

const WIDTH = 760;
const HEIGHT = 260;
const LEFT = 70;
const RIGHT = 190;
const TOP = 44;
const BOTTOM = 34;
const KEY_ROW = 22;
const VALUE_TICKS = 4;

/** Seconds between two times of the axis, of which there are no more than so many. */
const TIME_STEPS = [10, 30, 60, 120, 300, 600, 900, 1_800];
const MAX_TIME_TICKS = 6;

/** Draws lines over time, with a key on the right. Readable on light and dark. */
export function lineChartSvg({ title, unit, stepSeconds, lines, bound }: LineChart): string {
  const largest = niceMax(Math.max(bound?.value ?? 0, ...lines.flatMap(({ values }) => values)));
  const steps = Math.max(2, ...lines.map(({ values }) => values.length)) - 1;
  const x = (step: number): number => LEFT + ((WIDTH - LEFT - RIGHT) * step) / steps;
  const y = (value: number): number => HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * value) / largest;
  return svgOf({
    title: `${title}, ${unit}`,
    label: title,
    width: WIDTH,
    height: HEIGHT,
    light: [
      'polyline { fill: none; stroke-width: 2; stroke: #8c959f; }',
      'polyline.ours { stroke: #1a7f64; }',
      '.dashed { stroke-dasharray: 5 3; }',
      '.grid { stroke: #d1d9e0; stroke-width: 1; }',
      '.bound, polyline.bound { stroke: #1f2328; stroke-width: 1; stroke-dasharray: 2 3; }',
    ],
    dark: [
      'polyline { stroke: #6e7681; }',
      'polyline.ours { stroke: #3fb68f; }',
      '.grid { stroke: #3d444d; }',
      '.bound, polyline.bound { stroke: #e6edf3; }',
    ],
    elements: [
      ...Array.from({ length: VALUE_TICKS + 1 }, (_, tick) =>
        valueTick((largest * tick) / VALUE_TICKS, y, largest),
      ),
      ...timesUpTo(steps * stepSeconds).map((seconds) => timeTick(seconds, x(seconds / stepSeconds))),
      ...(bound ? [boundLine(y(bound.value))] : []),
      ...lines.toReversed().map((line) => polyline(line, x, y)),
      ...lines.map(({ name, kind, isDashed }, index) => keyRow(name, classOf(kind, isDashed), index)),
      ...(bound ? [keyRow(bound.name, 'bound', lines.length)] : []),
    ],
  });
}

type Place = (value: number) => number;

function valueTick(value: number, y: Place, largest: number): string {
  const at = y(value).toFixed(1);
  const digits = Number.isInteger(largest / VALUE_TICKS) ? 0 : 1;
  return `<line class="grid" x1="${LEFT}" y1="${at}" x2="${WIDTH - RIGHT}" y2="${at}"/><text x="${LEFT - 8}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${number(value, digits)}</text>`;
}

/** Round times from 0 on. */
function timesUpTo(seconds: number): number[] {
  const step = TIME_STEPS.find((each) => seconds / each <= MAX_TIME_TICKS) ?? seconds;
  return Array.from({ length: Math.floor(seconds / step) + 1 }, (_, index) => index * step);
}

function timeTick(seconds: number, x: number): string {
  return `<text x="${x.toFixed(1)}" y="${HEIGHT - BOTTOM + 20}" text-anchor="middle">${clock(seconds)}</text>`;
}

function boundLine(y: number): string {
  return `<line class="bound" x1="${LEFT}" y1="${y.toFixed(1)}" x2="${WIDTH - RIGHT}" y2="${y.toFixed(1)}"/>`;
}

function polyline({ values, kind, isDashed }: Line, x: Place, y: Place): string {
  const points = values.map((value, step) => `${x(step).toFixed(1)},${y(value).toFixed(1)}`);
  return `<polyline class="${classOf(kind, isDashed)}" points="${points.join(' ')}"/>`;
}

function keyRow(name: string, className: string, index: number): string {
  const left = WIDTH - RIGHT + 14;
  const y = TOP + 10 + index * KEY_ROW;
  return `<polyline class="${className}" points="${left},${y} ${left + 24},${y}"/><text x="${left + 32}" y="${y + 4}">${escaped(name)}</text>`;
}

function classOf(kind: Line['kind'], isDashed: boolean | undefined): string {
  return isDashed ? `${kind} dashed` : kind;
}

/** Minutes and seconds. */
function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** The least of 1, 2, 4 and 8, times a power of ten, that is not below a value: four ticks of it are short numbers. */
function niceMax(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 4, 8, 10].find((factor) => factor * power >= value) ?? 10);
}
