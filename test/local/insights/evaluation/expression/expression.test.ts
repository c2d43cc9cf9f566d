import { conditionOf, readerOf } from '../../../../../local/insights/evaluation/expression/expression.js';
import { Row } from '../../../../../local/insights/evaluation/values/row.js';
import { textOf } from '../../../../../local/insights/evaluation/values/value.js';
import type { Expression } from '../../../../../local/insights/query/query.js';
import { aggregate, binary, call, field, like, literal } from '../../ast.js';

const row = new Row({
  timestamp: Date.UTC(2026, 0, 31, 8, 3, 20, 5),
  message: JSON.stringify({
    level: 'ERROR',
    n: 7,
    ok: true,
    text: '  Köln \u{1f600} ',
    ip: '10.1.2.3',
    none: null,
  }),
  ingestionTime: Date.UTC(2026, 0, 31, 9),
  logStream: 'web/1',
  log: '123456789012:/myapp',
  ptr: 'p1',
});
const surroundings = { nowMs: 1_769_846_400_999 };

/** `null` for an absent value. */
function valueOf(expression: Expression): string | null {
  const value = readerOf(expression, surroundings)(row);
  return value === undefined ? null : textOf(value);
}

const [level, n, text, ip, absent] = ['level', 'n', 'text', 'ip', 'absent'].map((name) => field(name)) as [
  Expression,
  Expression,
  Expression,
  Expression,
  Expression,
];

describe('the value of', () => {
  test.each<[string, Expression, string | null]>([
    ['a null', field('none'), null],
    ['an addition', binary(n, '+', literal('3')), '10'],
    ['a power', binary(literal(2), '^', literal(3)), '8'],
    ['a remainder', binary(literal(10), '%', literal(3)), '1'],
    ['a division by zero', binary(n, '/', literal(0)), null],
    ['an addition of a text', binary(n, '+', level), null],
    ['a comparison', binary(n, '>', literal(6.5)), '1'],
    ['a negation', { kind: 'negate', operand: n }, '-7'],
    ['the negation of a text', { kind: 'negate', operand: level }, null],
    ['abs', call('abs', literal(-2)), '2'],
    ['ceil', call('ceil', literal(1.2)), '2'],
    ['log of a negative number', call('log', literal(-1)), null],
    ['log', call('log', literal(1)), '0'],
    ['sqrt', call('sqrt', literal(9)), '3'],
    ['least', call('least', n, literal(3), absent), '3'],
    ['greatest of none', call('greatest', level), null],
    ['coalesce', call('coalesce', absent, field('none'), level), 'ERROR'],
    ['if', call('if', binary(n, '=', literal(7)), literal('seven'), literal('other')), 'seven'],
    ['concat', call('concat', level, literal('-'), n, absent), 'ERROR-7'],
    ['trim', call('trim', text), 'Köln \u{1f600}'],
    ['ltrim', call('ltrim', literal('xyZfooxyZ'), literal('xyZ')), 'fooxyZ'],
    ['rtrim', call('rtrim', literal('xyZfooxyZ'), literal('xyZ')), 'xyZfoo'],
    ['strlen', call('strlen', text), '9'],
    ['strlen of a number', call('strlen', literal(-10)), '3'],
    ['toupper', call('toupper', text), '  KÖLN \u{1f600} '],
    ['tolower', call('tolower', level), 'error'],
    ['tolower of an absent field', call('tolower', absent), null],
    ['substr', call('substr', literal('xyZfooxyZ'), literal(3)), 'fooxyZ'],
    ['substr with a length', call('substr', literal('xyZfooxyZ'), literal(3), literal(4)), 'foox'],
    ['substr of pairs', call('substr', text, literal(7), literal(1)), '\u{1f600}'],
    ['replace', call('replace', literal('foo.foo'), literal('o'), literal('$&')), 'f$&$&.f$&$&'],
    ['strcontains', call('strcontains', level, literal('RR')), '1'],
    ['strcontains by case', call('strcontains', level, literal('rr')), '0'],
    ['strcontains by no case', call('strcontains', level, literal('rr'), literal(true)), '1'],
    ['bin', call('bin', literal('5m')), '2026-01-31 08:00:00.000'],
    ['bin of seconds above the greatest', call('bin', literal('300s')), '2026-01-31 08:03:00.000'],
    ['datefloor', call('datefloor', field('@timestamp'), literal('1h')), '2026-01-31 08:00:00.000'],
    ['dateceil', call('dateceil', field('@timestamp'), literal('1h')), '2026-01-31 09:00:00.000'],
    ['dateceil of a text', call('dateceil', level, literal('1h')), null],
    ['toMillis', call('tomillis', field('@timestamp')), String(Date.UTC(2026, 0, 31, 8, 3, 20, 5))],
    ['fromMillis', call('frommillis', literal(0)), '1970-01-01 00:00:00.000'],
    ['fromMillis out of all time', call('frommillis', literal(1e17)), null],
    ['now', call('now'), '1769846400'],
    ['a difference of times', binary(field('@ingestionTime'), '-', field('@timestamp')), '3399995'],
  ])('%s', (_, expression, expected) => {
    expect(valueOf(expression)).toBe(expected);
  });

  test.each([
    ['concat', call('concat', field('grown'), field('grown'))],
    ['replace', call('replace', field('grown'), literal('R'), literal('R'.repeat(50)))],
  ])('a text that %s makes longer again and again is cut, before memory is full', (_, expression) => {
    const growing = new Row();
    growing.set('grown', 'ERROR');
    for (let times = 0; times < 40; times += 1)
      growing.set('grown', readerOf(expression, surroundings)(growing));

    expect(growing.get('grown')).toHaveLength(1024 * 1024);
  });
});

describe('the condition', () => {
  test.each<[string, Expression, boolean]>([
    ['ispresent', call('ispresent', n), true],
    ['ispresent of an absent field', call('ispresent', absent), false],
    ['ispresent of a null', call('ispresent', field('none')), false],
    ['isempty of an absent field', call('isempty', absent), true],
    ['isempty of a space', call('isempty', literal(' ')), false],
    ['isblank of a space', call('isblank', literal(' ')), true],
    ['isblank of zero', call('isblank', literal(0)), false],
    ['isnumeric', call('isnumeric', literal('12')), true],
    ['isnumeric of a word', call('isnumeric', level), false],
    ['startswith', call('startswith', level, literal('ERR')), true],
    ['endswith of an absent field', call('endswith', absent, literal('')), false],
    ['isvalidip', call('isvalidip', literal('::1')), true],
    ['isvalidipv4', call('isvalidipv4', literal('::1')), false],
    ['isvalidipv6', call('isvalidipv6', literal('::1')), true],
    ['isipinsubnet', call('isipinsubnet', ip, literal('10.1.0.0/16')), true],
    ['isipinsubnet of another one', call('isipinsubnet', ip, literal('10.2.0.0/16')), false],
    ['isipv4insubnet', call('isipv4insubnet', ip, literal('0.0.0.0/0')), true],
    ['isipv6insubnet', call('isipv6insubnet', literal('fe80::1'), literal('fe80::/10')), true],
    ['isipv6insubnet of IPv4', call('isipv6insubnet', ip, literal('10.1.0.0/16')), false],
    ['a malformed subnet', call('isipinsubnet', ip, literal('10.1.0.0/99')), false],
    ['equality with an absent field', binary(absent, '=', literal('')), false],
    ['inequality with an absent field', binary(absent, '!=', literal('x')), true],
    ['an order with an absent field', binary(absent, '<=', literal(1)), false],
    ['in', { kind: 'in', operand: n, options: [literal('x'), literal('7')] }, true],
    ['in, of an absent field', { kind: 'in', operand: absent, options: [literal('x')] }, false],
    ['like a part', like(level, 'text', 'RRO'), true],
    ['like a part by case', like(level, 'text', 'rro'), false],
    ['like a part with special characters', like(literal('a.c'), 'text', '.'), true],
    ['like a part of a number', like(literal(1234), 'text', '23'), true],
    ['like of an absent field', like(absent, 'text', ''), false],
    ['not like of an absent field', { kind: 'not', operand: like(absent, 'text', 'x') }, true],
    ['a match anywhere', like(level, 'regex', 'R+O'), true],
    ['a match of a plain word', like(level, 'regex', 'ERR'), true],
    ['a match by no case', like(level, 'regex', '(?i)rro'), true],
    ['a match at the start', like(level, 'regex', '^RRO'), false],
    ['a boolean field', field('ok'), true],
    ['a word', level, false],
    ['and', binary(field('ok'), 'and', level), false],
    ['or', binary(level, 'or', field('ok')), true],
  ])('%s', (_, expression, expected) => {
    expect(conditionOf(expression, surroundings)(row)).toBe(expected);
    expect(valueOf(call('if', expression, literal('yes'), literal('no')))).toBe(expected ? 'yes' : 'no');
  });
});

describe('refused is, though the language lets none through,', () => {
  test.each<[string, Expression]>([
    ['There is no function tostring.', call('tostring', n)],
    ['There is no function constructor.', call('constructor', n)],
    ['count is only allowed in stats.', aggregate('count')],
    ["'5x' is no period. Write a number and a unit, such as 5m.", call('bin', literal('5x'))],
  ])('%s', (message, expression) => {
    expect(() => readerOf(expression, surroundings)).toThrow(message);
  });
});
