import { NO_RESULTS, type Results } from '../../bench/results.js';
import { barTable } from '../../bench/page/bar.js';
import type { Phase } from '../../bench/child/latency.js';
import type { Latency } from '../../bench/measure/latency.js';
import type { FunctionName } from '../../bench/lambda-function.js';
import type { LambdaStarts } from '../../bench/measure/lambda.js';
import { FORMS, type Startup, type StartupName } from '../../bench/measure/startup.js';
import type { ContestantName } from '../../bench/contestant.js';
import type { Throughput, ThroughputRun } from '../../bench/measure/throughput.js';

const run: ThroughputRun = {
  events: 1_000,
  wallMs: 100,
  mainMs: 10,
  processMs: 20,
  peakRssBytes: 100 * 1_048_576,
  calls: 10,
  idealCalls: 10,
  delivered: 1_000,
  lost: 0,
  duplicated: 0,
  refused: 0,
  outOfOrder: 0,
  reasons: [],
  wireBytes: 10,
  bodyBytes: 100,
  otherCalls: 0,
};
function results(runs: Partial<Record<ContestantName, Partial<ThroughputRun>>>): Results {
  const throughput = Object.entries(runs).map(([name, each]): Throughput => ({
    name: name as ContestantName,
    samples: [{ ...run, ...each }],
  }));
  return { ...NO_RESULTS, throughput };
}

/** The figure and the judgement of the row that begins with these words. */
function rowOf(what: string, measured: Results): string[] {
  return barTable(measured)
    .rows.find(([first]) => first!.startsWith(what))!
    .slice(2);
}

const peers = {
  'bare-sdk': {},
  'bare-sdk-gzip': { wallMs: 125 },
  'winston-cloudwatch': { wallMs: 400 },
  logtape: { wallMs: 500 },
};

test('speed is held against the client with and without gzip, and against the fastest peer', () => {
  expect(rowOf('delivered', results({ ...peers, fapilog: {} }))).toEqual([
    'bare SDK with gzip 1.250 ×; without 1.000 ×; best peer 4.000 ×; 0 events lost, duplicated or refused',
    'met',
  ]);
});

test.each<[ContestantName, number]>([
  ['bare-sdk-gzip', 124],
  ['bare-sdk', 99],
  ['winston-cloudwatch', 399],
])('speed is not met if %s is faster', (name, wallMs) => {
  expect(rowOf('delivered', results({ ...peers, fapilog: {}, [name]: { wallMs } }))[1]).toBe('not met');
});

test('CPU is held against the build that was given', () => {
  const before = { mainMs: 100, processMs: 100 };
  const met = (now: Partial<ThroughputRun>) =>
    rowOf('CPU per event beside', results({ fapilog: now, 'fapilog-before': before }));

  expect(met({ mainMs: 75, processMs: 80 })).toEqual(['main thread 0.750 ×; process 0.800 ×', 'met']);
  expect(met({ mainMs: 76, processMs: 80 })[1]).toBe('not met');
  expect(met({ mainMs: 75, processMs: 81 })[1]).toBe('not met');
  expect(rowOf('CPU per event beside', results({ fapilog: {} }))[1]).toBe('–');
});

test('speed with a loss is not met', () => {
  const [, met] = rowOf('delivered', results({ ...peers, fapilog: { wallMs: 1, refused: 1 } }));

  expect(met).toBe('not met');
});

test.each([
  [8, '0.400 ×', 'met'],
  [8.1, '0.405 ×', 'not met'],
])('CPU of %d ms beside 20', (processMs, shown, met) => {
  expect(rowOf('process CPU per event', results({ fapilog: { processMs }, logtape: {} }))).toEqual([
    shown,
    met,
  ]);
});

test.each([
  [130, 'met'],
  [131, 'not met'],
])('a peak of %i MiB', (mib, met) => {
  expect(rowOf('peak RSS', results({ fapilog: { peakRssBytes: mib * 1_048_576 } }))).toEqual([
    `${mib} MiB`,
    met,
  ]);
});

test('what was not measured is neither met nor not met', () => {
  expect(new Set(barTable(NO_RESULTS).rows.map(([, , , met]) => met))).toEqual(new Set(['–']));
  expect(rowOf('main-thread CPU per event', results({ fapilog: {} }))).toEqual([
    'in process not measured; worker mode not measured',
    '–',
  ]);
});

function timed(p999: number, longestMs: number): Phase {
  return {
    callUs: { p50: 1, p99: 1, p999, max: p999 },
    delayMs: { p50: 0, p99: 0, p999: 0, max: longestMs },
  };
}

function latencies(cold: Partial<Record<ContestantName, Phase>>, warm = timed(1, 0)): Results {
  const latency = Object.entries(cold).map(([name, phase]): Latency => {
    const work = { turnMs: 0, cpu: { mainMs: 0, processMs: 0 } };
    return {
      name: name as ContestantName,
      samples: [{ ...run, cold: { ...phase, ...work }, warm }],
    };
  });
  return { ...NO_RESULTS, latency };
}

test.each([
  [20, 45, 'met'],
  [20.1, 45, 'not met'],
  [20, 45.1, 'not met'],
])(
  'a delay of %d ms without the client and of %d with it, where the machine adds 5',
  (without, withIt, met) => {
    const measured = latencies({
      null: timed(0, 5),
      fapilog: timed(1, without),
      'fapilog-sdk': timed(1, withIt),
    });

    expect(rowOf('longest delay', measured)[1]).toBe(met);
  },
);

test.each([
  [20, 'met'],
  [21, 'not met'],
])('the slowest cold calls of %d µs, where those of pino take 10', (p999, met) => {
  const measured = latencies({ 'pino-worker': timed(10, 0), fapilog: timed(p999, 0) });

  expect(rowOf('log call at 5,000/s, in process', measured)[1]).toBe(met);
});

function started(cpuMs: Readonly<Record<string, number>>, isSdkLoaded = false): Results {
  const startup = Object.entries(cpuMs).map(([name, ms]): Startup => {
    const mark = { wallMs: 0, cpuMs: ms, isSdkLoaded };
    const delivered = { ...mark, isSdkLoaded: true };
    return { name: name as StartupName, samples: [{ imported: mark, logged: mark, delivered }] };
  });
  return { ...NO_RESULTS, startup };
}

function inEachForm(cpuMs: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    FORMS.flatMap((form) => Object.entries(cpuMs).map(([name, ms]) => [`${name}, ${form}`, ms])),
  );
}

test('the first delivery is compared without what Node.js itself takes, in each form', () => {
  const forms = inEachForm({ empty: 40, 'bare-sdk': 140, fapilog: 90 });

  expect(rowOf('first event', started(forms))).toEqual([
    'ES module 0.500 ×; CommonJS 0.500 ×; bundled 0.500 ×',
    'met',
  ]);
  expect(rowOf('first event', started({ ...forms, 'fapilog, bundled': 91 }))[1]).toBe('not met');
});

test('the first call of modules does not load the client', () => {
  const forms = inEachForm({ empty: 40, 'bare-sdk': 140, pino: 60, fapilog: 60 });
  const shown = 'ES module 1.000 ×; CommonJS 1.000 ×';

  expect(rowOf('first log call of modules', started(forms))).toEqual([`${shown}; client not loaded`, 'met']);
  expect(rowOf('first log call of modules', started(forms, true))).toEqual([
    `${shown}; client loaded`,
    'not met',
  ]);
});

test.each([
  [64, '1.200 ×', 'met'],
  [65, '1.250 ×', 'not met'],
])('the first call of a bundle after %d ms, where pino takes 60 and Node.js 40', (fapilog, shown, met) => {
  const measured = started(inEachForm({ empty: 40, pino: 60, fapilog }));

  expect(rowOf('first log call of a bundle', measured)).toEqual([shown, met]);
});

test('a difference below nothing is noise, and no ratio', () => {
  const measured = started(inEachForm({ empty: 40, pino: 39, fapilog: 55 }));

  expect(rowOf('first log call of a bundle', measured)).toEqual(['not measured', '–']);
});

/** Functions by the CPU time of their init and their first invocation. */
function coldStarts(cpuMs: Readonly<Partial<Record<FunctionName, readonly [number, number]>>>): Results {
  const moment = (ms: number) => ({ wallMs: 0, cpuMs: ms });
  const lambda = Object.entries(cpuMs).map(([name, [init, first]]): LambdaStarts => {
    const start = { init: moment(init), first: moment(first), second: moment(0), bundleBytes: 1 };
    return { name: name as FunctionName, samples: [{ ...start, lost: 0, duplicated: 0, refused: 0 }] };
  });
  return { ...NO_RESULTS, lambda };
}

test.each([
  [65, '5.0 ms', 'met'],
  [65.1, '5.1 ms', 'not met'],
])('an init of %d ms with the wrapper, of 60 without', (init, shown, met) => {
  const measured = coldStarts({ 'fapilog, withLambda': [init, 20], 'fapilog, flush by hand': [60, 20] });

  expect(rowOf('`withLambda`', measured)).toEqual([shown, met]);
});

test.each([
  [66, 'of Lambda 0.600 ×; bundled 0.600 ×', 'met'],
  [67, 'of Lambda 0.610 ×; bundled 0.610 ×', 'not met'],
])('an init of %d ms and a delivery, where the client takes 100 more than nothing', (init, shown, met) => {
  const client = [110, 40] as const;
  const measured = coldStarts({
    empty: [40, 10],
    'fapilog, withLambda': [init, 44],
    'bare SDK': client,
    'bare SDK, bundled': client,
  });

  expect(rowOf('cold start', measured)).toEqual([shown, met]);
});

test.each([
  [160_000, 'met'],
  [160_001, 'not met'],
])('a bundle of %d bytes, which needs no client', (entryBytes, met) => {
  const ours = { name: 'fapilog', lazy: [] } as const;
  const bundles = [
    { ...ours, isSdkExternal: false, entryBytes: 500_000 },
    { ...ours, isSdkExternal: true, entryBytes },
  ];

  expect(rowOf('bundle', { ...NO_RESULTS, bundles })[1]).toBe(met);
});

test.each([
  [30, 430, 'met'],
  [31, 431, 'not met'],
  [30, 408, 'not met'],
])('an event that waits with %d bytes beside its own, %d of all counted', (heapBytes, countedBytes, met) => {
  const sample = { ownBytes: 400, heapBytes, bufferBytes: 400, countedBytes };
  const waiting = [{ name: 'fapilog', samples: [sample] }] as const;

  expect(rowOf('memory beside', { ...NO_RESULTS, waiting })[1]).toBe(met);
});

test('both kinds of a long message count', () => {
  const plain = { text: 'plain', kib: 256, callMs: [1.2], jsonMs: [1] } as const;
  const large = (callMs: number) => [plain, { ...plain, text: 'dump' as const, callMs: [callMs] }];

  expect(rowOf('log call with', { ...NO_RESULTS, large: large(1.2) })[1]).toBe('met');
  expect(rowOf('log call with', { ...NO_RESULTS, large: large(1.3) })[1]).toBe('not met');
});

test.each([
  [25, 'met'],
  [25.1, 'not met'],
])('a warm synthesis of %d ms, which takes 10 without', (cpuMs, met) => {
  const warm = [
    { name: 'without', samples: [{ wallMs: 0, cpuMs: 10 }] },
    { name: 'with', samples: [{ wallMs: 0, cpuMs }] },
  ] as const;

  expect(rowOf('construct', { ...NO_RESULTS, synth: { cold: [], warm } })[1]).toBe(met);
});

test.each([
  ['at', 20, 'met'],
  ['over', 20.1, 'not met'],
])('the longest turn with a spool is judged: %s the bar', (_, max, met) => {
  const sample = { name: '', lateMs: { p99: 1, max: 90 }, spoolBytes: 0, dropped: 0, adopted: 0 };
  const spool = [
    { ...sample, workMs: { p99: 1, max } },
    { ...sample, workMs: { p99: 1, max: 1 } },
  ];
  expect(rowOf('processor time of one turn', { ...NO_RESULTS, spool })).toEqual([
    `longest ${max.toFixed(1)} ms`,
    met,
  ]);
});
