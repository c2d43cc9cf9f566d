import { parseQuery } from '../../../../local/insights/parse-query.js';
import { outline } from './outline.js';

const outlineOf = (text: string): string => outline(parseQuery(text));

describe('commands', () => {
  test.each([
    ['fields @timestamp, @message', 'fields @timestamp: @timestamp, @message: @message'],
    ['FIELDS abs( a ) AS b', 'fields b: abs(a)'],
    ['fields abs( a ), a.b', 'fields abs( a ): abs(a), a.b: a.b'],
    ['display a, b = "x" as isX', 'display a: a, isX: (b = "x")'],
    ['filter a', 'filter a'],
    ['filterIndex a = "x" and b in [1, 2]', 'filterIndex ((a = "x") and (b in [1, 2]))'],
    ['parse @message "user=*, m:*" as @user, m', 'parse @message ["user=",", m:",""] as @user, m'],
    [`parse '*-*' as a, b`, 'parse @message ["","-",""] as a, b'],
    [
      String.raw`parse a.b /(?<x>\d+)\/(?P<y>[a-z]?)/`,
      String.raw`parse a.b /(?<x>\d+)\/(?P<y>[a-z]?)/ as x, y`,
    ],
    ['parse /(?<b>x)(?<a>y)/', 'parse @message /(?<b>x)(?<a>y)/ as b, a'],
    ['stats count(*)', 'stats count(*): count!() by []'],
    ['stats count() as c by a, bin(5m) as t', 'stats c: count!() by [a: a, t: bin("5m")]'],
    ['stats max(a) - min(a) as d', 'stats d: (max!(a) - min!(a)) by []'],
    [
      'stats pct(a, 99.9), floor(avg(a / 2)) as x',
      'stats pct(a, 99.9): pct!(a, 99.9), x: floor(avg!((a / 2))) by []',
    ],
    [
      'stats COUNT_DISTINCT(a), sortsFirst(b)',
      'stats COUNT_DISTINCT(a): count_distinct!(a), sortsFirst(b): sortsfirst!(b) by []',
    ],
    ['sort a', 'sort a asc'],
    ['sort by a desc, b asc, abs(c)', 'sort a desc, b asc, abs(c) asc'],
    ['sort (a + 1) DESC', 'sort (a + 1) desc'],
    ['limit 1', 'limit 1'],
    ['limit 100000', 'limit 100000'],
    ['limit any 5', 'limit 5'],
    ['dedup a, @logStream | limit 3', 'dedup a, @logStream | limit 3'],
  ])('%s', (text, expected) => {
    expect(outlineOf(text)).toBe(expected);
  });
});

describe('expressions', () => {
  test.each([
    ['a or b and not c = 1', '(a or (b and (not (c = 1))))'],
    ['(a or b) and c', '((a or b) and c)'],
    ['a or b or c or d', '((a or b) or (c or d))'],
    ['not not a', '(not (not a))'],
    ['a = 1 and b != 2 and c < 3', '(((a = 1) and (b != 2)) and (c < 3))'],
    ['a <= 1 OR b >= 2 Or c > 3', '(((a <= 1) or (b >= 2)) or (c > 3))'],
    ['a == "x"', '(a = "x")'],
    ['a + b * c - d / 2 % 3', '((a + (b * c)) - ((d / 2) % 3))'],
    ['a - b - c', '((a - b) - c)'],
    ['a -5', '(a - 5)'],
    ['a - -5', '(a - -5)'],
    ['-a', '(negate a)'],
    ['- 5', '(negate 5)'],
    ['2 ^ 3 * 4', '((2 ^ 3) * 4)'],
    ['(-2) ^ -3', '(-2 ^ -3)'],
    ['1.5', '1.5'],
    ['123456789012', '123456789012'],
    ['-9007199254740991', '-9007199254740991'],
    ['true', 'true'],
    ['FALSE', 'false'],
    [`"it's" `, `"it's"`],
    [String.raw`'say \"no\" \\ it\'s\n'`, String.raw`"say \"no\" \\ it's\n"`],
    ['"# no comment | no pipe"', '"# no comment | no pipe"'],
    ['a like "x"', '(a like text "x")'],
    ['a LIKE /(?i)x y/', '(a like regex "(?i)x y")'],
    ['a not like /x|y/', '(not (a like regex "x|y"))'],
    ['a =~ /x/', '(a like regex "x")'],
    ['a =~ "x"', '(a like text "x")'],
    [String.raw`a like /\/x\d/`, String.raw`(a like regex "\\/x\\d")`],
    ['a in ["x", 1, -2.5, true]', '(a in ["x", 1, -2.5, true])'],
    ['a not in [1]', '(not (a in [1]))'],
    ['a / b / c', '((a / b) / c)'],
    ['isPresent(a) and strcontains(b, "x", true)', '(ispresent(a) and strcontains(b, "x", true))'],
    ['coalesce(a.b, `c-d`, @e)', 'coalesce(a.b, c-d, @e)'],
    ['if(a > 1, "x", b)', 'if((a > 1), "x", b)'],
    [
      'tomillis(@timestamp) >= (now() * 1000 - 7200000)',
      '(tomillis(@timestamp) >= ((now() * 1000) - 7200000))',
    ],
    ['a.b.0.c', 'a.b.0.c'],
    ['`a-b`.c.`d e`', 'a-b.c.d e'],
    ['@`aws.tag.aws:cloudformation:stack-name`', '@aws.tag.aws:cloudformation:stack-name'],
    ['a-b', '(a - b)'],
    ['`and`', 'and'],
    ['limit', 'limit'],
    ['now', 'now'],
    ['notify', 'notify'],
    ['in_use', 'in_use'],
    ['true.x', 'true.x'],
  ])('%s', (text, expected) => {
    const [command] = parseQuery(`filter ${text}`).commands;
    expect(outline({ commands: [command!] })).toBe(`filter ${expected}`);
  });
});

describe('periods', () => {
  test.each([
    ['1ms', '1ms'],
    ['20msecs', '20ms'],
    ['30s', '30s'],
    ['5m', '5m'],
    ['05mins', '5m'],
    ['1h', '1h'],
    ['2hrs', '2h'],
    ['1hour', '1h'],
    ['1d', '1d'],
    ['2weeks', '2w'],
    ['1mo', '1mo'],
    ['3months', '3mo'],
    ['1qtr', '1q'],
    ['1years', '1y'],
    ['300s', '300s'],
  ])('bin(%s)', (written, expected) => {
    expect(outlineOf(`stats count(*) as n by bin(${written}) as t`)).toBe(
      `stats n: count!() by [t: bin("${expected}")]`,
    );
    expect(outlineOf(`fields datefloor(a, ${written}) as t`)).toBe(`fields t: datefloor(a, "${expected}")`);
  });
});

describe('a query', () => {
  it('may stand on many lines, with comments, and begin with a pipe', () => {
    const text = `
      # The slowest
      | fields a # | filter b = 1
        , b
      #|limit 1
      |sort a#desc
      desc # "unfinished
    `;
    expect(outlineOf(text)).toBe('fields a: a, b: b | sort a desc');
  });

  it('names a column as it is written, without what stands behind it', () => {
    expect(outlineOf('fields  a +\n b  # sum\n, c')).toBe('fields a +\n b: (a + b), c: c');
  });
});

describe('names behind stats', () => {
  test.each([
    ['stats count(*) by a | sort count(*) desc, a', 'sort count(*) desc, a asc'],
    ['stats count( * ) by a | sort COUNT(*) desc', 'sort count( * ) desc'],
    ['stats count(*) by bin(5m) | sort bin( 5min )', 'sort bin(5m) asc'],
    ['stats count(*) as n by a as b | filter n > 1 and a = 2', 'filter ((n > 1) and (b = 2))'],
    ['stats count(*) by a | sort `count(*)` desc', 'sort count(*) desc'],
    ['stats count(*) as n by a | fields n * 2 as m | sort m', 'sort m asc'],
    ['stats sum(f) by o | stats max(sum(f)) as m', 'stats m: max!(sum(f)) by []'],
    [
      'stats count(*) as n by a | stats count(*), sum(n) / count(*) as r by a',
      'stats count(*): count!(), r: (sum!(n) / count!()) by [a: a]',
    ],
    [
      'stats max(@timestamp) as @t by a | stats count(*) by dateceil(@t, 5m)',
      'stats count(*): count!() by [dateceil(@t, 5m): dateceil(@t, "5m")]',
    ],
    [
      'stats count(*) by bin(5m) | stats count(*) by bin(5m)',
      'stats count(*): count!() by [bin(5m): bin(5m)]',
    ],
    ['stats count(*) by a | parse a "x*" as b | filter b = 1', 'filter (b = 1)'],
    ['stats count(*) by a | dedup a', 'dedup a'],
  ])('%s', (text, expected) => {
    expect(outline({ commands: parseQuery(text).commands.slice(-1) })).toBe(expected);
  });

  it('are those before it within a column, and its keys', () => {
    expect(outlineOf('stats max(a) as x, min(a) as y, x - y as z, upper as u by upper')).toBe(
      'stats x: max!(a), y: min!(a), z: (x - y), u: upper by [upper: upper]',
    );
    expect(outlineOf('stats concat(toupper(a), "-", count(*)) as x by toupper(a)')).toBe(
      'stats x: concat(toupper(a), "-", count!()) by [toupper(a): toupper(a)]',
    );
  });
});
