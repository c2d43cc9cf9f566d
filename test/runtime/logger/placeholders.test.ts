import { filledIn, sharesOf } from '../../../runtime/logger/placeholders.js';

function filled(template: string, ...values: unknown[]): string {
  return filledIn(template, values, String, JSON.stringify);
}

const isObject = (value: unknown): boolean => typeof value === 'object';
const one = { a: 1 };
const two = { b: 2 };

test.each([
  ['%s', ['x'], 'x'],
  ['%d', [1.5], '1.5'],
  ['%d', ['1.5'], '1.5'],
  ['%d', ['x'], 'x'],
  ['%d', [10n], '10'],
  ['%i', [-1.9], '-1'],
  ['%i', ['7 apples'], '7 apples'],
  ['%f', [0.5], '0.5'],
  ['%j', ['x'], '"x"'],
  ['%o', [[1]], '[1]'],
  ['%O', [one], '{"a":1}'],
  ['%s %s', ['x'], 'x %s'],
  ['%s', [], '%s'],
  ['%%', ['x'], '%'],
  ['%%s %s', ['x'], '%s x'],
  ['%c %x %', ['x'], '%c %x %'],
  ['%s', ['%s'], '%s'],
  ['%s', ['$&'], '$&'],
])('%p with %p is %p', (template, values, expected) => {
  expect(filled(template, ...values)).toBe(expected);
});

test.each([
  ['nothing', 'hi', [], [], []],
  ['a value that no placeholder wants', 'hi', [5], [], [5]],
  ['an object that no placeholder wants', 'hi', [one], [], [one]],
  ['as many as placeholders', '%s %j', [5, one], [5, one], []],
  ['an object behind the values', '%s', [5, one], [5], [one]],
  ['an object before the value', '%s', [one, 5], [5], [one]],
  ['an object for %s, if there is nothing else', '%s', [one], [one], []],
  ['an object for %j before other values', '%j', [one, 5], [one], [5]],
  ['objects on both sides', '%d', [one, 5, two], [5], [one, two]],
  ['two objects for one %j', '%j', [one, two], [one], [two]],
  ['an escaped percent sign', '100%%', [5], [], [5]],
])('of the values, placeholders take theirs: %s', (_, template, values, taken, left) => {
  expect(sharesOf(template, values, isObject)).toEqual({ taken, left });
});
