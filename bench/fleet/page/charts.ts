import type { ChartFile } from '../../page/charts.js';
import { toSvg, type Bar } from '../../page/chart.js';
import type { FleetResult } from '../result.js';
import { lineChartSvg, type Line } from './line-chart.js';
import type { Pair } from './pair.js';

/** Scenarios whose course is drawn. */
const DRAWN = ['deploy', 'small-region', 'outage-5min'];

/** Of a series of a result. */
const STEP_SECONDS = 10;

export function chartsOf(pairs: readonly Pair[]): ChartFile[] {
  return [
    barChart(
      'calls',
      'PutLogEvents calls',
      'for each accepted one',
      2,
      pairs,
      ({ callsPerAccepted }) => callsPerAccepted,
    ),
    // In an outage, the delay is that of the outage.
    barChart(
      'delay',
      'Delay of an event where there is no outage, p99',
      'seconds',
      1,
      pairs.filter(({ restrained }) => !restrained.recovery),
      ({ delayMs }) => delayMs.p99 / 1_000,
    ),
    ...pairs
      .filter(({ scenario }) => DRAWN.includes(scenario))
      .flatMap((pair) => [waiting(pair), calls(pair)]),
  ];
}

function barChart(
  name: string,
  title: string,
  unit: string,
  digits: number,
  pairs: readonly Pair[],
  value: (result: FleetResult) => number,
): ChartFile {
  const bars = pairs.flatMap(({ scenario, restrained, unrestrained }) => [
    bar(scenario, value(restrained), true),
    bar('without restraint', value(unrestrained), false),
  ]);
  return {
    file: `${name}.svg`,
    title: `${title}, ${unit}`,
    svg: toSvg({ title, unit, digits, bars }),
  };
}

function bar(name: string, figure: number, stands: boolean): Bar {
  return { name, spread: { median: figure, min: figure, max: figure }, stands };
}

function waiting({ scenario, restrained, unrestrained }: Pair): ChartFile {
  const title = `${scenario}: events that wait`;
  const svg = lineChartSvg({
    title,
    unit: 'a writer',
    stepSeconds: STEP_SECONDS,
    lines: [
      { name: 'with restraint', kind: 'ours', values: restrained.series.pendingPerWriter },
      { name: 'without', kind: 'bar', values: unrestrained.series.pendingPerWriter },
    ],
  });
  return { file: `${scenario}-waiting.svg`, title, svg };
}

function calls({ scenario, restrained, unrestrained }: Pair): ChartFile {
  const title = `${scenario}: PutLogEvents calls`;
  const svg = lineChartSvg({
    title,
    unit: 'a second',
    stepSeconds: STEP_SECONDS,
    lines: [...callLines('', restrained, 'ours'), ...callLines(', without', unrestrained, 'bar')],
    bound: { name: 'quota', value: restrained.quotas.PutLogEvents },
  });
  return { file: `${scenario}-calls.svg`, title, svg };
}

function callLines(suffix: string, { series }: FleetResult, kind: Line['kind']): Line[] {
  return [
    { name: `accepted${suffix}`, kind, values: series.accepted },
    { name: `throttled${suffix}`, kind, values: series.throttled, isDashed: true },
  ];
}
