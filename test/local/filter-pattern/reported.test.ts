import { parseFilterPattern } from '../../../local/filter-pattern/filter-pattern.js';

/**
 * Answers of the service, as somebody recorded them of TestMetricFilter and FilterLogEvents in September 2026. Some are
 * unlike its guide.
 */

const COMPARED = [
  '"null" "true" "false" 0 1 1.0 1e0 "1" "1.0" -1 1.5 10 "10" "Alpha" "alpha" "Alphabet" "xAlpha" "" "a*b" "a?b"',
  '1,"v":2 2,"v":1',
].flatMap((values) => values.split(' '));

/** Values of v, as JSON has them. The last two are two members of that name. */
const VALUES = ['null', 'true', 'false', '[]', '{}', '[1,"Alpha",null]', ...COMPARED];

function without(...values: string[]): string[] {
  return COMPARED.filter((value) => !values.includes(value));
}

it.each([
  ['$.v = 1', ['1', '1.0', '1e0', '"1"', '2,"v":1']],
  ['$.v != 1', without('1', '1.0', '1e0', '"1"', '2,"v":1')],
  ['$.v > 1', ['1.5', '10', '1,"v":2']],
  ['$.v < 1', ['0', '-1']],
  ['$.v >= 1', ['1', '1.0', '1e0', '1.5', '10', '1,"v":2', '2,"v":1']],
  ['$.v <= 1', ['0', '1', '1.0', '1e0', '-1', '2,"v":1']],
  ['$.v = 1e+0', ['1', '1.0', '1e0', '2,"v":1']],
  ['$.v = -1', ['-1']],
  ['$.v = "1"', ['1', '"1"', '2,"v":1']],
  ['$.v = "Alpha"', ['"Alpha"']],
  ['$.v != "Alpha"', without('"Alpha"')],
  ['$.v = "Alpha*"', ['"Alpha"', '"Alphabet"']],
  ['$.v = "*Alpha"', ['"Alpha"', '"xAlpha"']],
  ['$.v = "a?b"', ['"a?b"']],
  ['$.v = ""', ['""']],
  ['$.v = %^Al.*%', ['"Alpha"', '"Alphabet"']],
  ['$.v IS NULL', ['null', '[1,"Alpha",null]']],
  ['$.v NOT EXISTS', []],
  ['$.v IS TRUE', ['true']],
  ['$.v IS FALSE', ['false']],
  ['$.v = true', ['"true"']],
  ['$.v = *', COMPARED],
])('{ %s } matches these values of v', (condition, values) => {
  const { matches } = parseFilterPattern(`{ ${condition} }`);
  expect(VALUES.filter((value) => matches(`{"v":${value}}`))).toEqual(values);
  expect(matches('{}')).toBe(condition === '$.v NOT EXISTS');
});

it.each([
  ['{ $.arr[*] = "hit" }', ['{"arr":["miss","hit"]}', '{"arr":{"0":"hit"}}']],
  ['{ $.arr[0] = "hit" }', []],
  ['{ $.* = "hit" }', ['{"arr":"hit"}']],
  ['{ $.arr[*].a = 1 && $.arr[*].b = 2 }', ['{"arr":[{"a":1},{"b":2}]}']],
  ['{ $.arr.value NOT EXISTS }', 'all'],
])('%s matches these objects', (pattern, expected) => {
  const objects = [
    '{"arr":["miss","hit"]}',
    '{"arr":"hit"}',
    '{"arr":[["hit"]]}',
    '{"arr":{"0":"hit"}}',
    '{"arr":[{"a":1},{"b":2}]}',
    '{"arr":null}',
  ];
  const { matches } = parseFilterPattern(pattern);
  expect(objects.filter((object) => matches(object))).toEqual(expected === 'all' ? objects : expected);
});

const TEXTS = [
  'ERROR ARGUMENTS',
  'TERROR',
  '[ERROR] x',
  'ERROR_ARGUMENTS',
  'ERROR\nARGUMENTS',
  'plain',
  'INFO x',
  ' ',
];

it.each([
  ['ERROR', ['ERROR ARGUMENTS', 'TERROR', '[ERROR] x', 'ERROR_ARGUMENTS', 'ERROR\nARGUMENTS']],
  ['ERROR ARGUMENTS', ['ERROR ARGUMENTS', 'ERROR_ARGUMENTS', 'ERROR\nARGUMENTS']],
  // The guide says that it matches everything.
  ['" "', ['ERROR ARGUMENTS', '[ERROR] x', 'INFO x', ' ']],
  ['?ERROR ?INFO x', ['[ERROR] x', 'INFO x']],
  ['?ERROR ?INFO -x', ['ERROR ARGUMENTS', 'TERROR', 'ERROR_ARGUMENTS', 'ERROR\nARGUMENTS', 'plain', ' ']],
  ['-ERROR', ['plain', 'INFO x', ' ']],
  [String.raw`%^ERROR\sARGUMENTS$%`, ['ERROR ARGUMENTS', 'ERROR\nARGUMENTS']],
  ['%^[^a-z]+$%', ['ERROR ARGUMENTS', 'TERROR', 'ERROR_ARGUMENTS', 'ERROR\nARGUMENTS', ' ']],
])('%s matches these texts', (pattern, expected) => {
  const { matches } = parseFilterPattern(pattern);
  expect(TEXTS.filter((text) => matches(text))).toEqual(expected);
});
