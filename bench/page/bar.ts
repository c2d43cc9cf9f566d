import type { Quantiles } from '../child/latency.js';
import type { ContestantName } from '../contestant.js';
import type { Latency } from '../measure/latency.js';
import { bundled, type Marks, type Startup } from '../measure/startup.js';
import type { ThroughputRun } from '../measure/throughput.js';
import type { Results } from '../results.js';
import { spreadOf } from '../statistics.js';
import { totalBytes } from './bundle-table.js';
import { number } from './figure.js';
import { added } from './synth-table.js';
import type { Table } from './table.js';
import {
  callsToIdeal,
  eventsPerSecond,
  mainUsPerEvent,
  processUsPerEvent,
  wireToBody,
} from './throughput-table.js';

/** One comparison of two figures of a run. */
export interface Check {
  /** Label of the figure, in a row with several. */
  readonly label: string;
  /** Undefined if it was not measured. */
  readonly value: number | undefined;
  readonly isMet: (value: number) => boolean;
  readonly shown: (value: number) => string;
}

export interface BarRow {
  readonly what: string;
  readonly bar: string;
  readonly checks: readonly Check[];
  /** A further condition. @default true */
  readonly condition?: { readonly isMet: boolean; readonly text: string } | undefined;
}

const PEERS: readonly ContestantName[] = ['winston-cloudwatch', 'logtape'];
const MIB = 1_048_576;

/** Text of the last column if a figure is missing. */
export const NOT_MEASURED = '–';

/** Goals of this project, as ratios within one run. */
export function barTable(results: Results): Table {
  return {
    title: 'The bar',
    how: 'What this project wants to reach, by the medians below. Ratios of one run mean something, absolute figures of two machines do not.',
    isText: true,
    head: ['what', 'bar', 'measured', 'met'],
    rows: barRows(results).map((row) => [row.what, row.bar, measuredText(row), metText(row)]),
  };
}

export function barRows({ throughput, latency, heavy, spool, startup, bundles, synth }: Results): BarRow[] {
  const run = (value: (run: ThroughputRun) => number) => (name: ContestantName) =>
    medianOf(throughput, name, value);
  const call = (key: keyof Quantiles) => (name: ContestantName) =>
    medianOf(latency, name, ({ callUs }: Latency['samples'][number]) => callUs[key]);
  const delay = (key: keyof Quantiles) => (name: ContestantName) =>
    medianOf(latency, name, ({ delayMs }: Latency['samples'][number]) => delayMs[key]);
  const speed = run(eventsPerSecond);
  const processUs = run(processUsPerEvent);
  const mainUs = run(mainUsPerEvent);
  const damage = throughput
    .filter(({ name }) => name === 'fapilog')
    .flatMap(({ samples }) => samples)
    .reduce((sum, { lost, duplicated, refused }) => sum + lost + duplicated + refused, 0);
  const [ourBundle, stockBundle] = (['fapilog', 'bare-sdk'] as const).map((name) => {
    const bundle = bundles.find((each) => each.name === name);
    return bundle && totalBytes(bundle);
  });
  return [
    {
      what: 'delivered events/s, `getLogger` to acknowledged, gzip on, nothing lost',
      bar: '≥ 1.0 × bare SDK, with or without gzip, whichever is faster; ≥ 4 × the best of winston-cloudwatch and logtape',
      checks: [
        atLeast(
          1,
          'bare SDK',
          ratio(
            speed('fapilog'),
            most(['bare-sdk', 'bare-sdk-gzip'].map((name) => speed(name as ContestantName))),
          ),
        ),
        atLeast(4, 'best peer', ratio(speed('fapilog'), most(PEERS.map(speed)))),
      ],
      condition: { isMet: damage === 0, text: `${damage} events lost, duplicated or refused` },
    },
    {
      what: 'process CPU per event, same run',
      bar: '≤ 0.4 × the best of those peers',
      checks: [atMost(0.4, '', ratio(processUs('fapilog'), least(PEERS.map(processUs))))],
    },
    {
      what: 'main-thread CPU per event, in process, delivery included',
      bar: '≤ 1.0 × pino worker',
      checks: [atMost(1, '', ratio(mainUs('fapilog'), mainUs('pino-worker')))],
    },
    {
      what: 'main-thread CPU per event in worker mode',
      bar: '≤ 0.8 × pino worker',
      checks: [atMost(0.8, '', ratio(mainUs('fapilog-worker'), mainUs('pino-worker')))],
    },
    ...(['fapilog', 'fapilog-worker'] as const).map((name) => ({
      what: `log call at 5,000/s, ${name === 'fapilog' ? 'in process' : 'worker mode'}`,
      bar: 'p99 and p99.9 ≤ 1.2 × pino worker',
      checks: [
        atMost(1.2, 'p99', ratio(call('p99')(name), call('p99')('pino-worker'))),
        atMost(1.2, 'p99.9', ratio(call('p999')(name), call('p999')('pino-worker'))),
      ],
    })),
    {
      what: 'event-loop delay added by delivery, in process, at 5,000/s',
      bar: 'p99 ≤ 2 ms, max ≤ 10 ms',
      checks: [
        atMost(
          2,
          'p99',
          difference(delay('p99')('fapilog'), delay('p99')('null')),
          (ms) => `${number(ms, 2)} ms`,
        ),
        atMost(
          10,
          'max',
          difference(delay('max')('fapilog'), delay('max')('null')),
          (ms) => `${number(ms, 1)} ms`,
        ),
      ],
    },
    {
      what: 'one log call, whatever it is given',
      bar: '≤ 50 ms; ≤ 10 × JSON.stringify of the same fields, where that takes a millisecond',
      checks: [
        atMost(50, 'longest', most(heavy.map(({ callMs }) => callMs)), (ms) => `${number(ms, 1)} ms`),
        atMost(10, 'worst', most(heavy.map(({ callMs, jsonMs = 0 }) => (jsonMs < 1 ? 0 : callMs / jsonMs)))),
      ],
    },
    {
      what: 'processor time of one turn of the event loop while the spool is at work, 10,000 events/s',
      bar: '≤ 20 ms',
      checks: [
        atMost(20, 'longest', most(spool.map(({ workMs }) => workMs.max)), (ms) => `${number(ms, 1)} ms`),
      ],
    },
    {
      what: 'calls ÷ ideal calls under load',
      bar: '≤ 1.05',
      checks: [
        atMost(1.05, 'in process', run(callsToIdeal)('fapilog'), (value) => number(value, 3)),
        atMost(1.05, 'worker mode', run(callsToIdeal)('fapilog-worker'), (value) => number(value, 3)),
      ],
    },
    {
      what: 'bytes on the wire',
      bar: '≤ 0.2 × the uncompressed body',
      checks: [atMost(0.2, '', run(wireToBody)('fapilog'))],
    },
    {
      what: 'peak RSS, as fast as possible, in process',
      bar: '≤ 130 MiB',
      checks: [
        atMost(
          130,
          '',
          run(({ peakRssBytes }) => peakRssBytes / MIB)('fapilog'),
          (mib) => `${number(mib)} MiB`,
        ),
      ],
    },
    {
      what: 'import + first log call returned, beyond the start of Node.js',
      bar: '≤ 1.0 × pino, the SDK not loaded by then',
      checks: startChecks(startup, 'logged', 1, 'pino'),
      condition: sdkCondition(startup),
    },
    {
      what: 'first event delivered, fresh process, beyond the start of Node.js',
      bar: '≤ 1.1 × bare SDK',
      checks: startChecks(startup, 'delivered', 1.1, 'bare-sdk'),
    },
    {
      what: 'bundle of the runtime for a Lambda function, SDK included',
      bar: 'below the bundled stock client',
      checks: [{ ...atMost(1, '', ratio(ourBundle, stockBundle)), isMet: (value) => value < 1 }],
    },
    {
      what: 'construct, added to a synthesis',
      bar: '< 15 ms',
      checks: (['wallMs', 'cpuMs'] as const).map((key) => ({
        ...atMost(15, key === 'wallMs' ? 'wall' : 'CPU', added(synth, key), (ms) => `${number(ms, 1)} ms`),
        isMet: (ms: number) => ms < 15,
      })),
    },
  ];
}

function measuredText({ checks, condition }: BarRow): string {
  const parts = checks.map(({ label, value, shown }) => {
    const figure = value === undefined || Number.isNaN(value) ? 'not measured' : shown(value);
    return label ? `${label} ${figure}` : figure;
  });
  return [...parts, ...(condition ? [condition.text] : [])].join('; ');
}

function metText({ checks, condition }: BarRow): string {
  if (checks.some(({ value }) => value === undefined || Number.isNaN(value))) return NOT_MEASURED;
  const isMet = checks.every(({ value, isMet: met }) => met(value!)) && condition?.isMet !== false;
  return isMet ? 'met' : 'not met';
}

const asRatio = (value: number): string => `${number(value, 3)} ×`;

function atMost(limit: number, label: string, value: number | undefined, shown = asRatio): Check {
  return { label, value, isMet: (each) => each <= limit, shown };
}

function atLeast(limit: number, label: string, value: number | undefined): Check {
  return { label, value, isMet: (each) => each >= limit, shown: asRatio };
}

/** Also undefined if noise was larger than the difference to be measured, which is below zero then. */
function ratio(ours: number | undefined, theirs: number | undefined): number | undefined {
  if (ours === undefined || theirs === undefined || ours < 0 || theirs <= 0) return undefined;
  return ours / theirs;
}

function difference(ours: number | undefined, theirs: number | undefined): number | undefined {
  return ours === undefined || theirs === undefined ? undefined : ours - theirs;
}

/** The largest of the values that could be measured. */
function most(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}

function least(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}

function medianOf<Sample>(
  results: readonly { readonly name: string; readonly samples: readonly Sample[] }[],
  name: string,
  value: (sample: Sample) => number,
): number | undefined {
  const samples = results.find((result) => result.name === name)?.samples ?? [];
  return samples.length > 0 ? spreadOf(samples.map(value)).median : undefined;
}

/** Wall and CPU time of our program beside those of another one, from modules and from bundles. */
function startChecks(
  startup: readonly Startup[],
  key: 'logged' | 'delivered',
  limit: number,
  than: string,
): Check[] {
  return [false, true].flatMap((isBundled) =>
    (['wallMs', 'cpuMs'] as const).map((time) => {
      const beyondEmpty = (name: string): number | undefined =>
        difference(
          startMs(startup, isBundled ? bundled(name) : name, key, time),
          startMs(startup, isBundled ? bundled('empty') : 'empty', 'imported', time),
        );
      const label = `${isBundled ? 'bundled' : 'modules'} ${time === 'wallMs' ? 'wall' : 'CPU'}`;
      return atMost(limit, label, ratio(beyondEmpty('fapilog'), beyondEmpty(than)));
    }),
  );
}

function startMs(
  startup: readonly Startup[],
  name: string,
  key: keyof Marks,
  time: 'wallMs' | 'cpuMs',
): number | undefined {
  return medianOf(startup, name, (marks) => marks[key]?.[time] ?? NaN);
}

function sdkCondition(startup: readonly Startup[]): BarRow['condition'] {
  const samples = startup.find(({ name }) => name === 'fapilog')?.samples ?? [];
  // A delivery without a loaded client means that the detection does not work.
  const isSeen = samples.every(({ delivered }) => delivered?.isSdkLoaded);
  const isLazy = samples.every(({ logged }) => !logged.isSdkLoaded);
  return { isMet: isSeen && isLazy, text: isLazy ? 'SDK not loaded' : 'SDK loaded' };
}
