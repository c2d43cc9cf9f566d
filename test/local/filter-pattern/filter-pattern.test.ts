import { parseFilterPattern } from '../../../local/filter-pattern/filter-pattern.js';
import { ServiceError } from '../../../local/service-error.js';

const RECORD = JSON.stringify({
  level: 'ERROR',
  status: 500,
  http: { path: '/a&&b', 'x-id': '7', 'user.agent': 'curl' },
  note: 'say "hi"',
  tags: ['web', 'eu'],
  calls: [{ ms: 12 }, { ms: 4.5, ok: true }],
  gone: null,
});

const ACCESS = '10.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534';

function refusalOf(pattern: string): string {
  try {
    parseFilterPattern(pattern);
  } catch (error) {
    expect(error).toBeInstanceOf(ServiceError);
    expect(error).toMatchObject({ name: 'InvalidParameterException', status: 400 });
    return (error as Error).message;
  }
  throw new Error(`${pattern} is accepted`);
}

/** Whether the message matches; undefined if the pattern is refused. */
function answerOn(pattern: string, message: string): boolean | undefined {
  try {
    return parseFilterPattern(pattern).matches(message);
  } catch {
    expect(refusalOf(pattern)).toMatch(/^Invalid filter pattern: .* Expected at /s);
    return undefined;
  }
}

describe('terms', () => {
  it.each([
    ['', 'anything', true],
    ['  ', 'anything', true],
    ['ERROR', 'an ERROR happened', true],
    ['ERROR', 'a TERRORIST', true],
    ['ERROR', 'an error happened', false],
    ['ERROR timeout', 'timeout after ERROR', true],
    ['ERROR timeout', 'only ERROR', false],
    ['"an ERROR"', 'an ERROR happened', true],
    ['"ERROR an"', 'an ERROR happened', false],
    ['"a-b" c', 'c and a-b', true],
    [String.raw`"say \"hi\""`, 'say "hi"', true],
    [String.raw`"C:\\temp"`, String.raw`in C:\temp`, true],
    ['-ERROR', 'fine', true],
    ['-ERROR', 'an ERROR', false],
    ['ERROR -"out of memory"', 'ERROR: out of memory', false],
    ['ERROR -"out of memory"', 'ERROR: out of disk', true],
    ['?ERROR ?WARN', 'WARN', true],
    ['?ERROR ?"a b"', 'a b', true],
    ['?ERROR ?WARN', 'INFO', false],
    ['?ERROR ?WARN request', 'INFO request', true],
    ['?ERROR ?WARN request', 'ERROR', false],
    ['?ERROR -request', 'INFO', true],
    ['?ERROR -request', 'ERROR request', false],
    ['{', '{', undefined],
    ['a-b', 'a-b', undefined],
    ['a:b', 'a:b', undefined],
    ['ERR*', 'ERROR', undefined],
    ['?', '?', undefined],
    ['- a', 'b', undefined],
    ['""', '', undefined],
    ['"open', '"open', undefined],
    ['"a"b', 'ab', undefined],
    ['a"b"', 'ab', undefined],
    [String.raw`"a\tb"`, 'a\tb', undefined],
    ['é', 'é', undefined],
  ])('%s on %s: %s', (pattern, message, expected) => {
    expect(answerOn(pattern, message)).toBe(expected);
  });
});

describe('regular expressions', () => {
  it.each([
    ['%AUTHORIZED%', 'UNAUTHORIZED', true],
    ['%^[hc]at%', 'cats', true],
    ['%^[hc]at%', 'a cat', false],
    ['%[hc]at$%', 'a cat', true],
    ['%[hc]at$%', 'a cat\n', false],
    ['%colou?r%', 'color', true],
    ['%[abcx-z]%', 'y', true],
    ['%[abcx-z]%', 'w', false],
    ['%^a{3,5}$%', 'aa', false],
    ['%^a{3,5}$%', 'aaaaa', true],
    ['%^a{3,5}$%', 'aaaaaa', false],
    ['%^a{,2}$%', '', true],
    ['%^a{,2}$%', 'aaa', false],
    ['%^a{2,}$%', 'aaaa', true],
    ['%^a{2}$%', 'aaa', false],
    ['%gra|ey%', 'grey', true],
    ['%^starting|^shutting down%', 'shutting down now', true],
    ['%^starting|^shutting down%', 'not shutting down', false],
    ['%abcc|ab[^c]$%', 'aba', true],
    [String.raw`%\[.\]%`, '[7]', true],
    [String.raw`%10\.10%`, '10010', false],
    ['%ab*c%', 'ac', true],
    ['%ab+c%', 'ac', false],
    ['%^.$%', '\u{1F600}', true],
    [String.raw`%\d\D\s\S\w\W%`, '1a \u{E9}_-', true],
    [String.raw`%^\x28\x29$%`, '()', true],
    ['%[]-]%', ']', undefined],
    ['%[a-]%', '-', true],
    [String.raw`%^[^\d\-]+$%`, 'x', undefined],
    ['%^$%', '', true],
    ['%^$%', 'x', false],
    ['%a!%', 'a!', undefined],
    ['%(a)%', 'a', undefined],
    [String.raw`%\(a\)%`, '(a)', undefined],
    [String.raw`%\x2f%`, '/', undefined],
    [String.raw`%\x80%`, '\u{80}', undefined],
    [String.raw`%\b%`, 'b', undefined],
    ['%caf\u{E9}%', 'caf\u{E9}', undefined],
    ['%%', '', undefined],
    ['%a', 'a', undefined],
    ['%a|%', 'a', undefined],
    ['%[abc%', 'a', undefined],
    ['%[]%', '', undefined],
    ['%[z-a]%', 'b', undefined],
    ['%*a%', 'a', undefined],
    ['%a**%', 'a', undefined],
    ['%a+?%', 'a', undefined],
    ['%a{3,2}%', 'aaa', undefined],
    ['%a{,}%', 'a', undefined],
    ['%a{}%', 'a', undefined],
    ['%a{3%', 'aaa', undefined],
    ['%a$b%', 'a', undefined],
    ['%a^b%', 'a', undefined],
    ['%]%', ']', undefined],
    ['%a% %b%', 'ab', undefined],
    ['%a% b', 'ab', undefined],
    ['-%a%', 'b', undefined],
  ])('%s on %s: %s', (pattern, message, expected) => {
    expect(answerOn(pattern, message)).toBe(expected);
  });

  it('has a bound for its places', () => {
    expect(parseFilterPattern('%a{1023}%').matches('a'.repeat(1_023))).toBe(true);
    expect(refusalOf('%a{1024}%')).toContain('at most 1024 characters before this');
    expect(refusalOf('%a{1025}%')).toContain('each at most 1024');
  });
});

describe('JSON', () => {
  it.each([
    ['{ $.level = "ERROR" }', true],
    ['{$.level="ERROR"}', true],
    ['{ $.level = ERROR }', true],
    ['{ $.level = "error" }', false],
    ['{ $.level != "error" }', true],
    ['{ $.level = ERR* }', true],
    ['{ $.level = "*RR*" }', true],
    ['{ $.level = "E*R*R" }', true],
    ['{ $.level = "E*X*R" }', false],
    ['{ $.level = "ERROR*ERROR" }', false],
    ['{ $.level = "*R*E*" }', false],
    ['{ $.level = %^E% }', true],
    ['{ $.level != %^E% }', false],
    ['{ $.status = 500 }', true],
    ['{ $.status = 5e2 }', true],
    ['{ $.status = +500.0 }', true],
    ['{ $.status = "500" }', true],
    ['{ $.status = "500.0" }', false],
    ['{ $.status = 5* }', true],
    ['{ $.status = %0{2}$% }', true],
    ['{ $.status > 499 }', true],
    ['{ $.status > 500 }', false],
    ['{ $.status >= 500 && $.status <= 500 }', true],
    ['{ $.status < 500.5 }', true],
    ['{ $.status != 500 }', false],
    ['{ $.level > 0 }', false],
    ['{ $.missing > 0 }', false],
    ['{ $.missing = "x" }', false],
    ['{ $.missing != "x" }', false],
    ['{ $.http.x-id = "7" && $.status = 500 }', true],
    ['{ $.http.x-id = 7 && $.status = 501 }', false],
    ['{ $.http.path = "/a&&b" }', true],
    ["{ $.http.['user.agent'] = curl }", true],
    ["{ $.http['user.agent'] = curl }", true],
    ['{ $.http = "*" }', false],
    ['{ $.http != "x" }', false],
    [String.raw`{ $.note = "say \"hi\"" }`, true],
    ['{ $.tags[1] = eu }', true],
    ['{ $.tags[2] NOT EXISTS }', true],
    ['{ $.tags[*] = eu }', true],
    ['{ $.tags = eu }', false],
    ['{ $.tags.length NOT EXISTS }', true],
    ['{ $.calls[1].ms = 4.5 }', true],
    ['{ $.calls[*].ms > 10 }', true],
    ['{ $.calls[*].ms > 12 }', false],
    ['{ $.calls[1].ok IS TRUE }', true],
    ['{ $.calls[1].ok IS FALSE }', false],
    ['{ $.* = 500 }', true],
    ['{ $.gone IS NULL }', true],
    ['{ $.gone = * }', false],
    ['{ $.level IS NULL }', false],
    ['{ $.missing IS NULL }', false],
    ['{ $.missing NOT EXISTS }', true],
    ['{ $.gone NOT EXISTS }', false],
    ['{ $.level = "WARN" || $.level = "ERROR" }', true],
    ['{ ($.level = "WARN") || ($.level = "INFO") }', false],
    ['{ $.level = "ERROR" || $.level = "WARN" && $.status = 1 }', true],
    ['{ ($.level = "ERROR" || $.level = "WARN") && $.status = 1 }', false],
    ['{ (($.http.path = "a || b" || ($.status = 500))) }', true],
    ['{ $.constructor NOT EXISTS }', true],
    ['{ $.__proto__ NOT EXISTS }', true],
    ['{ $.tags.__proto__.length = 0 }', false],
    ['{ $.level = "ERROR"', undefined],
    ['{}', undefined],
    ['{ $ = 1 }', undefined],
    ['{ level = 1 }', undefined],
    ['{ $level = 1 }', undefined],
    ['{ $."level" = 1 }', undefined],
    ['{ $..level = 1 }', undefined],
    ['{ $.tags[-1] = eu }', undefined],
    ['{ $.tags[0:1] = eu }', undefined],
    ['{ $.tags[] = eu }', undefined],
    ['{ $.[0] = eu }', undefined],
    ['{ $["level"] = ERROR }', undefined],
    ['{ $.level }', undefined],
    ['{ $.level = }', undefined],
    ['{ $.level == ERROR }', undefined],
    ['{ $.level > "A" }', undefined],
    ['{ $.level > %A% }', undefined],
    ['{ $.level = a-b }', undefined],
    ['{ $.level = "a" "b" }', undefined],
    ['{ $.level EXISTS }', undefined],
    ['{ $.level IS NOT NULL }', undefined],
    ['{ $.level IS ERROR }', undefined],
    ['{ $.level is null }', undefined],
    ['{ $.level = null }', undefined],
    ['{ $.level != null }', undefined],
    ['{ !($.level = ERROR) }', undefined],
    ['{ $.status > 0 AND $.status < 2 }', undefined],
    ['{ ($.level = "x" }', undefined],
    ['{ $.level = "x") }', undefined],
    ['{ $.level = "x" | $.level = "y" }', undefined],
    ['{ $.level = "x" && }', undefined],
    ['{ $.level = "x" } b', undefined],
    ['{ "level": ["x"] }', undefined],
  ] as const)('%s: %s', (pattern, expected) => {
    expect(answerOn(pattern, RECORD)).toBe(expected);
  });

  it.each(['no JSON, ERROR', '{ broken', `[${RECORD}]`, '"ERROR"', 'null', '', ' '])(
    'does not match %s, whatever is compared',
    (message) => {
      for (const pattern of ['{ $.level = "ERROR" }', '{ $.level != "ERROR" }', '{ $.level NOT EXISTS }']) {
        expect(parseFilterPattern(pattern).matches(message)).toBe(false);
      }
    },
  );

  it.each([
    ['0', '0', '-0'],
    ['500', '500', '5e2'],
    ['500', '500', '500.0'],
    ['500', '500', '499.99999999999999999'],
    ['1000000000000', '1000000000000', '1000000000000.0'],
    ['1000000000001', '1000000000001', '1000000000001.0'],
    ['4.5', '4.5', '4.50'],
  ])('compares %s with the text of a number: as %s, not as %s', (text, same, other) => {
    const { matches } = parseFilterPattern(`{ $.list[*] = "${text}" }`);
    expect(matches(`{"list":["x",${same}]}`)).toBe(true);
    expect(matches(`{"list":["x",${other}]}`)).toBe(false);
    expect(matches(`{"list":[${other}],"${same}":${same}}`)).toBe(false);
  });

  it('reads own properties of dangerous names', () => {
    const message = '{"__proto__":{"a":1},"constructor":"x"}';
    expect(parseFilterPattern('{ $.__proto__.a = 1 && $.constructor = x }').matches(message)).toBe(true);
  });

  it('allows three selectors with one wildcard each', () => {
    const one = '$.a[*] = 1';
    expect(parseFilterPattern(`{ ${one} || ${one} || ${one} || $.b = 1 }`).matches('{"b":1}')).toBe(true);
    expect(refusalOf(`{ ${one} || ${one} || ${one} || ${one} }`)).toContain(
      'no fourth selector with a wildcard',
    );
    expect(refusalOf('{ $.a[*].* = 1 }')).toContain('at most one wildcard');
  });
});

describe('space-delimited fields', () => {
  it.each([
    ['[]', true],
    ['[ip, identity, user, time, request, status, bytes]', true],
    ['[ip, identity, user, time, request, status, bytes, more]', false],
    ['[ip, identity, user, time, rest]', true],
    ['[ip = 10.*, ...]', true],
    ['[ip = %^10\\.0\\.0\\.[1-3]$%, ...]', true],
    ['[..., request = *.html*, status = 4*, bytes]', true],
    ['[..., request = "GET /index.html HTTP/1.0", status, bytes]', true],
    ['[..., status = 404 || status = 410, bytes]', true],
    ['[..., status >= 400 && status < 500, bytes > 1000]', true],
    ['[..., status >= 400 && status < 404, bytes]', false],
    ['[..., status != 404, bytes]', false],
    ['[ip, ..., bytes = 1534.0]', true],
    ['[ip, ..., bytes = "1534.0"]', false],
    ['[ip, user = frank, ...]', false],
    ['[ip, , user = frank, ...]', true],
    ['[..., time = "10/Oct/2000*", request, status, bytes]', true],
    ['[..., request = *.html*, status=4*,]', true],
    ['[ip, rest = *1534]', true],
    ['[ip, ..., bytes', undefined],
    ['[ip] x', undefined],
    ['[..., a, ...]', undefined],
    ['[a, a]', undefined],
    ['[a = ]', undefined],
    ['[a =! b]', undefined],
    ['[a = 1 ||]', undefined],
    ['[a, b = x || c = y]', undefined],
    ['[a = x y]', undefined],
    ['[a IS NULL]', undefined],
    ['[(a = 1)]', undefined],
    ['[$.a = 1]', undefined],
    ['[a = %x%, b = %y%, c = %z%]', undefined],
  ] as const)('%s: %s', (pattern, expected) => {
    expect(answerOn(pattern, ACCESS)).toBe(expected);
  });

  it('needs a field for each place, and one at least', () => {
    expect(parseFilterPattern('[w1=ERROR, w2]').matches('ERROR')).toBe(false);
    expect(parseFilterPattern('[w1=ERROR, w2]').matches('ERROR a b')).toBe(true);
    expect(parseFilterPattern('[]').matches(' ')).toBe(false);
    expect(parseFilterPattern('[..., last]').matches('')).toBe(false);
  });

  it.each([
    ['[kind, value]', 'A 17', { $kind: 'A', $value: '17' }],
    ['[w1, rest]', 'A  b "c d" ', { $w1: 'A', $rest: 'b "c d"' }],
    ['[w1, rest]', 'A "c d"', { $w1: 'A', $rest: 'c d' }],
    ['[..., last]', 'a [b c] "d e"', { $1: 'a', $2: 'b c', $last: 'd e' }],
    ['[first, ...]', 'a\tb', { $first: 'a', $2: 'b' }],
    ['[]', 'a "b c', { $1: 'a', $2: '"b', $3: 'c' }],
    ['[a, , c]', 'x y z', { $a: 'x', $2: 'y', $c: 'z' }],
    ['[a = 1, b]', '2 x', {}],
    ['ERROR', 'ERROR', {}],
    ['{ $.a = 1 }', '{"a":1}', {}],
    ['', 'x', {}],
  ])('%s extracts from %s', (pattern, message, expected) => {
    expect(parseFilterPattern(pattern).extract(message)).toEqual(expected);
  });
});

describe('a refusal', () => {
  it.each([
    [
      '{ $.a == 1 }',
      'Invalid filter pattern: { $.a == 1 } Expected at character 8: a value, because the operator of equality is one =.',
    ],
    ['{ $.a = 1', 'Invalid filter pattern: { $.a = 1 Expected at its end: &&, || or }.'],
    ['[a, a]', 'Invalid filter pattern: [a, a] Expected at character 6: no second a before this.'],
    ['"x', 'Invalid filter pattern: "x Expected at its end: a closing ".'],
  ])('of %s names pattern, place and what was expected', (pattern, text) => {
    expect(refusalOf(pattern)).toBe(text);
  });

  it('comes beyond 1,024 characters', () => {
    expect(parseFilterPattern('a'.repeat(1_024)).matches('b')).toBe(false);
    expect(refusalOf('a'.repeat(1_025))).toBe(
      'Invalid filter pattern: it has 1025 characters, and at most 1024 are allowed.',
    );
  });
});
