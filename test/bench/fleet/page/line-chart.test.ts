import { lineChartSvg } from '../../../../bench/fleet/page/line-chart.js';

const svg = lineChartSvg({
  title: 'Events & calls',
  unit: 'a second',
  stepSeconds: 10,
  lines: [
    { name: 'ours', kind: 'ours', values: [0, 400, 800] },
    { name: 'theirs', kind: 'bar', values: [800], isDashed: true },
  ],
  bound: { name: 'quota', value: 700 },
});

function pointsOf(kind: string): number[][] {
  const [, points] = new RegExp(`<polyline class="${kind}" points="([^"]+)"`).exec(svg)!;
  return points!.split(' ').map((point) => point.split(',').map(Number));
}

test('values are at their height, at equal distances', () => {
  const [low, middle, high] = pointsOf('ours');

  expect(high![0]! - middle![0]!).toBeCloseTo(middle![0]! - low![0]!);
  expect(high![1]! - middle![1]!).toBeCloseTo(middle![1]! - low![1]!);
  expect(high![1]).toBe(44);
});

test('a shorter line ends earlier', () => {
  expect(pointsOf('bar dashed')).toEqual([[pointsOf('ours')[0]![0], 44]]);
});

test('axes have the time and short numbers', () => {
  expect([...svg.matchAll(/text-anchor="(?:end|middle)">([^<]+)</g)].map(([, text]) => text)).toEqual([
    '0',
    '200',
    '400',
    '600',
    '800',
    '0:00',
    '0:10',
    '0:20',
  ]);
});

test('the times of the axis are below their values', () => {
  const places = [...svg.matchAll(/<text x="([\d.]+)" y="\d+" text-anchor="middle">/g)].map(([, x]) =>
    Number(x),
  );

  expect(places).toEqual(pointsOf('ours').map(([x]) => x));
});

test('words are words, and it is readable on dark', () => {
  expect(svg).toContain('>Events &amp; calls, a second</text>');
  expect(svg).toContain('>quota</text>');
  expect(svg).toContain('prefers-color-scheme: dark');
});

test('nothing at all is drawn as nothing', () => {
  const empty = lineChartSvg({
    title: 'x',
    unit: 'y',
    stepSeconds: 10,
    lines: [{ name: 'a', kind: 'ours', values: [0] }],
  });

  expect(empty).not.toMatch(/NaN|Infinity/);
});
