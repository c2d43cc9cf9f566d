import * as fc from 'fast-check';
import { parseFilterPattern } from '../../../local/filter-pattern/filter-pattern.js';
import { ServiceError } from '../../../local/service-error.js';
import { codePoint } from '../../support/code-point.js';

/**
 * The law: a pattern that is printed from a tree says what the tree says. The trees are evaluated here in the plainest
 * way: messages are trees, too, and are never parsed.
 */

const MAX_PATTERN_LENGTH = 1_024;

/** Spaces, one after the other, wherever a pattern may have some. */
class Spacing {
  #next = 0;
  readonly #spaces: readonly string[];

  constructor(spaces: readonly string[]) {
    this.#spaces = spaces;
  }

  get some(): string {
    this.#next += 1;
    return this.#spaces[this.#next % this.#spaces.length]!;
  }
}

const spacing = fc
  .array(fc.constantFrom('', ' ', '  ', '\t', '\r\n'), { minLength: 1, maxLength: 9 })
  .map((spaces) => new Spacing(spaces));

// Comparisons of one text.

type Part = string | { readonly wildcard: true };

type Operand =
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'text'; readonly parts: readonly Part[]; readonly isQuoted: boolean }
  | { readonly kind: 'regex'; readonly pattern: string; readonly js: RegExp };

interface Comparison {
  readonly operator: string;
  readonly operand: Operand;
}

const numberText = fc.constantFrom('0', '1', '+1', '-1', '1.0', '10', '1e1', '1.5', '15e-1', '404', '0.1');

const words = fc.constantFrom(
  'a',
  'b',
  'ab',
  '1',
  '1.0',
  '10',
  '404',
  'x y',
  '"',
  '\\',
  'é',
  '',
  '&&',
  '}',
  ']',
  '(',
  '%',
);

const parts = fc.array(fc.oneof({ weight: 3, arbitrary: words }, fc.constant({ wildcard: true } as const)), {
  minLength: 1,
  maxLength: 4,
});

/** A place of a regular expression: as the pattern has it, and as `RegExp` does. */
const regexAtom = fc
  .tuple(
    fc.constantFrom(
      ['a', 'a'],
      ['b', 'b'],
      ['.', '[^\\n]'],
      ['[a-c1]', '[a-c1]'],
      ['[^a]', '[^a]'],
      ['\\d', '[0-9]'],
      ['\\W', '[^A-Za-z0-9_]'],
      ['\\.', '\\.'],
      ['\\x22', '"'],
    ),
    fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,3}', '{2,}', '{0,2}'),
  )
  .map(([[ours, theirs], repetition]) => [ours + repetition, theirs + repetition] as const);

const regexAlternative = fc
  .tuple(
    fc.constantFrom('', '', '^'),
    fc.array(regexAtom, { minLength: 1, maxLength: 4 }),
    fc.constantFrom('', '', '$'),
  )
  .map(([start, atoms, end]) =>
    [0, 1].map((index) => start + atoms.map((atom) => atom[index]).join('') + end),
  );

const regex = fc
  .array(regexAlternative, { minLength: 1, maxLength: 3 })
  .map((alternatives): { readonly pattern: string; readonly js: RegExp } => ({
    pattern: alternatives.map(([ours]) => ours).join('|'),
    js: new RegExp(alternatives.map(([, theirs]) => theirs).join('|'), 'u'),
  }));

const operand: fc.Arbitrary<Operand> = fc.oneof(
  { weight: 3, arbitrary: numberText.map((text) => ({ kind: 'number', text }) as const) },
  {
    weight: 4,
    arbitrary: fc
      .record({ parts, isQuoted: fc.boolean() })
      .map((text) => ({ kind: 'text', ...text }) as const),
  },
  { weight: 1, arbitrary: regex.map((each) => ({ kind: 'regex', ...each }) as const) },
);

const comparison: fc.Arbitrary<Comparison> = fc.oneof(
  fc.record({ operator: fc.constantFrom('=', '!='), operand }),
  fc.record({
    operator: fc.constantFrom('<', '<=', '>', '>='),
    operand: numberText.map((text) => ({ kind: 'number', text }) as const),
  }),
);

function printOperand(each: Operand): string {
  if (each.kind === 'number') return each.text;
  if (each.kind === 'regex') return `%${each.pattern}%`;
  const bare = each.parts.map((part) => (typeof part === 'string' ? part : '*')).join('');
  const needsQuotes = !/^[\w.*]+$/.test(bare) || /^\d/.test(bare);
  return each.isQuoted || needsQuotes ? `"${bare.replaceAll(/["\\]/g, '\\$&')}"` : bare;
}

/** @param number the value, if it is a number */
function compares({ operator, operand: each }: Comparison, text: string, number?: number): boolean {
  const limit = each.kind === 'number' ? Number(each.text) : Number.NaN;
  if (operator === '<') return number! < limit;
  if (operator === '<=') return number! <= limit;
  if (operator === '>') return number! > limit;
  if (operator === '>=') return number! >= limit;
  return equals(each, text, number) === (operator === '=');
}

function equals(each: Operand, text: string, number: number | undefined): boolean {
  if (each.kind === 'regex') return each.js.test(text);
  if (each.kind === 'text') return fits(each.parts, text);
  return number === undefined ? text === each.text : number === Number(each.text);
}

function fits([part, ...rest]: readonly Part[], text: string): boolean {
  if (part === undefined) return text === '';
  if (typeof part === 'string') return text.startsWith(part) && fits(rest, text.slice(part.length));
  return Array.from({ length: text.length + 1 }, (_, length) => text.slice(length)).some((tail) =>
    fits(rest, tail),
  );
}

// Trees of conditions.

type Tree<Leaf> =
  | { readonly kind: 'leaf'; readonly leaf: Leaf }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Tree<Leaf>[]; readonly inParentheses: boolean };

function trees<Leaf>(leaf: fc.Arbitrary<Leaf>, depth: number): fc.Arbitrary<Tree<Leaf>> {
  const single = leaf.map((each) => ({ kind: 'leaf', leaf: each }) as const);
  if (depth === 0) return single;
  return fc.oneof(
    single,
    fc.record({
      kind: fc.constantFrom('all', 'any'),
      of: fc.array(trees(leaf, depth - 1), { minLength: 1, maxLength: 3 }),
      inParentheses: fc.boolean(),
    }),
  );
}

function evaluate<Leaf>(tree: Tree<Leaf>, isTrue: (leaf: Leaf) => boolean): boolean {
  if (tree.kind === 'leaf') return isTrue(tree.leaf);
  return tree.kind === 'all'
    ? tree.of.every((each) => evaluate(each, isTrue))
    : tree.of.some((each) => evaluate(each, isTrue));
}

/** Prints parentheses where they are needed, and some more. */
function printTree<Leaf>(tree: Tree<Leaf>, space: Spacing, print: (leaf: Leaf) => string): string {
  if (tree.kind === 'leaf') return print(tree.leaf);
  const sign = tree.kind === 'all' ? '&&' : '||';
  const text = tree.of
    .map((each) => {
      const inner = printTree(each, space, print);
      const isLooser = tree.kind === 'all' && each.kind === 'any';
      return isLooser ? `(${space.some}${inner}${space.some})` : inner;
    })
    .join(`${space.some}${sign}${space.some}`);
  return tree.inParentheses ? `(${space.some}${text}${space.some})` : text;
}

// JSON.

type Json =
  | { readonly kind: 'number' | 'string' | 'word'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Json[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [string, Json])[] };

const NAMES = ['a', 'b', 'x-y', 'c.d', '__proto__', 'length', '0'];

const json = fc.letrec<{ value: Json; object: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc
      .constantFrom('0', '1', '-1', '1.0', '10', '1e1', '1E1', '1.5', '404', '0.1')
      .map((text) => ({ kind: 'number', text }) as const),
    fc.array(words, { maxLength: 3 }).map((each) => ({ kind: 'string', text: each.join('') }) as const),
    fc.constantFrom('true', 'false', 'null').map((text) => ({ kind: 'word', text }) as const),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => ({ kind: 'list', items }) as const),
    tie('object'),
  ),
  object: fc
    .uniqueArray(fc.tuple(fc.constantFrom(...NAMES), tie('value')), {
      maxLength: 4,
      selector: ([name]) => name,
    })
    .map((members) => ({ kind: 'object', members }) as const),
})).object;

function printJson(value: Json, space: Spacing): string {
  if (value.kind === 'string') return JSON.stringify(value.text).replaceAll('é', String.raw`\u00e9`);
  if (value.kind === 'list')
    return `[${value.items.map((item) => printJson(item, space)).join(`${space.some},`)}]`;
  if (value.kind !== 'object') return value.text;
  const members = value.members.map(
    ([name, member]) =>
      `${space.some}${JSON.stringify(name)}${space.some}:${space.some}${printJson(member, space)}`,
  );
  return `{${members.join(',')}}`;
}

type Step = { readonly name: string; readonly isQuoted: boolean } | { readonly index: number } | 'any';

interface JsonLeaf {
  readonly path: readonly Step[];
  readonly test: 'IS NULL' | 'IS TRUE' | 'IS FALSE' | 'NOT EXISTS' | Comparison;
}

const nameStep = fc.record({ name: fc.constantFrom(...NAMES), isQuoted: fc.boolean() });

const jsonLeaf: fc.Arbitrary<JsonLeaf> = fc.record({
  path: fc
    .tuple(
      fc.oneof({ weight: 8, arbitrary: nameStep }, fc.constant('any' as const)),
      fc.array(
        fc.oneof(
          { weight: 4, arbitrary: nameStep },
          { weight: 3, arbitrary: fc.nat({ max: 2 }).map((index) => ({ index })) },
          { weight: 1, arbitrary: fc.constant('any' as const) },
        ),
        { maxLength: 2 },
      ),
    )
    .map(([first, rest]) => [first, ...rest]),
  test: fc.oneof(fc.constantFrom('IS NULL', 'IS TRUE', 'IS FALSE', 'NOT EXISTS'), {
    weight: 4,
    arbitrary: comparison,
  }),
});

function printPath(path: readonly Step[]): string {
  return `$${path.map((step, index) => printStep(step, index)).join('')}`;
}

function printStep(step: Step, index: number): string {
  if (step === 'any') return index % 2 === 0 ? '.*' : '[*]';
  if ('index' in step) return `[${step.index}]`;
  return step.isQuoted || step.name === 'c.d' ? `.['${step.name}']` : `.${step.name}`;
}

function printJsonLeaf({ path, test }: JsonLeaf, space: Spacing): string {
  if (typeof test === 'string') return `${printPath(path)} ${test.replace(' ', ` ${space.some}`)}`;
  return `${printPath(path)}${space.some}${test.operator}${space.some}${printOperand(test.operand)}`;
}

function selected(value: Json, [step, ...rest]: readonly Step[]): Json[] {
  if (step === undefined) return [value];
  return childrenAt(value, step).flatMap((child) => selected(child, rest));
}

function childrenAt(value: Json, step: Step): readonly Json[] {
  if (value.kind === 'list') {
    if (step === 'any') return value.items;
    return 'index' in step ? value.items.slice(step.index, step.index + 1) : [];
  }
  if (value.kind !== 'object') return [];
  if (step === 'any') return value.members.map(([, member]) => member);
  return value.members.filter(([name]) => 'name' in step && name === step.name).map(([, member]) => member);
}

function isTrueOf(value: Json, test: JsonLeaf['test']): boolean {
  if (test === 'IS NULL' && value.kind === 'list')
    return value.items.some((item) => isTrueOf(item, test) && item.kind === 'word');
  if (typeof test === 'string') return value.kind === 'word' && `IS ${value.text.toUpperCase()}` === test;
  if (value.kind === 'number') return compares(test, value.text, Number(value.text));
  return value.kind === 'string' && !'<>'.includes(test.operator[0]!) && compares(test, value.text);
}

function isTrueIn(root: Json, { path, test }: JsonLeaf): boolean {
  const values = selected(root, path);
  return test === 'NOT EXISTS' ? values.length === 0 : values.some((value) => isTrueOf(value, test));
}

function leavesOf<Leaf>(tree: Tree<Leaf>): Leaf[] {
  return tree.kind === 'leaf' ? [tree.leaf] : tree.of.flatMap(leavesOf);
}

/** Whether a pattern has no more of what it may have a few of. */
function isWithinQuota(
  pattern: string,
  tests: readonly unknown[],
  paths: readonly (readonly Step[])[] = [],
): boolean {
  const wildcards = paths.map((path) => path.filter((step) => step === 'any').length);
  const regexes = tests.filter(
    (test) => typeof test === 'object' && (test as Comparison).operand.kind === 'regex',
  );
  return (
    pattern.length <= MAX_PATTERN_LENGTH &&
    regexes.length <= 2 &&
    wildcards.every((count) => count <= 1) &&
    wildcards.filter((count) => count > 0).length <= 3
  );
}

it('holds for JSON', () => {
  fc.assert(
    fc.property(
      trees(jsonLeaf, 2),
      fc.array(json, { minLength: 1, maxLength: 5 }),
      spacing,
      (tree, roots, space) => {
        const conditions = printTree(tree, space, (leaf) => printJsonLeaf(leaf, space));
        const pattern = `${space.some}{${space.some}${conditions}${space.some}}${space.some}`;
        const leaves = leavesOf(tree);
        fc.pre(
          isWithinQuota(
            pattern,
            leaves.map(({ test }) => test),
            leaves.map(({ path }) => path),
          ),
        );
        const { matches } = parseFilterPattern(pattern);
        for (const root of roots) {
          expect(matches(printJson(root, space))).toBe(evaluate(tree, (leaf) => isTrueIn(root, leaf)));
        }
      },
    ),
    { numRuns: 1_000 },
  );
});

// Space-delimited fields.

interface Place {
  readonly name: string;
  readonly condition: Tree<Comparison> | undefined;
}

interface Line {
  readonly fields: readonly { readonly text: string; readonly form: 'plain' | 'quoted' | 'bracketed' }[];
  readonly gap: string;
}

/** A condition of a field has no parentheses: `||` of `&&` of comparisons. */
const fieldCondition: fc.Arbitrary<Tree<Comparison>> = fc
  .array(fc.array(comparison, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 })
  .map((alternatives) => ({
    kind: 'any',
    inParentheses: false,
    of: alternatives.map((each) => ({
      kind: 'all',
      inParentheses: false,
      of: each.map((leaf) => ({ kind: 'leaf', leaf }) as const),
    })),
  }));

const places = fc
  .array(fc.option(fieldCondition, { nil: undefined }), { minLength: 1, maxLength: 5 })
  .chain((conditions) =>
    fc.record({
      places: fc.constant(conditions.map((condition, index): Place => ({ name: `f${index}`, condition }))),
      ellipsisAt: fc.option(fc.nat({ max: conditions.length }), { nil: undefined }),
    }),
  );

const line: fc.Arbitrary<Line> = fc.record({
  fields: fc.array(
    fc.record({
      text: fc.constantFrom('a', 'b', 'ab', '1', '1.0', '10', '404', '1.5', '-1', 'a:b', '\u{E9}'),
      form: fc.constantFrom('plain', 'plain', 'quoted', 'bracketed'),
    }),
    { maxLength: 6 },
  ),
  gap: fc.constantFrom(' ', '  ', '\t', ' \n'),
});

function printFields({ fields, gap }: Line): string {
  const forms = { plain: ['', ''], quoted: ['"', '"'], bracketed: ['[', ']'] } as const;
  return fields.map(({ text, form }) => forms[form].join(text)).join(gap);
}

function printPlaces(list: readonly Place[], ellipsisAt: number | undefined, space: Spacing): string {
  const printed = list.map(({ name, condition }) =>
    condition === undefined
      ? name
      : printTree(condition, space, ({ operator, operand: each }) =>
          [name, operator, printOperand(each)].join(space.some),
        ),
  );
  if (ellipsisAt !== undefined) printed.splice(ellipsisAt, 0, '...');
  return `[${space.some}${printed.join(`${space.some},${space.some}`)}${space.some}]`;
}

/** The text for each place; undefined if the line has too few. */
function textsFor(
  count: number,
  ellipsisAt: number | undefined,
  { fields, gap }: Line,
): string[] | undefined {
  if (fields.length < Math.max(count, 1)) return undefined;
  const texts = fields.map(({ text }) => text);
  if (ellipsisAt !== undefined)
    return [...texts.slice(0, ellipsisAt), ...texts.slice(texts.length - count + ellipsisAt)];
  if (texts.length === count) return texts;
  return [...texts.slice(0, count - 1), printFields({ fields: fields.slice(count - 1), gap })];
}

function numberOf(text: string): number | undefined {
  return text === '' || Number.isNaN(Number(text)) ? undefined : Number(text);
}

it('holds for fields', () => {
  fc.assert(
    fc.property(
      places,
      fc.array(line, { minLength: 1, maxLength: 5 }),
      spacing,
      ({ places: list, ellipsisAt }, lines, space) => {
        const pattern = printPlaces(list, ellipsisAt, space);
        const comparisons = list.flatMap(({ condition }) =>
          condition === undefined ? [] : leavesOf(condition),
        );
        fc.pre(isWithinQuota(pattern, comparisons));
        const parsed = parseFilterPattern(pattern);
        for (const each of lines) {
          const texts = textsFor(list.length, ellipsisAt, each);
          const isMatch = list.every(
            ({ condition }, index) =>
              texts !== undefined &&
              (condition === undefined ||
                evaluate(condition, (leaf) => compares(leaf, texts[index]!, numberOf(texts[index]!)))),
          );
          expect(parsed.matches(printFields(each))).toBe(isMatch);
          const named = Object.fromEntries(list.map(({ name }, index) => [`$${name}`, texts?.[index]]));
          expect(parsed.extract(printFields(each))).toEqual(isMatch ? expect.objectContaining(named) : {});
        }
      },
    ),
    { numRuns: 1_000 },
  );
});

// Terms.

const term = fc.record({
  kind: fc.constantFrom('', '', '?', '-'),
  text: fc.constantFrom('a', 'ab', 'b_1', 'a b', 'a-b', '"', '\\', '{ $.a = 1 }', '\u{E9}', '%a%'),
  isQuoted: fc.boolean(),
});

it('holds for terms', () => {
  const message = fc.array(fc.constantFrom('a', 'b', '_1', ' ', '-', '"', '\\', '\u{E9}', '%'), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(fc.array(term, { minLength: 1, maxLength: 4 }), fc.array(message), (terms, messages) => {
      const pattern = terms
        .map(({ kind, text, isQuoted }) =>
          isQuoted || !/^\w+$/.test(text)
            ? `${kind}"${text.replaceAll(/["\\]/g, '\\$&')}"`
            : `${kind}${text}`,
        )
        .join(' ');
      const decisive = terms.filter(({ kind }) => kind !== '?');
      const { matches } = parseFilterPattern(pattern);
      for (const each of messages.map((signs) => signs.join(''))) {
        const isMatch =
          decisive.length > 0
            ? decisive.every(({ kind, text }) => each.includes(text) === (kind === ''))
            : terms.some(({ text }) => each.includes(text));
        expect(matches(each)).toBe(isMatch);
      }
    }),
    { numRuns: 1_000 },
  );
});

// Any text.

const SNIPPETS = [
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '$.',
  '$',
  'a',
  '.b',
  '[0]',
  '[*]',
  "['c']",
  '=',
  '!=',
  '>',
  '<=',
  '1',
  '1e5',
  '"',
  '"x"',
];
const MORE_SNIPPETS = [
  '*',
  '%',
  '%a+%',
  '\\',
  '\\d',
  '&&',
  '||',
  ',',
  '...',
  ' ',
  'IS',
  'NULL',
  'NOT EXISTS',
  '?',
  '-',
  '{1,2}',
  '\u{1F600}',
];

it('accepts a text, or refuses it as an invalid parameter', () => {
  const text = fc.oneof(
    fc.string({ unit: codePoint, maxLength: 60 }),
    fc.array(fc.constantFrom(...SNIPPETS, ...MORE_SNIPPETS), { maxLength: 20 }).map((each) => each.join('')),
    fc
      .array(fc.constantFrom(...SNIPPETS, ...MORE_SNIPPETS), { maxLength: 20 })
      .map((each) => `{$.a${each.join('')}}`),
    fc
      .array(fc.constantFrom(...SNIPPETS, ...MORE_SNIPPETS), { maxLength: 20 })
      .map((each) => `%${each.join('')}%`),
  );
  const message = fc.oneof(
    fc.string({ unit: codePoint }),
    fc.json(),
    json.map((root) => printJson(root, new Spacing([' ']))),
  );
  fc.assert(
    fc.property(text, message, (pattern, each) => {
      try {
        const parsed = parseFilterPattern(pattern);
        expect(typeof parsed.matches(each)).toBe('boolean');
        parsed.extract(each);
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        expect(error.name).toBe('InvalidParameterException');
      }
    }),
    { numRuns: 3_000 },
  );
});
