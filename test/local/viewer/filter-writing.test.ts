import * as fc from 'fast-check';
import { parseFilterPattern } from '../../../local/filter-pattern/filter-pattern.js';
import {
  excluding,
  including,
  isExcluded,
  isIncluded,
  isSelectable,
  patternOf,
  selector,
  termsOf,
  toggleExcluded,
  toggleIncluded,
  type Value,
} from '../../../local/viewer/client/state/filter-writing.js';

const LEVEL = ['level'];
const SERVICE = ['service'];

const names = fc.stringMatching(/^[A-Za-z0-9_-]{1,8}$/);
const paths = fc.array(names, { minLength: 1, maxLength: 3 });
const values = fc.oneof(fc.string(), fc.integer(), fc.boolean()) as fc.Arbitrary<Value>;

describe('a comparison', () => {
  test.each([
    [['level'], '$.level'],
    [['error', 'type'], '$.error.type'],
    [['items', 0, 'id'], '$.items[0].id'],
    [['a.b', 'c'], `$.['a.b'].c`],
    [['a', 'b c', 0], `$.a.['b c'][0]`],
    [['größe'], `$.['größe']`],
  ])('names the member %j as %s', (path, expected) => {
    expect(selector(path)).toBe(expected);
  });

  test.each<[Value, string, string | undefined]>([
    ['error', '$.v = "error"', '$.v != "error"'],
    ['say "hi" \\ there', '$.v = "say \\"hi\\" \\\\ there"', '$.v != "say \\"hi\\" \\\\ there"'],
    [42, '$.v = 42', '$.v != 42'],
    [-1.5, '$.v = -1.5', '$.v != -1.5'],
    [true, '$.v IS TRUE', '$.v IS FALSE'],
    [false, '$.v IS FALSE', '$.v IS TRUE'],
    [null, '$.v IS NULL', undefined],
  ])('is written for %j', (value, included, excluded) => {
    expect([including(['v'], value), excluding(['v'], value)]).toEqual([included, excluded]);
  });

  test.each([["it's"], ['back\\slash'], ['']])('cannot name the member %j', (name) => {
    expect(isSelectable(['a', name])).toBe(false);
  });

  test('compares with the beginning of a long text, for a pattern has 1,024 characters', () => {
    expect(including(['v'], 'x'.repeat(256))).toBe(`$.v = "${'x'.repeat(256)}"`);
    expect(including(['v'], 'x'.repeat(257))).toBe(`$.v = "${'x'.repeat(256)}*"`);
    expect(including(['v'], `${'x'.repeat(255)}😀`)).toBe(`$.v = "${'x'.repeat(255)}*"`);
  });
});

describe('terms', () => {
  test.each<[string, string[] | undefined]>([
    ['', []],
    ['  ', []],
    ['{ $.a = 1 }', ['$.a = 1']],
    ['{$.a=1&&$.b>=2}', ['$.a = 1', '$.b >= 2']],
    ['{ ($.a = 1 || $.a = 2) && $.b = "x && y" }', ['($.a = 1 || $.a = 2)', '$.b = "x && y"']],
    ['{ $.a = 1 || $.b = 2 }', ['($.a = 1 || $.b = 2)']],
    ['{ $.a = "a=b" && $.c = %x=y&&z% }', ['$.a = "a=b"', '$.c = %x=y&&z%']],
    [`{ $.['a && b'] = 1 && $.c = 2 }`, [`$.['a && b'] = 1`, '$.c = 2']],
    ['timeout', undefined],
    ['[ip, user]', undefined],
    ['{ $.a = 1', undefined],
  ])('of %s', (filter, expected) => {
    expect(termsOf(filter)).toEqual(expected);
  });

  test('are those that a pattern was made of', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(paths, values), { maxLength: 5 }), (members) => {
        const terms = members.map(([path, value]) => including(path, value));

        expect(termsOf(patternOf(terms))).toEqual(terms);
      }),
    );
  });
});

describe('a click on a value', () => {
  test('asks for it, and a second one no longer', () => {
    const once = toggleIncluded('', LEVEL, 'error');

    expect(once).toBe('{ $.level = "error" }');
    expect(toggleIncluded(once, LEVEL, 'error')).toBe('');
  });

  test('asks for it besides what is asked for', () => {
    expect(toggleIncluded('{ $.ms > 500 }', LEVEL, 'error')).toBe('{ $.ms > 500 && $.level = "error" }');
  });

  test('makes alternatives of values of one member', () => {
    const both = toggleIncluded('{ $.service = "api" && $.level="error" }', LEVEL, 'warn');

    expect(both).toBe('{ $.service = "api" && ($.level = "error" || $.level = "warn") }');
    expect(toggleIncluded(both, LEVEL, 'error')).toBe('{ $.service = "api" && $.level = "warn" }');
    expect(toggleIncluded(both, SERVICE, 'api')).toBe('{ ($.level = "error" || $.level = "warn") }');
  });

  test('leaves alternatives of the user whole', () => {
    expect(toggleIncluded('{ $.a = 1 || $.b = 2 }', LEVEL, 'error')).toBe(
      '{ ($.a = 1 || $.b = 2) && $.level = "error" }',
    );
  });

  test('does not take one member for another whose name begins with its own', () => {
    expect(toggleIncluded('{ $.levels = "x" }', LEVEL, 'x')).toBe('{ $.levels = "x" && $.level = "x" }');
    expect(toggleIncluded('{ $.level.of = "x" }', LEVEL, 'x')).toBe('{ $.level.of = "x" && $.level = "x" }');
  });

  test('replaces a pattern of words', () => {
    expect(toggleIncluded('timeout', LEVEL, 'error')).toBe('{ $.level = "error" }');
  });

  test('excludes it, and a second one no longer', () => {
    const once = toggleExcluded('{ $.ms > 5 }', LEVEL, 'debug');

    expect(once).toBe('{ $.ms > 5 && $.level != "debug" }');
    expect(toggleExcluded(once, LEVEL, 'debug')).toBe('{ $.ms > 5 }');
  });

  test('turns the one into the other', () => {
    expect(toggleExcluded('{ $.level = "debug" }', LEVEL, 'debug')).toBe('{ $.level != "debug" }');
    expect(toggleIncluded('{ $.level != "debug" }', LEVEL, 'debug')).toBe('{ $.level = "debug" }');
  });

  test('is known again, and taken back by another', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(paths, values), { maxLength: 4 }),
        paths,
        values,
        (others, path, value) => {
          const before = others.reduce((filter, [other, its]) => toggleExcluded(filter, other, its), '');
          fc.pre(!isExcluded(before, path, value) && !isIncluded(before, path, value));
          const included = toggleIncluded(before, path, value);
          const excluded = toggleExcluded(before, path, value);

          expect([isIncluded(included, path, value), isExcluded(excluded, path, value)]).toEqual([
            true,
            true,
          ]);
          expect(toggleExcluded(excluded, path, value)).toBe(before);
        },
      ),
    );
  });
});

/** Names of members as programs have them, and some that need quotes in a pattern. */
const anyName = fc.oneof(
  names,
  fc.string({ minLength: 1, maxLength: 8 }).filter((name) => isSelectable([name])),
);

function lineWith(path: readonly string[], value: unknown): string {
  return JSON.stringify(
    path.reduceRight((inner: unknown, name) => Object.fromEntries([[name, inner]]), value),
  );
}

describe('what a click writes is a pattern of the service', () => {
  const anyValue = fc.oneof(
    fc.string({ maxLength: 300 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
  );

  test('which is true of the line that was clicked on, and the opposite is not', () => {
    fc.assert(
      fc.property(fc.array(anyName, { minLength: 1, maxLength: 3 }), anyValue, (path, value) => {
        const line = lineWith(path, value);
        const [included, excluded] = [toggleIncluded('', path, value), toggleExcluded('', path, value)];

        expect([
          parseFilterPattern(included).matches(line),
          parseFilterPattern(excluded).matches(line),
        ]).toEqual([true, false]);
      }),
    );
  });

  test('and not of a line with another value', () => {
    fc.assert(
      fc.property(paths, fc.tuple(names, names), (path, [value, other]) => {
        fc.pre(value !== other);
        const matches = [toggleIncluded, toggleExcluded].map((toggle) =>
          parseFilterPattern(toggle('', path, value)).matches(lineWith(path, other)),
        );

        expect(matches).toEqual([false, true]);
      }),
    );
  });

  test('and of a line with any of the values of one member', () => {
    const filter = ['error', 'warn'].reduce(
      (before, level) => toggleIncluded(before, LEVEL, level),
      '{ $.ms > 5 }',
    );
    const { matches } = parseFilterPattern(filter);
    const line = (level: string, ms: number): string => JSON.stringify({ level, ms });

    expect([line('error', 6), line('warn', 6), line('info', 6), line('warn', 5)].map(matches)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
