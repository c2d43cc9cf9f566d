import { parseEnvironment } from '../../contract/codec.js';
import {
  LEVELS,
  levelRank,
  MINIMUM_LEVELS,
  passes,
  PYTHON_LEVELS,
  pythonLevel,
} from '../../contract/levels.js';

test('levels rise from trace to fatal', () => {
  expect(LEVELS).toEqual(['trace', 'debug', 'info', 'warn', 'error', 'fatal']);
});

test('ranks rise with the levels, and silent is above all of them', () => {
  expect(MINIMUM_LEVELS.map((level) => levelRank[level])).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(MINIMUM_LEVELS).toEqual([...LEVELS, 'silent']);
});

test('a level passes a minimum that is no higher than itself', () => {
  const passed = MINIMUM_LEVELS.map((minimum) => LEVELS.filter((level) => passes(level, minimum)));

  expect(passed).toEqual([
    ['trace', 'debug', 'info', 'warn', 'error', 'fatal'],
    ['debug', 'info', 'warn', 'error', 'fatal'],
    ['info', 'warn', 'error', 'fatal'],
    ['warn', 'error', 'fatal'],
    ['error', 'fatal'],
    ['fatal'],
    [],
  ]);
});

test("a level is written in Python's name, upper case", () => {
  expect(MINIMUM_LEVELS.map(pythonLevel)).toEqual([
    'TRACE',
    'DEBUG',
    'INFO',
    'WARNING',
    'ERROR',
    'CRITICAL',
    'SILENT',
  ]);
});

test.each<[string, string]>([
  ...MINIMUM_LEVELS.map((level): [string, string] => [level, level]),
  ...Object.entries(PYTHON_LEVELS),
  ['warning', 'warn'],
  ['critical', 'fatal'],
])('the variable may say %s, in any case', (word, level) => {
  for (const spelling of [word, word.toUpperCase(), ` ${word[0]!.toUpperCase()}${word.slice(1)} `]) {
    expect(parseEnvironment({ FAPILOG_CORE__LOG_LEVEL: spelling }).settings.core).toEqual({
      logLevel: level,
    });
  }
});
