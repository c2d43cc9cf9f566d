import type { Results } from '../../bench/results.js';
import { barTable } from '../../bench/page/bar.js';
import type { Startup } from '../../bench/measure/startup.js';
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
const nothing: Results = {
  throughput: [],
  latency: [],
  heavy: [],
  spool: [],
  startup: [],
  bundles: [],
  synth: [],
};

function results(runs: Partial<Record<ContestantName, Partial<ThroughputRun>>>): Results {
  const throughput = Object.entries(runs).map(([name, each]): Throughput => ({
    name: name as ContestantName,
    samples: [{ ...run, ...each }],
  }));
  return { ...nothing, throughput };
}

/** The figure and the judgement of the row that begins with these words. */
function rowOf(what: string, measured: Results): string[] {
  return barTable(measured)
    .rows.find(([first]) => first!.startsWith(what))!
    .slice(2);
}

const peers = { 'bare-sdk': {}, 'winston-cloudwatch': { wallMs: 400 }, logtape: { wallMs: 500 } };

test('speed is held against the faster client and the faster peer', () => {
  expect(rowOf('delivered', results({ ...peers, fapilog: {} }))).toEqual([
    'bare SDK 1.000 ×; best peer 4.000 ×; 0 events lost, duplicated or refused',
    'met',
  ]);
  expect(rowOf('delivered', results({ ...peers, 'bare-sdk-gzip': { wallMs: 50 }, fapilog: {} }))).toEqual([
    'bare SDK 0.500 ×; best peer 4.000 ×; 0 events lost, duplicated or refused',
    'not met',
  ]);
});

test('speed with a loss is not met', () => {
  const [, met] = rowOf('delivered', results({ ...peers, fapilog: { wallMs: 1, refused: 1 } }));

  expect(met).toBe('not met');
});

test.each([
  [8, '0.400 ×', 'met'],
  [8.1, '0.405 ×', 'not met'],
])('CPU of %d ms beside 20', (processMs, shown, met) => {
  expect(rowOf('process CPU', results({ fapilog: { processMs }, logtape: {} }))).toEqual([shown, met]);
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
  expect(barTable(nothing).rows.map(([, , , met]) => met)).toEqual(Array.from({ length: 16 }, () => '–'));
  expect(rowOf('main-thread CPU per event, in process', results({ fapilog: {} }))).toEqual([
    'not measured',
    '–',
  ]);
});

function started(logged: Readonly<Record<string, number>>, isSdkLoaded = false): Results {
  const startup = Object.entries(logged).map(([name, ms]): Startup => {
    const mark = { wallMs: ms, cpuMs: ms, isSdkLoaded };
    const delivered = { ...mark, isSdkLoaded: true };
    return { name, samples: [{ imported: mark, logged: mark, delivered }] };
  });
  return { ...nothing, startup };
}

test('start-up is compared without what Node.js itself takes', () => {
  const modules = { empty: 40, pino: 60, fapilog: 55 };
  const bundles = { 'empty, bundled': 40, 'pino, bundled': 50, 'fapilog, bundled': 50 };
  const shown = 'modules wall 0.750 ×; modules CPU 0.750 ×; bundled wall 1.000 ×; bundled CPU 1.000 ×';

  expect(rowOf('import', started({ ...modules, ...bundles }))).toEqual([`${shown}; SDK not loaded`, 'met']);
  expect(rowOf('import', started({ ...modules, ...bundles }, true))).toEqual([
    `${shown}; SDK loaded`,
    'not met',
  ]);
});

test('a difference below nothing is noise, and no ratio', () => {
  const [shown, met] = rowOf('import', started({ empty: 40, pino: 39, fapilog: 55 }));

  expect(shown).toContain('modules wall not measured');
  expect(met).toBe('–');
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
  expect(rowOf('processor time of one turn', { ...nothing, spool })).toEqual([
    `longest ${max.toFixed(1)} ms`,
    met,
  ]);
});
