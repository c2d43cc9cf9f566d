import { LEVELS } from '../../../contract/levels.js';
import { levelRank, passes } from '../../../runtime/filter/level-gate.js';

test('a level passes a gate that is no higher than itself', () => {
  const passed = LEVELS.map((minimum) => LEVELS.filter((level) => passes(level, minimum)));

  expect(passed).toEqual([
    ['trace', 'debug', 'info', 'warn', 'error', 'fatal'],
    ['debug', 'info', 'warn', 'error', 'fatal'],
    ['info', 'warn', 'error', 'fatal'],
    ['warn', 'error', 'fatal'],
    ['error', 'fatal'],
    ['fatal'],
  ]);
});

test('ranks rise with the levels', () => {
  expect(LEVELS.map((level) => levelRank[level])).toEqual([0, 1, 2, 3, 4, 5]);
});
