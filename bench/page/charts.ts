import { OURS, YARDSTICKS } from '../contestant.js';
import type { Results } from '../results.js';
import { spreadOf } from '../statistics.js';
import { toSvg, type Bar } from './chart.js';
import { eventsPerSecond, mainUsPerEvent, processUsPerEvent } from './throughput-table.js';

export interface ChartFile {
  /** File name without a folder. */
  readonly file: string;
  readonly title: string;
  readonly svg: string;
}

const MIB = 1_048_576;

export function chartsOf({ throughput, latency, startup }: Results): ChartFile[] {
  const delivering = throughput.filter(({ name }) => !YARDSTICKS.includes(name));
  const logging = throughput.filter(({ name }) => name !== 'null');
  const starting = startup.filter(({ name }) => !name.endsWith('CommonJS'));
  return [
    chart('events', 'Delivered events', 'per second', 0, barsOf(delivering, eventsPerSecond)),
    chart('main-cpu', 'CPU of the main thread', 'µs per event', 1, barsOf(logging, mainUsPerEvent)),
    chart('process-cpu', 'CPU of the process', 'µs per event', 1, barsOf(logging, processUsPerEvent)),
    chart(
      'memory',
      'Peak memory',
      'MiB',
      0,
      barsOf(logging, ({ peakRssBytes }) => peakRssBytes / MIB),
    ),
    chart(
      'log-call',
      'Log call at 5,000 a second, warm, p99.9',
      'µs',
      1,
      barsOf(latency, ({ warm }) => warm.callUs.p999),
    ),
    chart(
      'cold-delay',
      'Longest delay of the event loop in the first seconds',
      'ms',
      1,
      barsOf(latency, ({ cold }) => cold.delayMs.max),
    ),
    chart(
      'start-up',
      'First log call returned',
      'ms of CPU since the start',
      0,
      barsOf(starting, ({ logged }) => logged.cpuMs),
    ),
    chart(
      'first-event',
      'First event delivered',
      'ms of CPU since the start',
      0,
      barsOf(
        starting.filter(({ samples }) => samples.every(({ delivered }) => delivered !== undefined)),
        ({ delivered }) => delivered!.cpuMs,
      ),
    ),
  ];
}

function chart(name: string, title: string, unit: string, digits: number, bars: readonly Bar[]): ChartFile {
  return { file: `${name}.svg`, title: `${title}, ${unit}`, svg: toSvg({ title, unit, digits, bars }) };
}

function barsOf<Sample>(
  results: readonly { readonly name: string; readonly samples: readonly Sample[] }[],
  value: (sample: Sample) => number,
): Bar[] {
  return results
    .filter(({ samples }) => samples.length > 0)
    .map(({ name, samples }) => ({
      name,
      spread: spreadOf(samples.map(value)),
      stands: OURS.some((ours) => name === ours || name.startsWith(`${ours},`)),
    }));
}
