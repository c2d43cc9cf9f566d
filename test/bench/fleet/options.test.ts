import { FleetOptionsError, parseOptions } from '../../../bench/fleet/options.js';
import { scenarios } from '../../../bench/fleet/scenarios.js';

const names = scenarios.map(({ name }) => name);

test('by default, every scenario is run at its full size, and nothing is written', () => {
  expect(parseOptions([])).toEqual({
    names,
    part: 1,
    seed: 1,
    writes: false,
    out: undefined,
    child: undefined,
  });
});

test('scenarios are chosen by name, each of them by an option', () => {
  const options = parseOptions([
    '--scenario',
    'deploy',
    '--scenario',
    'twice',
    '--part',
    '50',
    '--seed',
    '7',
  ]);

  expect(options).toMatchObject({ names: ['deploy', 'twice'], part: 50, seed: 7 });
});

test('the results of a part can be kept, but are not those of the page', () => {
  expect(parseOptions(['--part', '50', '--out', 'results.json'])).toMatchObject({ out: 'results.json' });
  expect(parseOptions(['--write'])).toMatchObject({ names, writes: true });
});

test('help is no run', () => {
  expect(parseOptions(['--help'])).toBeUndefined();
});

test.each([
  [['--scenario', 'storm'], '--scenario storm: there is no such scenario; there are steady-1, '],
  [['--part', '0'], '--part 0: it is a whole number, 1 or more'],
  [['--part', '1.5'], '--part 1.5: it is a whole number, 1 or more'],
  [['--part', ''], '--part : it is a whole number, 1 or more'],
  [['--seed', 'x'], '--seed x: it is a whole number, 1 or more'],
  [['--out', ''], '--out: it is the name of a file'],
  [['--write', '--part', '20'], '--write: the page has every scenario at its full size'],
  [['--write', '--scenario', 'deploy'], '--write: the page has every scenario at its full size'],
  [['--child', 'both'], '--child both: it is restrained or unrestrained'],
  [['--fast'], '--scenario <name>'],
])('%j is refused', (args, message) => {
  expect(() => parseOptions(args)).toThrow(FleetOptionsError);
  expect(() => parseOptions(args)).toThrow(message);
});
