import { OptionsError, parseOptions } from '../../bench/options.js';

test('a quick run leaves out what is slow, and writes no page', () => {
  const options = parseOptions(['--quick']);

  expect(options).toEqual(parseOptions([]));
  expect(options).toMatchObject({ isFull: false, events: 20_000, repetitions: 1 });
  expect(options?.only).toEqual(expect.arrayContaining(['fapilog', 'fapilog-worker', 'bare-sdk', 'logtape']));
  expect(options?.only).not.toContain('pino-cloudwatch-transport');
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
    synths: 7,
  });
});

test('help is no run', () => {
  expect(parseOptions(['--help'])).toBeUndefined();
});

test.each([
  [['--quick', '--full'], '--quick and --full exclude each other; choose one'],
  [['--only', 'bunyan'], '--only has "bunyan"; expected some of null, '],
  [
    ['--measure', ''],
    '--measure has ""; expected some of throughput, latency, heavy, spool, startup, bundle, synth',
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
