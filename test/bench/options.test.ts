import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { OptionsError, parseOptions } from '../../bench/options.js';

test('a quick run leaves out what is slow, and writes no page', () => {
  const options = parseOptions(['--quick']);

  expect(options).toEqual(parseOptions([]));
  expect(options).toMatchObject({ isFull: false, events: 20_000, repetitions: 1 });
  expect(options?.only).toEqual(
    expect.arrayContaining(['fapilog', 'fapilog-sdk', 'fapilog-worker', 'bare-sdk', 'logtape']),
  );
  expect(options?.only).not.toContain('pino-cloudwatch-transport');
  expect(options?.measure).not.toContain('nodes');
});

test('a full run has every contestant, and times each that has a log call', () => {
  const options = parseOptions(['--full']);

  expect(options).toMatchObject({ isFull: true, events: 200_000 });
  expect(options?.only).toContain('pino-cloudwatch-transport');
  expect(options?.latencyOf).toEqual(options?.only.filter((name) => !name.startsWith('bare-')));
});

test('a part of a full run writes no page', () => {
  expect(parseOptions(['--full', '--only', 'fapilog'])).toMatchObject({ isFull: false, events: 200_000 });
  expect(parseOptions(['--full', '--measure', 'synth'])).toMatchObject({ isFull: false, measure: ['synth'] });
});

test('contestants and measurements are chosen by name, in their own order', () => {
  expect(parseOptions(['--only', 'logtape, null', '--measure', 'synth,latency'])).toMatchObject({
    only: ['null', 'logtape'],
    latencyOf: ['null', 'logtape'],
    measure: ['latency', 'synth'],
  });
});

test('everything can be repeated', () => {
  expect(parseOptions(['--repetitions', '7', '--events', '100'])).toMatchObject({
    events: 100,
    repetitions: 7,
    latencyRepetitions: 7,
    starts: 7,
    functionStarts: 7,
    synths: 7,
  });
});

test('another build is a contestant if it is given, and has to be built', () => {
  expect(parseOptions(['--full'])?.only).not.toContain('fapilog-before');
  expect(() => parseOptions(['--full', '--baseline', __dirname])).toThrow(
    'has no dist/esm/runtime/index.js; expected a checkout of this project after npm run build',
  );
  // The tests run without a build, too.
  const built = mkdtempSync(join(tmpdir(), 'bench-baseline-'));
  mkdirSync(join(built, 'dist/esm/runtime'), { recursive: true });
  writeFileSync(join(built, 'dist/esm/runtime/index.js'), '');
  const given = parseOptions(['--full', '--baseline', relative(process.cwd(), built)]);
  rmSync(built, { recursive: true });

  expect(given?.only).toContain('fapilog-before');
  expect(given?.latencyOf).toContain('fapilog-before');
});

test('a full run has time for everything in 25 minutes', () => {
  const seconds = Object.values(parseOptions(['--full'])!.expectedSeconds).reduce((sum, each) => sum + each);

  expect(seconds).toBeLessThanOrEqual(25 * 60);
});

test('adapters have a run and a page of their own, in 8 minutes; a quick run has them with few events', () => {
  const options = parseOptions(['--adapters'])!;

  expect(options).toMatchObject({ isFull: false, isOfAdapters: true, measure: ['adapters'] });
  expect(options.expectedSeconds.adapters).toBeLessThanOrEqual(8 * 60);
  expect(parseOptions(['--adapters', '--measure', 'adapters'])?.isOfAdapters).toBe(false);
  expect(parseOptions(['--full'])?.measure).not.toContain('adapters');
  const quick = parseOptions(['--quick'])!;
  expect([quick.measure.includes('adapters'), quick.adapterEvents]).toEqual([true, 2_000]);
});

test('help is no run', () => {
  expect(parseOptions(['--help'])).toBeUndefined();
});

test.each([
  [['--quick', '--full'], '--quick and --full exclude each other; choose one'],
  [['--full', '--adapters'], '--full and --adapters exclude each other; choose one'],
  [['--only', 'bunyan'], '--only has "bunyan"; expected some of null, '],
  [
    ['--measure', ''],
    '--measure has ""; expected some of throughput, latency, network, large, heavy, spool, waiting, startup, bundle, lambda, synth, nodes',
  ],
  [['--repetitions', '0'], '--repetitions is "0"; expected a whole number from 1 to 100'],
  [['--repetitions', ''], '--repetitions is ""; expected a whole number from 1 to 100'],
  [['--events', '1.5'], '--events is "1.5"; expected a whole number from 1 to 1000000'],
  [['--fast'], '; see --help'],
  [['quick'], '; see --help'],
])('%j is refused', (args, message) => {
  expect(() => parseOptions(args)).toThrow(OptionsError);
  expect(() => parseOptions(args)).toThrow(message);
});
