import {
  bytes,
  choice,
  flag,
  integer,
  names,
  namesOf,
  oneOf,
  seconds,
  text,
  type Kind,
} from '../../contract/kinds.js';
import { rowsByName } from '../support/setting-values.js';

const REFUSED = 'refused';

/** What a kind makes of a value in code, or of the text of a variable. */
function read(kind: Kind<any, any>, value: unknown): unknown {
  const result = kind.read(value);
  return result === undefined ? REFUSED : result;
}

describe('an integer', () => {
  const kind = integer(1, 10_000);

  test.each([
    [0, REFUSED],
    [1, 1],
    [2, 2],
    [9_999, 9_999],
    [10_000, 10_000],
    [10_001, REFUSED],
  ])('of %d is %p, as a number and as text', (value, expected) => {
    expect(read(kind, value)).toBe(expected);
    expect(read(kind, String(value))).toBe(expected);
  });

  test.each([
    [' 50 ', 50],
    ['+50', 50],
    ['050', 50],
  ])('may be written %p', (written, expected) => {
    expect(read(kind, written)).toBe(expected);
  });

  test.each(['5e1', '5.0', '50.', '0x32', '5_000', '1,000', '5 0', '50s', 'fifty', '--5', '', ' '])(
    'is not written %p',
    (written) => {
      expect(read(kind, written)).toBe(REFUSED);
    },
  );

  test.each([1.5, Number.NaN, Infinity, true, null, [5], 5n])('is not %p', (value) => {
    expect(read(kind, value)).toBe(REFUSED);
  });

  test('without an upper bound reaches as far as integers are exact', () => {
    const open = integer(0);
    const last = Number.MAX_SAFE_INTEGER;

    expect([-1, 0, 1].map((value) => read(open, value))).toEqual([REFUSED, 0, 1]);
    expect([last - 1, last, last + 1].map((value) => read(open, value))).toEqual([last - 1, last, REFUSED]);
    expect(read(open, '9007199254740993')).toBe(REFUSED);
  });

  test('says its range', () => {
    expect(integer(1, 10_000).allowed).toBe('an integer from 1 to 10000');
    expect(integer(0).allowed).toBe('an integer of at least 0');
  });
});

describe('one of a few integers', () => {
  const kind = oneOf([1, 3, 7]);

  test.each([
    [0, REFUSED],
    [1, 1],
    [2, REFUSED],
    [3, 3],
    [4, REFUSED],
    [6, REFUSED],
    [7, 7],
    [8, REFUSED],
  ])('of %d is %p, as a number and as text', (value, expected) => {
    expect(read(kind, value)).toBe(expected);
    expect(read(kind, String(value))).toBe(expected);
  });

  test.each(['3.0', '3e0', '1, 3', '', true, null, [3]])('is not %p', (value) => {
    expect(read(kind, value)).toBe(REFUSED);
  });

  test('says which', () => {
    expect(kind.allowed).toBe('one of 1, 3, 7');
    expect(kind.encode(7)).toBe('7');
  });
});

describe('seconds', () => {
  const kind = seconds(0.5, 1_209_600);

  test.each([
    [0.499, REFUSED],
    [0.5, 0.5],
    [0.501, 0.501],
    [1_209_599, 1_209_599],
    [1_209_600, 1_209_600],
    [1_209_601, REFUSED],
  ])('of %d are %p, as a number and as text', (value, expected) => {
    expect(read(kind, value)).toBe(expected);
    expect(read(kind, String(value))).toBe(expected);
  });

  test.each([
    ['5', 5],
    ['5s', 5],
    ['5 s', 5],
    ['5S', 5],
    ['500ms', 0.5],
    ['1500 ms', 1.5],
    ['1.5m', 90],
    ['2h', 7_200],
    ['1d', 86_400],
    ['2w', 1_209_600],
    [' 5s ', 5],
    ['"5s"', 5],
    ["'500ms'", 0.5],
  ])('written %p are %d', (written, expected) => {
    expect(read(kind, written)).toBe(expected);
  });

  test.each([
    '1h30m',
    '5  s',
    '-5',
    '+5',
    '5e1',
    '.5',
    '5.',
    '5 sec',
    '5min',
    's',
    '5 5',
    '1,5',
    'PT5S',
    '"5s',
    '"5s\'',
    '',
    ' ',
  ])('are not written %p', (written) => {
    expect(read(kind, written)).toBe(REFUSED);
  });

  test.each([-1, Number.NaN, Infinity, true, null, [5]])('are not %p', (value) => {
    expect(read(kind, value)).toBe(REFUSED);
  });

  test.each([
    [2, '2'],
    [0.5, '0.5'],
    [0.000001, '0.000001'],
    [0.0000001, '0.0000001'],
  ])('of %d are a plain decimal in a variable', (value, written) => {
    expect(seconds(0, 10).encode(value)).toBe(written);
    expect(read(seconds(0, 10), written)).toBe(value);
  });

  test('say their range', () => {
    expect(kind.allowed).toBe('seconds from 0.5 to 1209600, such as 5, "5s" or "500ms"');
  });
});

describe('bytes', () => {
  const kind = bytes(1_024, 1_099_511_627_776);

  test.each([
    [1_023, REFUSED],
    [1_024, 1_024],
    [1_025, 1_025],
    [1_099_511_627_775, 1_099_511_627_775],
    [1_099_511_627_776, 1_099_511_627_776],
    [1_099_511_627_777, REFUSED],
  ])('of %d are %p, as a number and as text', (value, expected) => {
    expect(read(kind, value)).toBe(expected);
    expect(read(kind, String(value))).toBe(expected);
  });

  test.each([
    ['2048', 2_048],
    ['2048b', 2_048],
    ['1kb', 1_024],
    ['10 MB', 10_485_760],
    ['10mB', 10_485_760],
    ['1.5gb', 1_610_612_736],
    ['1TB', 1_099_511_627_776],
    [' 1 kb ', 1_024],
    ['"10 MB"', 10_485_760],
  ])('written %p are %d, a kilobyte having 1024', (written, expected) => {
    expect(read(kind, written)).toBe(expected);
  });

  test.each([
    '1MiB',
    '1e4',
    '10  MB',
    '10M',
    '-10 MB',
    '+10 MB',
    '.5 MB',
    '10 MB 5 KB',
    'MB',
    '10pb',
    '',
    ' ',
  ])('are not written %p', (written) => {
    expect(read(kind, written)).toBe(REFUSED);
  });

  test.each([2_048.5, -2_048, Number.NaN, Infinity, 2_048n, true, null])('are not %p', (value) => {
    expect(read(kind, value)).toBe(REFUSED);
  });

  test('say their range', () => {
    expect(bytes(1, 2).allowed).toBe('bytes from 1 to 2 (a KB has 1024)');
  });

  test.each([
    [100, 'isRefused', REFUSED],
    [100, 'isMax', 100],
    [99, 'isMax', 99],
    [101, 'isMax', 100],
    ['1 TB', 'isMax', 100],
    [0, 'isMax', REFUSED],
  ] as const)('beyond the most: %p where it %s', (value, more, expected) => {
    expect(read(bytes(1, more === 'isMax' ? 100 : 99, more), value)).toBe(expected);
  });
});

describe('a flag', () => {
  const kind = flag();

  test.each<[unknown, unknown]>([
    [true, true],
    [false, false],
    ...['1', 'true', 'yes', 'on'].map((word): [string, boolean] => [word, true]),
    ...['0', 'false', 'no', 'off'].map((word): [string, boolean] => [word, false]),
  ])('may be %p', (value, expected) => {
    expect(read(kind, value)).toBe(expected);
    expect(read(kind, typeof value === 'string' ? ` ${value.toUpperCase()} ` : value)).toBe(expected);
  });

  test.each(['y', 'n', 't', 'f', 'enabled', '2', '-1', 'truefalse', 'constructor', '', ' ', 1, 0, null, []])(
    'is not %p',
    (value) => {
      expect(read(kind, value)).toBe(REFUSED);
    },
  );

  test('is true or false in a variable', () => {
    expect([kind.encode(true), kind.encode(false)]).toEqual(['true', 'false']);
  });
});

describe('a choice', () => {
  const kind = choice(['low', 'high'], { top: 'high' }, (value) => value.toUpperCase());

  test.each([
    ['low', 'low'],
    ['LOW', 'low'],
    [' High ', 'high'],
    ['top', 'high'],
    ['Top', 'high'],
  ])('%p is %p', (written, expected) => {
    expect(read(kind, written)).toBe(expected);
  });

  test.each(['mid', 'lo', 'lowhigh', 'constructor', '__proto__', '', ' ', 0, null, ['low']])(
    'is not %p',
    (value) => {
      expect(read(kind, value)).toBe(REFUSED);
    },
  );

  test('says its words and is written as it is told', () => {
    expect(kind.allowed).toBe('one of low, high (also top), in any case');
    expect(kind.encode('high')).toBe('HIGH');
  });

  test('without other spellings and words for the variable has its own', () => {
    const plain = choice(['low', 'high']);

    expect(plain.allowed).toBe('one of low, high, in any case');
    expect(plain.encode('low')).toBe('low');
    expect([read(plain, 'LOW'), read(plain, 'top')]).toEqual(['low', REFUSED]);
  });
});

describe('names of a few', () => {
  const kind = namesOf(['email', 'aws_key']);

  test.each([
    ['aws_key,email', ['aws_key', 'email']],
    [['email'], ['email']],
    [[], []],
  ])('of %p are %p', (value, expected) => {
    expect(read(kind, value)).toEqual(expected);
    expect(read(kind, kind.encode(expected as ['email']))).toEqual(expected);
  });

  test.each(['iban', 'email,iban', 'EMAIL', 'email,email', [['email']]])('%p is none', (value) => {
    expect(read(kind, value)).toBe(REFUSED);
  });
});

describe('names', () => {
  const kind = names(['cloudwatch', 'file']);

  test.each([
    ['cloudwatch', ['cloudwatch']],
    ['cloudwatch,file', ['cloudwatch', 'file']],
    [' cloudwatch , file ', ['cloudwatch', 'file']],
    ['["cloudwatch"]', ['cloudwatch']],
    [' [ "cloudwatch", "file" ] ', ['cloudwatch', 'file']],
    [
      ['cloudwatch', ' file '],
      ['cloudwatch', 'file'],
    ],
  ])('of %p are %p', (value, expected) => {
    expect(read(kind, value)).toEqual(expected);
  });

  test.each([
    '[]',
    '["cloudwatch"',
    '["cloudwatch",]',
    '[1]',
    '[null]',
    '[""]',
    '[["cloudwatch"]]',
    'cloudwatch,',
    ',',
    '',
    ' ',
  ])('are not written %p', (written) => {
    expect(read(kind, written)).toBe(REFUSED);
  });

  test.each([[[]], [['']], [[1]], [[' ']], [{ 0: 'cloudwatch' }], [5], [null]])('are not %p', (value) => {
    expect(read(kind, value)).toBe(REFUSED);
  });

  test('are JSON in a variable, which Python reads', () => {
    expect(kind.encode(['cloudwatch', 'a,b'])).toBe('["cloudwatch","a,b"]');
  });
});

describe('text', () => {
  const kind = text('three letters', (value) => value.length === 3);

  test.each([
    ['ab', REFUSED],
    ['abc', 'abc'],
    ['abcd', REFUSED],
    [' bc', ' bc'],
    [123, REFUSED],
    [null, REFUSED],
  ])('of %p is %p: taken as it is, or refused', (value, expected) => {
    expect(read(kind, value)).toBe(expected);
  });
});

/** The range that a row's own sentence gives; rows that are no numbers have none. */
const ranges = rowsByName.flatMap(([name, { row }]) => {
  const range = /^(an integer|a number|seconds|bytes) (?:from|of at least) ([\d.]+)(?: to (\d+))?/.exec(
    row.kind.allowed,
  );
  if (!range) return [];
  const step = range[1] === 'seconds' || range[1] === 'a number' ? 0.0001 : 1;
  const max = range[3] === undefined ? Number.MAX_SAFE_INTEGER : Number(range[3]);
  const beyond = row.kind.allowed.endsWith('more counts as the most') ? max : REFUSED;
  return [[name, row.kind, { min: Number(range[2]), max, step, beyond }] as const];
});

test('every setting whose default is a number says its range', () => {
  const numbers = rowsByName.filter(([, { row }]) => typeof row.default === 'number').map(([name]) => name);

  expect(ranges.map(([name]) => name)).toEqual(expect.arrayContaining(numbers));
});

test.each(ranges)('%s keeps the range that it says', (_, kind, { min, max, step, beyond }) => {
  expect([min - step, min, min + step].map((value) => read(kind, value))).toEqual([REFUSED, min, min + step]);
  expect([max - step, max, max + step].map((value) => read(kind, value))).toEqual([max - step, max, beyond]);
});

describe('a Region', () => {
  const kind = rowsByName.find(([name]) => name === 'cloudwatch.region')![1].row.kind;

  test.each(['us-west-2', 'eu-central-1', 'us-gov-west-1', 'cn-north-1', 'us-iso-east-1', 'ap-southeast-5'])(
    'may be %s',
    (name) => {
      expect(read(kind, name)).toBe(name);
    },
  );

  test.each(['', 'us-west', 'US-WEST-2', 'us-west-2a', 'us-west-2.amazonaws.com', 'us west 2', ' us-west-2'])(
    'is not %p',
    (name) => {
      expect(read(kind, name)).toBe(REFUSED);
    },
  );
});

describe('an endpoint', () => {
  const kind = rowsByName.find(([name]) => name === 'cloudwatch.endpointUrl')![1].row.kind;

  test.each([
    'http://127.0.0.1:4566',
    'https://vpce-1.logs.us-west-2.vpce.amazonaws.com',
    'http://[::1]:80/path',
  ])('may be %s', (url) => {
    expect(read(kind, url)).toBe(url);
  });

  test.each(['', '127.0.0.1:4566', 'localhost:4566', '/path', 'ftp://host', 'file:///etc/hosts', 'http://'])(
    'is not %p',
    (url) => {
      expect(read(kind, url)).toBe(REFUSED);
    },
  );
});
