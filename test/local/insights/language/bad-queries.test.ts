import { functions } from '../../../../local/insights/language/functions.js';
import { parseQuery } from '../../../../local/insights/parse-query.js';
import { ServiceError } from '../../../../local/service-error.js';

function refusalOf(text: string): ServiceError {
  try {
    parseQuery(text);
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
  throw new Error(`${text} was not refused.`);
}

const COMMANDS = 'fields, display, filter, filterIndex, parse, stats, sort, limit and dedup';
const MISSING = `this local server does not have this command. It has ${COMMANDS}`;

describe('the message names what is wrong, where, and what is allowed', () => {
  test.each([
    // Commands.
    ['', `Expected one of the commands ${COMMANDS}, but the query ends (at offset 0).`],
    [' # nothing', `Expected one of the commands ${COMMANDS}, but the query ends (at offset 10).`],
    ['|', `Expected one of the commands ${COMMANDS}, but the query ends (at offset 1).`],
    ['|| fields a', `Expected one of the commands ${COMMANDS}, but found "|" (at offset 1).`],
    ['fields a |', `Expected one of the commands ${COMMANDS}, but the query ends (at offset 10).`],
    ['fieldz a', `"fieldz": no command of Logs Insights. This local server has ${COMMANDS} (at offset 0).`],
    [
      'constructor a',
      `"constructor": no command of Logs Insights. This local server has ${COMMANDS} (at offset 0).`,
    ],
    ['fields a | PATTERN @message', `"PATTERN": ${MISSING} (at offset 11).`],
    [
      'fields a fields b',
      'Expected | before the next command, or the end of the query, but found "fields" (at offset 9).',
    ],
    [
      'fields a\nfilter b',
      'Expected | before the next command, or the end of the query, but found "filter" (at offset 9).',
    ],
    ['fields a,', 'Expected a field, a function or a value, but the query ends (at offset 9).'],
    ['fields', 'Expected a field, a function or a value, but the query ends (at offset 6).'],
    ['fields *', 'Expected a field, a function or a value, but found "*" (at offset 7).'],
    ['fields a as', 'Expected a name behind as, but the query ends (at offset 11).'],
    ['fields a as b, c as b', '"b" is a name in this query already. Choose another one (at offset 20).'],
    ['fields a | fields b as a', '"a" is a name in this query already. Choose another one (at offset 23).'],
    ['limit', '"": a limit is a whole number from 1 to 100000 (at offset 5).'],
    ['limit 0', '"0": a limit is a whole number from 1 to 100000 (at offset 6).'],
    ['limit -1', '"-1": a limit is a whole number from 1 to 100000 (at offset 6).'],
    ['limit 1.5', '"1.5": a limit is a whole number from 1 to 100000 (at offset 6).'],
    ['limit ten|sort a', '"ten": a limit is a whole number from 1 to 100000 (at offset 6).'],
    ['limit 100001', '"100001": a limit is a whole number from 1 to 100000 (at offset 6).'],
    [
      'sort a up',
      'Expected | before the next command, or the end of the query, but found "up" (at offset 7).',
    ],
    ['dedup abs(a)', '"abs(a)": dedup takes names of fields (at offset 6).'],
    ['dedup a | sort b', '"sort": only limit may follow dedup (at offset 10).'],
    ['dedup a | limit 1 | stats count(*)', '"stats": only limit may follow dedup (at offset 20).'],
    [
      'filterIndex a > 1',
      '"a > 1": filterIndex takes field = value or field in [values], and and between such (at offset 12).',
    ],
    ['filterIndex a = 1 or b = 1', /filterIndex takes field = value .* \(at offset 12\)\.$/],

    // Texts, numbers, names.
    ['filter a = "x', String.raw`"\"x": this text is not closed. It ends with " (at offset 11).`],
    ['filter a = \'x"', String.raw`"'x\"": this text is not closed. It ends with ' (at offset 11).`],
    [
      String.raw`filter a = "\d"`,
      String.raw`"\"\\d\"": "\\d" is no escape of a text. It has \" \' \\ \n \t \r; a backslash itself is \\ (at offset 11).`,
    ],
    [
      "filter a = 'it''s'",
      `Expected | before the next command, or the end of the query, but found "'" (at offset 15).`,
    ],
    [
      'filter a = 1e3',
      '"1e3": a number has digits, and digits behind a point. A text goes in quotes (at offset 11).',
    ],
    [
      'filter a = 1.',
      '"1.": a number has digits, and digits behind a point. A text goes in quotes (at offset 11).',
    ],
    [
      'filter a = .5',
      '".5": a number has digits, and digits behind a point. A text goes in quotes (at offset 11).',
    ],
    [
      'filter a = 9007199254740992',
      '"9007199254740992": this number is too large to be compared exactly. A text goes in quotes (at offset 11).',
    ],
    ['filter a = 10.0.0.1', /^"10\.0\.0\.1": a number has digits/],
    ['filter `a', '"`": the back quote of this name is not closed (at offset 7).'],
    [
      'filter a:b',
      /^"a:": ":" cannot follow a name\. A name with other characters .* `a-b` \(at offset 7\)\.$/,
    ],
    ['filter größe', /^"gr.+": .* cannot follow a name\. A name with other characters/],
    [
      'filter a[0].b',
      '"a[": "[" cannot follow a name. Elements of a JSON array are named by their index: items.0.id (at offset 7).',
    ],
    ['filter a..b', /^"a\.": "\." cannot follow a name/],
    [
      'filter a != NULL',
      'Expected a field or a value (there is no null: write ispresent(a) or not ispresent(a); a field of this name goes in back quotes), but found "NULL" (at offset 12).',
    ],
    ['filter and', 'Expected a field, a function or a value, but found "and" (at offset 7).'],
    [
      'fields a as by',
      'Expected a name behind as (a name that is a keyword goes in back quotes), but found "by" (at offset 12).',
    ],

    // Expressions.
    ['filter (a', 'Expected ) for the ( at offset 7, but the query ends (at offset 9).'],
    ['filter ((a = 1) or b', 'Expected ) for the ( at offset 7, but the query ends (at offset 20).'],
    [
      'filter a)',
      'Expected | before the next command, or the end of the query, but found ")" (at offset 8).',
    ],
    ['filter ()', 'Expected a field, a function or a value, but found ")" (at offset 8).'],
    ['filter a = ', 'Expected a field, a function or a value, but the query ends (at offset 11).'],
    [
      'filter a = 1 = 2',
      'Expected | before the next command, or the end of the query, but found "=" (at offset 13).',
    ],
    ['filter a <> 1', '"<>": no operator of Logs Insights. Write != (at offset 9).'],
    ['filter a !~ /x/', '"!~": no operator of Logs Insights. Write not like (at offset 9).'],
    [
      'filter a && b',
      'Expected | before the next command, or the end of the query, but found "&" (at offset 9).',
    ],
    ['filter !a', 'Expected a field, a function or a value, but found "!" (at offset 7).'],
    ['filter +a', 'Expected a field, a function or a value, but found "+" (at offset 7).'],
    ['filter a not b', 'Expected like or in behind not, but found "b" (at offset 13).'],
    [
      'fields -a ^ 2',
      '"-a ^ 2": the order of these is doubtful. Put parentheses around what comes first (at offset 7).',
    ],
    [
      'fields -2 ^ 2',
      '"-2 ^ 2": the order of these is doubtful. Put parentheses around what comes first (at offset 7).',
    ],
    [
      'fields a ^ 2 ^ 3',
      '"a ^ 2 ^": the order of these is doubtful. Put parentheses around what comes first (at offset 7).',
    ],
    ['filter a in "x"', 'Expected [ before the values of in, but found "\\"" (at offset 12).'],
    ['filter a in []', 'Expected a text in quotes or a number, but found "]" (at offset 13).'],
    ['filter a in [b]', 'Expected a text in quotes or a number, but found "b" (at offset 13).'],
    [
      'filter a in ["x" "y"]',
      'Expected ] behind the values of in, with commas between them, but found "\\"" (at offset 17).',
    ],
    [
      'filter a in (fields b)',
      'Expected [ behind in (subqueries are none of what this local server has), but found "(" (at offset 12).',
    ],

    // Regular expressions and patterns.
    [
      'filter a like b',
      'Expected a text in quotes or a regular expression between slashes, but found "b" (at offset 14).',
    ],
    [
      'filter a = /x/',
      'Expected a value (a regular expression stands behind like or =~), but found "/" (at offset 11).',
    ],
    ['filter a like /x', '"/x": this regular expression is not closed. It ends with / (at offset 14).'],
    ['filter a like //', '"//": a regular expression has a character at least (at offset 14).'],
    [
      'filter a like /x/i',
      '"/x/i": flags stand inside of a regular expression, as in /(?i)error/ (at offset 14).',
    ],
    ['filter a like /x(/', '"/x(/": missing closing ): `x(`. The syntax is RE2\'s (at offset 14).'],
    [
      'filter a like /x(?=y)/',
      '"/x(?=y)/": invalid or unsupported Perl syntax: `(?=`. The syntax is RE2\'s (at offset 14).',
    ],
    [
      String.raw`filter a =~ /(x)\1/`,
      String.raw`"/(x)\\1/": invalid escape sequence: ${'`'}\1${'`'}. The syntax is RE2's (at offset 12).`,
    ],
    ['filter a like /[x/]/', /^"\/\[x\/": missing closing \]/],
    [
      'parse @message',
      'Expected a pattern: a text in quotes with *, or a regular expression between slashes, but the query ends (at offset 14).',
    ],
    ['parse', 'Expected a field or a pattern, but the query ends (at offset 5).'],
    [
      'parse a "x" as b',
      String.raw`"\"x\"": this pattern has no wildcard *, so that there is nothing to name (at offset 8).`,
    ],
    [
      'parse a "**" as b, c',
      /^"\\"\*\*\\"": two wildcards \* have nothing between them, .* \(at offset 8\)\.$/,
    ],
    ['parse a "x*"', 'Expected as and the names of the fields, but the query ends (at offset 12).'],
    [
      'parse a "*-*" as b',
      String.raw`"\"*-*\" as b": wildcards * are 2, names 1. Each wildcard has one name (at offset 8).`,
    ],
    [
      'parse a "*" as b, c',
      String.raw`"\"*\" as b, c": wildcards * are 1, names 2. Each wildcard has one name (at offset 8).`,
    ],
    ['parse a "*-*" as b, b', '"b" is a name in this query already. Choose another one (at offset 20).'],
    [
      'parse a /(x)/',
      /^"\/\(x\)\/": the names of the fields stand in the groups: \(\?<name>…\), and in no as behind it/,
    ],
    ['parse a /(?<b>x)/ as c', /^"\/\(\?<b>x\)\/": the names of the fields stand in the groups/],
    [
      'fields b | parse a /(?<b>x)/',
      '"b" is a name in this query already. Choose another one (at offset 19).',
    ],
    [
      'parse a /(?<b>x)(?<b>y)/',
      '"/(?<b>x)(?<b>y)/": duplicate capture group name: `b`. The syntax is RE2\'s (at offset 8).',
    ],

    // Functions.
    [
      'fields foo(a)',
      /^"foo": no function of Logs Insights\. It has abs, ceil, .*; in stats also count, .* \(at offset 7\)\.$/,
    ],
    [
      'fields jsonparse(a)',
      /^"jsonParse": this local server does not have this function\. It has abs, ceil, .* \(at offset 7\)\.$/,
    ],
    ['fields abs()', '"abs()": abs takes 1 argument, not 0 (at offset 7).'],
    ['fields ABS(a, b)', '"ABS(a, b)": abs takes 1 argument, not 2 (at offset 7).'],
    [
      'fields replace(a, "b")',
      String.raw`"replace(a, \"b\")": replace takes 3 arguments, not 2 (at offset 7).`,
    ],
    ['fields trim(a, b, c)', '"trim(a, b, c)": trim takes 1 to 2 arguments, not 3 (at offset 7).'],
    ['fields concat()', '"concat()": concat takes 1 or more arguments, not 0 (at offset 7).'],
    ['fields now(1)', '"now(1)": now takes 0 arguments, not 1 (at offset 7).'],
    [
      'fields abs(a',
      'Expected ) behind the arguments, with commas between them, but the query ends (at offset 12).',
    ],
    ['stats sum(*)', 'Expected a field, a function or a value, but found "*" (at offset 10).'],
    [
      'stats count(distinct a)',
      'Expected ) behind the arguments, with commas between them, but found "a" (at offset 21).',
    ],
    ['stats pct(a, 101)', '"pct(a, 101)": argument 2 of pct is a number from 0 to 100 (at offset 6).'],
    ['stats pct(a, -1)', '"pct(a, -1)": argument 2 of pct is a number from 0 to 100 (at offset 6).'],
    [
      'stats pct(a, "99")',
      String.raw`"pct(a, \"99\")": argument 2 of pct is a number from 0 to 100 (at offset 6).`,
    ],
    ['stats pct(a)', '"pct(a)": pct takes 2 arguments, not 1 (at offset 6).'],
    ['fields bin(5)', 'Expected a period such as 5m or 1h, but found "5" (at offset 11).'],
    ['fields bin(m)', 'Expected a period such as 5m or 1h, but found "m" (at offset 11).'],
    ['fields bin("5m")', 'Expected a period such as 5m or 1h, but found "\\"" (at offset 11).'],
    ['fields bin(5 m)', 'Expected a period such as 5m or 1h, but found "5" (at offset 11).'],
    [
      'fields bin(0m)',
      /^"0m": a period is a whole number from 1 and a unit, one of ms msec millisecond, s sec second, .* \(at offset 11\)\.$/,
    ],
    ['fields bin(5x)', /^"5x": a period is a whole number from 1/],
    ['fields bin(5ss)', /^"5ss": a period is a whole number from 1/],
    [
      'fields dateceil(@timestamp)',
      '"dateceil(@timestamp)": dateceil takes 2 arguments, not 1 (at offset 7).',
    ],

    // Statistics.
    ['stats by a', 'Expected a field, a function or a value, but found "by" (at offset 6).'],
    [
      'stats a',
      '"a" is neither in an aggregate nor a key of by. The names here are none, because there is no by (at offset 6).',
    ],
    [
      'stats count(*), b by a',
      '"b" is neither in an aggregate nor a key of by. The names here are "a", "count(*)" (at offset 16).',
    ],
    [
      'stats max(a) + b by a',
      '"b" is neither in an aggregate nor a key of by. The names here are "a" (at offset 15).',
    ],
    ['stats y - x as z, max(a) as x by y', /^"x" is neither in an aggregate nor a key of by/],
    [
      'stats 1 + 2 by a',
      '"1 + 2" has no aggregate, such as count(*), and no key. The names here are "a" (at offset 6).',
    ],
    [
      'stats count(*), count(*)',
      '"count(*)" is a column of this stats already. Give it another name with as (at offset 16).',
    ],
    [
      'stats count(*) as a by a',
      '"a" is a column of this stats already. Give it another name with as (at offset 18).',
    ],
    [
      'stats max(min(a))',
      '"min(a)": no such column. Aggregates stand in stats, and in none other (at offset 10).',
    ],
    [
      'stats count(*) by max(a)',
      '"max(a)": no such column. Aggregates stand in stats, and in none other (at offset 18).',
    ],
    [
      'filter count(*) > 1',
      '"count(*)": no such column. Aggregates stand in stats, and in none other (at offset 7).',
    ],
    [
      'sort count(*)',
      '"count(*)": no such column. Aggregates stand in stats, and in none other (at offset 5).',
    ],
    [
      'stats count(*) by a | sort max(a)',
      '"max(a)": no such column. There are "count(*)", "a" (at offset 27).',
    ],
    [
      'stats count(*) by a | filter b = 1',
      '"b" is unknown behind stats. There are "count(*)", "a" (at offset 29).',
    ],
    [
      'stats count(*) by a | fields @message',
      '"@message" is unknown behind stats. There are "count(*)", "a" (at offset 29).',
    ],
    [
      'stats count(*) by a | parse "x*" as b',
      '"@message" is unknown behind stats. There are "count(*)", "a" (at offset 28).',
    ],
    [
      'stats count(*) as n | stats max(strlen(@message))',
      '"@message" is unknown behind stats. There are "n" (at offset 39).',
    ],
    [
      'stats count(*) as n by a | stats max(n) by bin(5m)',
      '"@timestamp" is unknown behind stats. There are "n", "a" (at offset 43).',
    ],
    [
      'stats count(*) as n by a | stats max(n) as n by a | stats max(n)',
      '"stats": a query has at most 2 stats (at offset 52).',
    ],
    [
      'stats count(*) as n by a | sort n | stats max(n)',
      '"stats": sort has to stand behind the second stats (at offset 36).',
    ],
    [
      'stats count(*) as n by a | limit 1 | stats max(n)',
      '"stats": limit has to stand behind the second stats (at offset 37).',
    ],
  ])('%s', (text, expected) => {
    const { name, message, members } = refusalOf(text);
    expect(name).toBe('MalformedQueryException');
    expect(message).toEqual(expected instanceof RegExp ? expect.stringMatching(expected) : expected);
    expect(message).not.toContain('\n');
    const start = Number(/\(at offset (\d+)\)\.$/.exec(message)![1]);
    expect(members).toEqual({
      queryCompileError: { message, location: { startCharOffset: start, endCharOffset: expect.any(Number) } },
    });
  });
});

describe('what the service has and this server does not', () => {
  test.each([
    ['pattern', 'pattern @message'],
    ['diff', 'fields @message | diff previousDay'],
    ['anomaly', 'fields @message | anomaly'],
    ['unmask', 'fields unmask(@message)'],
    ['join', 'join type=inner left=a right=b'],
    ['lookup', 'lookup table a'],
    ['unnest', 'unnest a into b'],
    ['source', 'source logGroups(namePrefix: ["a"])'],
    ['SOURCE', `SOURCE '/app' | fields a`],
    ['relevantfields', 'relevantfields'],
    ['head', 'fields a | head 5'],
    ['tail', 'fields a | tail 5'],
    ['search', 'search "x"'],
    ['SELECT', 'SELECT a FROM b'],
    ['select', 'select * from `b`'],
    ['WITH', 'WITH x AS (SELECT 1) SELECT * FROM x'],
    ['where', 'fields a | where b = 1'],
    ['case', 'fields case(a, 1)'],
    ['regexReplace', 'fields regexReplace(a, "b", "c")'],
  ])('%s', (name, text) => {
    const { message } = refusalOf(text);
    expect(message).toMatch(new RegExp(`^"${name}": this local server does not have`));
    expect(message).toMatch(/It has (fields, display|abs, ceil)/);
  });

  it('is no function that it has', () => {
    expect([...functions.keys()]).toEqual(expect.not.arrayContaining(['jsonparse', 'case', 'unmask']));
  });
});

it('does not show all of a long query', () => {
  const names = Array.from({ length: 1000 }, (_, n) => `a${n}`).join(', ');
  expect(refusalOf(`stats count(*) as n by ${names} | sort b`).message).toBe(
    `"b" is unknown behind stats. There are "n", ${Array.from({ length: 19 }, (_, n) => `"a${n}"`).join(', ')}, and 981 more (at offset ${23 + names.length + 8}).`,
  );
  expect(refusalOf(`filter a = "${'x'.repeat(9000)}`).message.length).toBeLessThan(150);
});

describe('a place', () => {
  it('is that of the part that is wrong', () => {
    const text = 'fields a | filter b in ["x"] and nope(c) = 1';
    const { start, end } = placeOf(text);
    expect(text.slice(start, end)).toBe('nope');
  });

  it('is the end of a query that has no more', () => {
    expect(placeOf('fields a | ')).toEqual({ start: 11, end: 11 });
  });

  function placeOf(text: string): { start: number; end: number } {
    const { queryCompileError } = refusalOf(text).members as {
      queryCompileError: { location: { startCharOffset: number; endCharOffset: number } };
    };
    const { startCharOffset: start, endCharOffset: end } = queryCompileError.location;
    return { start, end };
  }
});
