import { HELP, PAGE_DATA, parseRealOptions } from '../../../../bench/fleet/real/options.js';

test('without options, two hundred processes want three times what the quota grants', () => {
  const { plan, modes, output } = parseRealOptions([])!;

  expect(plan).toMatchObject({ writers: 200, seconds: 240, eventsPerSecond: 1, limitTps: 25 });
  expect(modes).toEqual([true, false]);
  expect(output).toBeUndefined();
});

test('takes numbers, a mode and a file', () => {
  const args = ['--writers', '20', '--rate', '0.5', '--mode', 'unrestrained', '--output', 'out.json'];

  expect(parseRealOptions(args)).toMatchObject({
    plan: { writers: 20, eventsPerSecond: 0.5 },
    modes: [false],
    output: 'out.json',
  });
});

test('writes for the page', () => {
  expect(parseRealOptions(['--write'])?.output).toBe(PAGE_DATA);
});

test('simulates once more', () => {
  expect(parseRealOptions(['--again'])?.isAgain).toBe(true);
});

test('explains itself', () => {
  expect(parseRealOptions(['--help'])).toBeUndefined();
  expect(HELP).toContain('--limit-tps <n>');
});

test.each([
  [['--writers', '0'], '--writers 0: it is a whole number from 1 to 2000'],
  [['--writers', '2.5'], '--writers 2.5: it is a whole number from 1 to 2000'],
  [['--rate', 'fast'], '--rate fast: it is a number from 0.01 to 10000'],
  [['--rate', ''], '--rate : it is a number from 0.01 to 10000'],
  [['--limit-tps=-1'], '--limit-tps -1: it is a whole number from 1 to 10000'],
  [
    ['--seconds', '10', '--start-seconds', '11'],
    '--start-seconds 11: it is 10 (--seconds) at most, for all of them to log',
  ],
  [['--mode', 'half'], '--mode half: it is restrained or unrestrained'],
  [['--write', '--mode', 'restrained'], '--write: the page has both modes; leave out --mode and --output'],
  [
    ['--again', '--writers', '3'],
    '--again: everything else is in docs/scale/real-check.json; leave out the other options',
  ],
  [['--writer', '3'], "Unknown option '--writer'"],
])('%j is refused', (args, message) => {
  expect(() => parseRealOptions(args)).toThrow(message);
});
