import { stripVTControlCharacters } from 'node:util';
import * as fc from 'fast-check';
import { LEVELS } from '../../../contract/levels.js';
import type { LogRecord } from '../../../runtime/log-record.js';
import { prettyFormat } from '../../../runtime/sinks/pretty-format.js';
import { hostileValues } from '../../support/hostile.js';
import { within } from '../../support/within.js';
import { codePoint } from '../../support/code-point.js';

const timeMs = new Date(2024, 4, 6, 7, 8, 9, 10).getTime();
const plain = prettyFormat({ colour: 'never' });

function record(message: string, fields: object = {}): LogRecord {
  return { timeMs, level: 'info', message, fields: [fields as Record<string, unknown>] };
}

/** The text after time and level, without the last line break. */
function shown(message: string, fields?: object): string {
  const text = plain(record(message, fields));
  expect(text.slice(0, 19)).toBe('07:08:09.010 INFO  ');
  expect(text.at(-1)).toBe('\n');
  return text.slice(19, -1);
}

function frame(at: string): string {
  return `        at ${at}`;
}

function errorAt<E extends Error>(error: E, ...frames: string[]): E {
  error.stack = [`${error.name}: ${error.message}`, ...frames.map((at) => `    at ${at}`)].join('\n');
  return error;
}

describe('laws', () => {
  const levels = fc.constantFrom(...LEVELS);
  const message = fc.string({ unit: codePoint });

  test('one line of each record begins with the time, the others are indented, and nothing steers the terminal', () => {
    fc.assert(
      fc.property(levels, message, fc.dictionary(message, fc.anything()), (level, text, fields) => {
        const lines = plain({ timeMs, level, message: text, fields: [fields] }).split('\n');

        expect(lines.at(-1)).toBe('');
        expect(lines[0]).toMatch(/^07:08:09\.010 [A-Z]{4,5} /);
        expect(lines.slice(1, -1).filter((line) => !line.startsWith('    '))).toEqual([]);
        expect(lines.join('').replaceAll('\t', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  test('colours change nothing but the colours', () => {
    const coloured = prettyFormat({ colour: 'always' });

    fc.assert(
      fc.property(levels, message, fc.dictionary(message, fc.anything()), (level, text, fields) => {
        const each = {
          timeMs,
          level,
          message: text,
          fields: [fields, { error: errorAt(new Error(text), 'a') }],
        };

        expect(stripVTControlCharacters(coloured(each))).toBe(plain(each));
      }),
    );
  });

  test.each(hostileValues)('hostile values cost nothing but themselves: %s', (_, make) => {
    const text = within(() => plain(record('hi', { before: 1, value: make(), after: 2 })));

    expect(text).toMatch(/^07:08:09\.010 INFO {2}hi {2}before=1 .*after=2\n/);
  });
});

describe('time and level', () => {
  test.each([
    ['trace', 'TRACE'],
    ['debug', 'DEBUG'],
    ['info', 'INFO '],
    ['warn', 'WARN '],
    ['error', 'ERROR'],
    ['fatal', 'FATAL'],
  ] as const)('%s', (level, text) => {
    expect(plain({ timeMs, level, message: 'hi', fields: [] })).toBe(`07:08:09.010 ${text} hi\n`);
  });

  test('a time that is none stands as it is', () => {
    expect(plain({ timeMs: Number.NaN, level: 'info', message: 'hi', fields: [] })).toBe('NaN INFO  hi\n');
  });
});

describe('fields', () => {
  test.each<[unknown, string]>([
    [1, 'a=1'],
    [true, 'a=true'],
    [null, 'a=null'],
    ['simple', 'a=simple'],
    ['/v1/users?id=7', 'a="/v1/users?id=7"'],
    ['2024-05-06T07:08:09.010Z', 'a=2024-05-06T07:08:09.010Z'],
    ['', 'a=""'],
    ['two words', 'a="two words"'],
    ['a="b"', 'a="a=\\"b\\""'],
    ['two\nlines', 'a="two\\nlines"'],
    ['\u001b[31m', 'a="\\u001b[31m"'],
    ['\u202egnp', 'a="\\u202egnp"'],
    [{ b: [1, 'c d'] }, 'a={"b":[1,"c d"]}'],
  ])('%j', (value, text) => {
    expect(shown('hi', { a: value })).toBe(`hi  ${text}`);
  });

  test('several, in order, keys like values', () => {
    expect(shown('hi', { b: 1, a: 2, 'c d': 3 })).toBe('hi  b=1 a=2 "c d"=3');
  });

  test('of the same name as a part of the line are kept', () => {
    expect(shown('hi', { message: 'mine', level: 7 })).toBe('hi  _message=mine _level=7');
  });
});

describe('messages', () => {
  test('of several lines are indented', () => {
    expect(shown('a\nb\n07:08:09.010 INFO  forged')).toBe('a\n    b\n    07:08:09.010 INFO  forged');
  });

  test('do not steer the terminal', () => {
    expect(shown('a\u001b[2Jb\rc\u009b')).toBe('a\\u001b[2Jb\\u000dc\\u009b');
  });
});

describe('errors', () => {
  test('stand below the line, with their stack, their own members and their causes', () => {
    const cause = errorAt(new TypeError('no card'), 'card (card.js:7:2)');
    const error = Object.assign(errorAt(new RangeError('declined', { cause }), 'pay (pay.js:3:9)', 'main'), {
      code: 'E42',
    });

    expect(shown('payment failed', { orderId: 17, error }).split('\n')).toEqual([
      'payment failed  orderId=17',
      '    RangeError: declined  code=E42',
      frame('pay (pay.js:3:9)'),
      frame('main'),
      '    caused by TypeError: no card',
      frame('card (card.js:7:2)'),
    ]);
  });

  test('under another name carry it', () => {
    expect(shown('hi', { first: errorAt(new Error('e'), 'a') }).split('\n')).toEqual([
      'hi',
      '    first: Error: e',
      frame('a'),
    ]);
  });

  test('under pino’s name stand as error', () => {
    expect(shown('hi', { err: errorAt(new Error('e'), 'a') })).toBe(`hi\n    Error: e\n${frame('a')}`);
  });

  test('with a cause that is no error', () => {
    const error = errorAt(new Error('e', { cause: 'bad luck' }), 'a');

    expect(shown('hi', { error })).toBe(`hi\n    Error: e\n${frame('a')}\n    caused by "bad luck"`);
  });

  test('that aggregate others', () => {
    const error = errorAt(new AggregateError([errorAt(new Error('one'), 'b'), 2], 'all'), 'a');

    expect(shown('hi', { error }).split('\n')).toEqual([
      'hi',
      '    AggregateError: all',
      frame('a'),
      '    one of them: Error: one',
      frame('b'),
      '    one of them: 2',
    ]);
  });

  test('with a message of several lines are told once', () => {
    expect(shown('hi', { error: errorAt(new Error('one\ntwo'), 'a') })).toBe(
      `hi\n    Error: one\n    two\n${frame('a')}`,
    );
  });

  test('with a stack that is none show it', () => {
    expect(shown('hi', { error: Object.assign(new Error('e'), { stack: 'gone' }) })).toBe(
      'hi\n    Error: e\n        gone',
    );
  });

  test('without a stack are a field', () => {
    expect(shown('hi', { error: Object.assign(new Error('e'), { stack: undefined }) })).toBe(
      'hi  error={"type":"Error","message":"e"}',
    );
  });
});
