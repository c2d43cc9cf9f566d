import { LEVELS, PYTHON_LEVELS, pythonLevel } from '../../contract/levels.js';
import { parseEnvironment } from '../../contract/codec.js';

test('levels rise from trace to fatal', () => {
  expect(LEVELS).toEqual(['trace', 'debug', 'info', 'warn', 'error', 'fatal']);
});

test("a level is written in Python's name, upper case", () => {
  expect(LEVELS.map(pythonLevel)).toEqual(['TRACE', 'DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL']);
});

test.each<[string, string]>([
  ...LEVELS.map((level): [string, string] => [level, level]),
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
