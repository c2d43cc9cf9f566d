import { toSvg } from '../../bench/page/chart.js';

const svg = toSvg({
  title: 'Events & calls',
  unit: 'per second',
  bars: [
    { name: 'ours', spread: { median: 50, min: 40, max: 60 }, stands: true },
    { name: 'a peer', spread: { median: 100, min: 100, max: 100 } },
  ],
});

test('bars are as long as their medians are large, and the range is drawn over them', () => {
  const [ours, peer] = [...svg.matchAll(/<rect class="(\w+)" x="\d+" y="\d+" width="([\d.]+)"/g)];
  const [, from, to] = /x1="([\d.]+)" y1="\d+" x2="([\d.]+)"/.exec(svg)!;

  expect([ours![1], peer![1]]).toEqual(['ours', 'bar']);
  expect(Number(peer![2])).toBeCloseTo(2 * Number(ours![2]));
  expect(Number(to) - Number(from)).toBeCloseTo(Number(peer![2]) / 5);
});

test('words are words, whatever they are', () => {
  expect(svg).toContain('>Events &amp; calls, per second</text>');
});

test('it is readable on dark', () => {
  expect(svg).toContain('prefers-color-scheme: dark');
});
