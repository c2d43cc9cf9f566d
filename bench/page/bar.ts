import type { Phase } from '../child/latency.js';
import type { ContestantName } from '../contestant.js';
import { percent } from '../machine/load.js';
import type { ThroughputRun } from '../measure/throughput.js';
import { besideBytes, countedShare } from '../measure/waiting.js';
import type { Results } from '../results.js';
import { totalBytes } from './bundle-table.js';
import {
  atLeast,
  atMost,
  difference,
  inUnit,
  least,
  measuredText,
  medianOf,
  metText,
  most,
  ratio,
  type BarRow,
} from './check.js';
import { number } from './figure.js';
import { lambdaRows } from './lambda-table.js';
import { largeRatio } from './large-table.js';
import { startRows } from './start-rows.js';
import { added } from './synth-table.js';
import type { Table } from './table.js';
import {
  callsToIdeal,
  eventsPerSecond,
  mainUsPerEvent,
  peakMib,
  processUsPerEvent,
  wireToBody,
} from './throughput-table.js';

export { NOT_MEASURED } from './check.js';

const PEERS: readonly ContestantName[] = ['winston-cloudwatch', 'logtape', 'winston-aws-cloudwatch'];

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

export function barRows(results: Results): BarRow[] {
  return [
    ...speedRows(results),
    ...callRows(results),
    ...startRows(results.startup),
    ...lambdaRows(results.lambda),
    ...sizeRows(results),
    ...recordRows(results),
    {
      what: 'construct, added to a synthesis in a warm process',
      bar: '≤ 15 ms CPU',
      checks: [atMost(15, '', added(results.synth.warm, 'cpuMs'), inUnit('ms', 1))],
    },
  ];
}

function speedRows({ throughput }: Results): BarRow[] {
  const speed = (name: string) => medianOf(throughput, name, eventsPerSecond);
  const mainUs = (name: string) => medianOf(throughput, name, mainUsPerEvent);
  const processUs = (name: string) => medianOf(throughput, name, processUsPerEvent);
  const damage = throughput
    .filter(({ name }) => name === 'fapilog')
    .flatMap(({ samples }) => samples)
    .reduce((sum, { lost, duplicated, refused }) => sum + lost + duplicated + refused, 0);
  return [
    {
      what: 'delivered events/s, mixed levels, `getLogger` to acknowledged, gzip on, nothing lost',
      bar: '≥ 1.25 × bare SDK with gzip; ≥ 1.0 × bare SDK without; ≥ 4 × the best peer that delivers',
      checks: [
        atLeast(1.25, 'bare SDK with gzip', ratio(speed('fapilog'), speed('bare-sdk-gzip'))),
        atLeast(1, 'without', ratio(speed('fapilog'), speed('bare-sdk'))),
        atLeast(4, 'best peer', ratio(speed('fapilog'), most(PEERS.map(speed)))),
      ],
      condition: { isMet: damage === 0, text: `${damage} events lost, duplicated or refused` },
    },
    {
      what: 'CPU per event beside fapilog-before',
      bar: 'main thread ≤ 0.75 ×; process ≤ 0.8 ×',
      checks: [
        atMost(0.75, 'main thread', ratio(mainUs('fapilog'), mainUs('fapilog-before'))),
        atMost(0.8, 'process', ratio(processUs('fapilog'), processUs('fapilog-before'))),
      ],
    },
    {
      what: 'process CPU per event',
      bar: '≤ 0.4 × the best of those peers',
      checks: [atMost(0.4, '', ratio(processUs('fapilog'), least(PEERS.map(processUs))))],
    },
    {
      what: 'main-thread CPU per event, delivery included',
      bar: 'in process ≤ 1.0 × pino worker; worker mode ≤ 0.8 ×',
      checks: [
        atMost(1, 'in process', ratio(mainUs('fapilog'), mainUs('pino-worker'))),
        atMost(0.8, 'worker mode', ratio(mainUs('fapilog-worker'), mainUs('pino-worker'))),
      ],
    },
  ];
}

type PhaseValue = (phase: Phase) => number;

const p99: PhaseValue = ({ callUs }) => callUs.p99;
const p999: PhaseValue = ({ callUs }) => callUs.p999;
const longest: PhaseValue = ({ delayMs }) => delayMs.max;

function callRows({ latency }: Results): BarRow[] {
  const of = (when: 'cold' | 'warm', value: PhaseValue) => (name: ContestantName) =>
    medianOf(latency, name, (run) => value(run[when]));
  const besidePino = (name: ContestantName, when: 'cold' | 'warm', value: PhaseValue) =>
    ratio(of(when, value)(name), of(when, value)('pino-worker'));
  const addedDelay = (name: ContestantName, when: 'cold' | 'warm', value: PhaseValue) =>
    difference(of(when, value)(name), of(when, value)('null'));
  return [
    {
      what: 'longest delay added to the event loop, cold, first batch included',
      bar: '≤ 15 ms without the AWS client; ≤ 40 ms with it',
      checks: [
        atMost(15, 'without', addedDelay('fapilog', 'cold', longest), inUnit('ms', 1)),
        atMost(40, 'with', addedDelay('fapilog-sdk', 'cold', longest), inUnit('ms', 1)),
      ],
    },
    {
      what: 'delay added to the event loop at 5,000/s, in process, warm',
      bar: 'p99 ≤ 2 ms, max ≤ 10 ms',
      checks: [
        atMost(
          2,
          'p99',
          addedDelay('fapilog', 'warm', ({ delayMs }) => delayMs.p99),
          inUnit('ms', 2),
        ),
        atMost(10, 'max', addedDelay('fapilog', 'warm', longest), inUnit('ms', 1)),
      ],
    },
    ...(['fapilog', 'fapilog-worker'] as const).map((name) => ({
      what: `log call at 5,000/s, ${name === 'fapilog' ? 'in process' : 'worker mode'}`,
      bar: 'warm, p99 and p99.9 ≤ 1.2 × pino worker; cold, p99.9 ≤ 2 ×',
      checks: [
        atMost(1.2, 'warm p99', besidePino(name, 'warm', p99)),
        atMost(1.2, 'p99.9', besidePino(name, 'warm', p999)),
        atMost(2, 'cold p99.9', besidePino(name, 'cold', p999)),
      ],
    })),
  ];
}

function sizeRows({ throughput, bundles, waiting }: Results): BarRow[] {
  const run = (name: ContestantName, value: (run: ThroughputRun) => number) =>
    medianOf(throughput, name, value);
  const bundle = bundles.find(({ name, isSdkExternal }) => name === 'fapilog' && isSdkExternal);
  return [
    {
      what: 'bundle of a Lambda function with `getLogger` and delivery, as NodejsFunction makes it, minified',
      bar: '≤ 160 kB',
      checks: [atMost(160, '', bundle && totalBytes(bundle) / 1_000, inUnit('kB', 1))],
    },
    {
      what: 'memory beside its bytes, a waiting event',
      bar: '≤ 30 bytes, and counted',
      checks: [
        atMost(30, '', medianOf(waiting, 'fapilog', besideBytes), inUnit('bytes')),
        atLeast(0.95, 'counted', medianOf(waiting, 'fapilog', countedShare), percent),
      ],
    },
    {
      what: 'peak RSS, as fast as possible, in process',
      bar: '≤ 130 MiB',
      checks: [atMost(130, '', run('fapilog', peakMib), inUnit('MiB'))],
    },
    {
      what: 'calls ÷ ideal calls under load',
      bar: '≤ 1.05',
      checks: [
        atMost(1.05, 'in process', run('fapilog', callsToIdeal), (value) => number(value, 3)),
        atMost(1.05, 'worker mode', run('fapilog-worker', callsToIdeal), (value) => number(value, 3)),
      ],
    },
    {
      what: 'bytes on the wire',
      bar: '≤ 0.2 × the uncompressed body',
      checks: [atMost(0.2, '', run('fapilog', wireToBody))],
    },
  ];
}

function recordRows({ large, heavy, spool }: Results): BarRow[] {
  const quarterMib = large.filter(({ kib }) => kib === 256);
  return [
    {
      what: 'log call with a message of 256 KiB',
      bar: '≤ 1.2 × JSON.stringify of its line and of the request',
      checks: (['plain', 'dump'] as const).map((kind) => {
        const sample = quarterMib.find(({ text }) => text === kind);
        return atMost(1.2, kind, sample && largeRatio(sample));
      }),
    },
    {
      what: 'one log call, whatever it is given',
      bar: '≤ 50 ms; ≤ 10 × JSON.stringify of the same fields, where that takes a millisecond',
      checks: [
        atMost(50, 'longest', most(heavy.map(({ callMs }) => callMs)), inUnit('ms', 1)),
        atMost(10, 'worst', most(heavy.map(({ callMs, jsonMs = 0 }) => (jsonMs < 1 ? 0 : callMs / jsonMs)))),
      ],
    },
    {
      what: 'processor time of one turn of the event loop while the spool is at work, 10,000 events/s',
      bar: '≤ 20 ms',
      checks: [atMost(20, 'longest', most(spool.map(({ workMs }) => workMs.max)), inUnit('ms', 1))],
    },
  ];
}
