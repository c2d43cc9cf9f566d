import { parseFilterPattern } from '../../local/filter-pattern.js';

const record = JSON.stringify({
  level: 'ERROR',
  status: 500,
  http: { path: '/a&&b', 'x-id': '7' },
  note: 'say "hi"',
});

it.each([
  ['', 'anything', true],
  ['  ', 'anything', true],
  ['ERROR', 'an ERROR happened', true],
  ['ERROR', 'an error happened', false],
  ['ERROR timeout', 'timeout after ERROR', true],
  ['ERROR timeout', 'only ERROR', false],
  ['"an ERROR"', 'an ERROR happened', true],
  ['"ERROR an"', 'an ERROR happened', false],
  ['"a-b" c', 'c and a-b', true],
  [String.raw`"say \"hi\""`, 'say "hi"', true],
  ['{ $.level = "ERROR" }', record, true],
  ['{$.level="ERROR"}', record, true],
  ['{ $.level = "error" }', record, false],
  ['{ $.status = 500 }', record, true],
  ['{ $.status = 501 }', record, false],
  ['{ $.status = "500" }', record, false],
  ['{ $.http.x-id = "7" && $.status = 500 }', record, true],
  ['{ $.http.x-id = "7" && $.status = 501 }', record, false],
  ['{ $.http.path = "/a&&b" }', record, true],
  [String.raw`{ $.note = "say \"hi\"" }`, record, true],
  ['{ $.missing = "x" }', record, false],
  ['{ $.level = "WARN" || $.level = "ERROR" }', record, true],
  ['{ ($.level = "WARN") || ($.level = "INFO") }', record, false],
  ['{ $.level = "ERROR" || $.level = "WARN" && $.status = 1 }', record, true],
  ['{ ($.level = "ERROR" || $.level = "WARN") && $.status = 1 }', record, false],
  ['{ $.http.path = "a || b" || $.status = 500 }', record, true],
  ['{ $.status > 499 }', record, true],
  ['{ $.status > 500 }', record, false],
  ['{ $.status >= 500 && $.status <= 500 }', record, true],
  ['{ $.status < 500.5 }', record, true],
  ['{ $.level > 0 }', record, false],
  ['{ $.missing > 0 }', record, false],
  ['{ $.level = "ERROR" }', 'no JSON, ERROR', false],
])('%s on %s: %s', (pattern, message, expected) => {
  expect(parseFilterPattern(pattern)(message)).toBe(expected);
});

it.each([
  '?a ?b',
  '-a',
  '%a.*b%',
  '[ip, user]',
  'a-b',
  '"open',
  '"a"b',
  'a"b"',
  '""',
  '{ $.level = "ERR*" }',
  '{ $.level != "ERROR" }',
  '{ $.level > "A" }',
  '{ $.level = ERROR }',
  '{ ($.a = "x" }',
  '{ $.a = "x") }',
  '{ $.a = "x" | $.b = "y" }',
  '{ $.a = "x" } b',
  '{ $.list[0] = "x" }',
  '{ $.a IS NULL }',
  '{ $.level = "ERROR"',
  '{}',
])('refuses %s, and says what is supported', (pattern) => {
  expect(() => parseFilterPattern(pattern)).toThrow(
    /^Invalid or unsupported filter pattern: .*This local server supports:/,
  );
});
