import * as fc from 'fast-check';
import { functions } from '../../../../local/insights/language/functions.js';
import { parseQuery } from '../../../../local/insights/parse-query.js';
import type { BinaryOperator, Column, Command, Expression } from '../../../../local/insights/query/query.js';
import { ServiceError } from '../../../../local/service-error.js';
import { codePoint } from '../../../support/code-point.js';

/**
 * The law: a query that is printed from a tree says what the tree says, whatever its spaces, comments and case. What is no such
 * text is refused, and nothing else happens.
 */

// Trees, each with a text that stands for it.

interface Printed<Tree> {
  readonly tree: Tree;
  readonly text: string;
}

/** What may stand between two parts of a query. */
const gap = fc.constantFrom('', ' ', '\n', '\t ', ' # a "comment" | here\n');
/** What has to stand between two words. */
const space = fc.constantFrom(' ', '\n', '  ', ' # (\n');

const plainNames = ['a', 'b_c', '@message', 'd.0.e', 'limit', 'fields', 'X1', 'note', 'bin'];

const fieldText: fc.Arbitrary<Printed<string>> = fc.oneof(
  fc.constantFrom(...plainNames).map((name) => ({ tree: name, text: name })),
  fc.constantFrom('a-b', 'and', 'ü', 'count(*)', '1st').map((name) => ({ tree: name, text: `\`${name}\`` })),
);

const stringText = fc
  .tuple(fc.string({ unit: 'grapheme', maxLength: 8 }), fc.constantFrom('"', "'"))
  .map(([tree, quote]) => ({
    tree,
    text: quote + tree.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`) + quote,
  }));

const numberText = fc.oneof(
  fc.integer().map((tree) => ({ tree, text: `${tree}` })),
  fc.integer({ min: -99_999, max: 99_999 }).map((n) => ({ tree: n / 64, text: `${n / 64}` })),
);

const literal: fc.Arbitrary<Printed<Expression>> = fc
  .oneof<fc.Arbitrary<Printed<string | number | boolean>>[]>(
    stringText,
    numberText,
    fc.boolean().map((tree) => ({ tree, text: tree ? 'True' : 'false' })),
  )
  // -0 is 0 to a query, and JSON agrees.
  .map(({ tree, text }) => ({ tree: { kind: 'literal', value: tree === 0 ? 0 : tree }, text }));

const regexSource = fc
  .constantFrom('x', '(?i)a|b', String.raw`\/\d+`, '^[a-z]{2,3}$', '(x)(?:y)*?', '#|"', '\\p{Greek}')
  .map((tree) => ({ tree, text: `/${tree}/` }));

const operators: readonly BinaryOperator[] = [
  ...(['+', '-', '*', '/', '^', '%', '=', '!=', '<', '<=', '>', '>='] as const),
  ...(['and', 'or'] as const),
];

const rowNames = [...functions]
  .filter(([name, { kind }]) => kind === 'call' && name !== 'now')
  .map(([name]) => name);

/** Any expression of one row. All its operations stand in parentheses, and so does all that is in them. */
const expressions = fc.letrec<{ row: Printed<Expression>; part: Printed<Expression> }>((tie) => ({
  row: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    field(),
    literal,
    binary(tie('part')),
    tie('part').chain(unary),
    call(tie('row')),
  ),
  part: fc.tuple(tie('row'), gap, gap).map(([{ tree, text }, before, after]) => ({
    tree,
    text: `(${before}${text}${after})`,
  })),
}));

function field(): fc.Arbitrary<Printed<Expression>> {
  return fieldText.map(({ tree, text }) => ({ tree: { kind: 'field', name: tree }, text }));
}

function binary(part: fc.Arbitrary<Printed<Expression>>): fc.Arbitrary<Printed<Expression>> {
  return fc
    .tuple(part, fc.constantFrom(...operators), part, gap, gap)
    .map(([left, operator, right, before, after]) => ({
      tree: { kind: 'binary', operator, left: left.tree, right: right.tree },
      text: `${left.text}${before}${operator.toUpperCase()}${after}${right.text}`,
    }));
}

function unary({ tree, text }: Printed<Expression>): fc.Arbitrary<Printed<Expression>> {
  const not = (operand: Expression): Expression => ({ kind: 'not', operand });
  return fc.oneof(
    gap.map((some) => ({ tree: { kind: 'negate', operand: tree } as const, text: `-${some}${text}` })),
    space.map((some) => ({ tree: not(tree), text: `Not${some}${text}` })),
    fc.tuple(regexSource, fc.boolean()).map(([regex, isNegated]) => {
      const like: Expression = { kind: 'like', operand: tree, pattern: { kind: 'regex', text: regex.tree } };
      return isNegated
        ? { tree: not(like), text: `${text} not like ${regex.text}` }
        : { tree: like, text: `${text} =~${regex.text}` };
    }),
    stringText.map((pattern) => ({
      tree: { kind: 'like', operand: tree, pattern: { kind: 'text', text: pattern.tree } } as const,
      text: `${text}LIKE${pattern.text}`,
    })),
    fc.array(literal, { minLength: 1, maxLength: 3 }).map((options) => ({
      tree: { kind: 'in', operand: tree, options: options.map((each) => each.tree) } as const,
      text: `${text} In [ ${options.map((each) => each.text).join(' ,')}]`,
    })),
  );
}

/** A call with as many arguments as it may have; periods are those of every function that takes one. */
function call(row: fc.Arbitrary<Printed<Expression>>): fc.Arbitrary<Printed<Expression>> {
  return fc.constantFrom(...rowNames).chain((name) => {
    const { spelling, rule } = functions.get(name)!;
    const count = fc.integer({ min: rule.least, max: Math.min(rule.most, rule.least + 2) });
    return count
      .chain((length) =>
        fc.tuple(...Array.from({ length }, (_, index) => (index === rule.period ? period : row))),
      )
      .map((given) => ({
        tree: { kind: 'call', name, arguments: given.map(({ tree }) => tree) } as const,
        text: `${spelling}(${given.map(({ text }) => text).join(', ')})`,
      }));
  });
}

const period: fc.Arbitrary<Printed<Expression>> = fc
  .constantFrom('5m', '1h', '250ms', '3mo')
  .map((value) => ({ tree: { kind: 'literal', value }, text: value }));

const row = expressions.row;

/** A column, whose name is its text unless it has another. */
function column({ tree, text }: Printed<Expression>, alias?: string): Printed<Column> {
  if (alias !== undefined) return { tree: { name: alias, expression: tree }, text: `${text} AS ${alias}` };
  return { tree: { name: tree.kind === 'field' ? tree.name : text, expression: tree }, text };
}

function list<Tree>(printed: readonly Printed<Tree>[], separator = ' ,\n'): Printed<Tree[]> {
  return { tree: printed.map(({ tree }) => tree), text: printed.map(({ text }) => text).join(separator) };
}

const rows = fc.array(row, { minLength: 1, maxLength: 3 });

/** A command that may stand before `stats`; names that it gives are made of the index. */
function command(index: number): fc.Arbitrary<Printed<Command>> {
  return fc.oneof<fc.Arbitrary<Printed<Command>>[]>(
    columns(index),
    row.map(({ tree, text }) => ({ tree: { kind: 'filter', condition: tree }, text: `FILTER(${text})` })),
    fc.tuple(row, fc.boolean()).map(([{ tree, text }, isDescending]) => ({
      tree: { kind: 'sort', keys: [{ expression: tree, isDescending }] },
      text: `sort ${text} ${isDescending ? 'Desc' : ''}`,
    })),
    fc
      .integer({ min: 1, max: 100_000 })
      .map((count) => ({ tree: { kind: 'limit', count }, text: `Limit ${count}` })),
    glob(index),
  );
}

function columns(index: number): fc.Arbitrary<Printed<Command>> {
  return fc.tuple(rows, fc.constantFrom('fields' as const, 'display' as const)).map(([given, kind]) => {
    const { tree, text } = list(
      given.map((each, at) => column(each, at % 2 ? `new_${index}_${at}` : undefined)),
    );
    return { tree: { kind, columns: tree }, text: `${kind} ${text}` };
  });
}

function glob(index: number): fc.Arbitrary<Printed<Command>> {
  const piece = fc.string({ unit: fc.constantFrom('a', ' ', '[', '|', '#'), minLength: 1, maxLength: 3 });
  return fc.tuple(fieldText, fc.array(piece, { minLength: 2, maxLength: 4 })).map(([source, texts]) => {
    const names = texts.slice(1).map((_, at) => `part_${index}.${at}`);
    return {
      tree: {
        kind: 'parse',
        source: { kind: 'field', name: source.tree },
        pattern: { kind: 'glob', texts, names },
      },
      text: `parse ${source.text} "${texts.join('*')}" as ${names.join(',')}`,
    };
  });
}

const query = fc
  .integer({ min: 1, max: 5 })
  .chain((length) => fc.tuple(...Array.from({ length }, (_, index) => command(index))))
  .map((commands) => list(commands, '\n| '));

it('reads what is printed', () => {
  fc.assert(
    fc.property(query, ({ tree, text }) => {
      expect(parseQuery(text)).toEqual({ commands: tree });
    }),
    { numRuns: 100 },
  );
});

it('reads statistics of what is printed', () => {
  fc.assert(
    fc.property(row, row, fc.constantFrom('sum', 'LATEST', 'count_Distinct'), (value, key, name) => {
      const text = `stats ${name}(${value.text}) as v by ${key.text} as k | stats max(v), min(k)`;
      const aggregate = { kind: 'aggregate', name: name.toLowerCase(), arguments: [value.tree] };
      expect(parseQuery(text).commands[0]).toEqual({
        kind: 'stats',
        aggregates: [{ name: 'v', expression: aggregate }],
        by: [{ name: 'k', expression: key.tree }],
      });
    }),
  );
});

// Texts that may be none.

const scraps = fc.constantFrom(
  ...'fields filter stats by as parse sort limit dedup display and or not in like count(*) bin(5m) abs'.split(
    ' ',
  ),
  ...'( ) [ ] , | " \' ` / \\ * =~ = - ^ # @message a . 1 1.5 "x" /(?<x>a)/ "*-*" {1000} (? ü 😀'.split(' '),
  '\n',
  '\0',
);

const texts = fc.oneof(
  fc.string({ unit: codePoint, maxLength: 60 }),
  fc.array(scraps, { maxLength: 20 }).map((parts) => parts.join(' ')),
  fc.array(scraps, { maxLength: 12 }).map((parts) => `filter a like /${parts.join('')}/`),
  // A good query with something else in it.
  fc.tuple(query, fc.nat(), scraps).map(([{ text }, at, scrap]) => {
    const index = at % text.length;
    return text.slice(0, index) + scrap + text.slice(index);
  }),
);

it('reads a text or refuses it', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const refusal = refusalOf(text);
      if (refusal === undefined) return;
      expect(refusal).toBeInstanceOf(ServiceError);
      expect(refusal.name).toBe('MalformedQueryException');
      expect(refusal.message).not.toContain('\n');
      expect(refusal.message.length).toBeLessThan(1_000);
    }),
    { numRuns: 700 },
  );
});

function refusalOf(text: string): Error | undefined {
  try {
    parseQuery(text);
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

// The longest query that the API takes has 10,000 characters.

describe.each([
  ['(', ')', 'nests at most 100 levels'],
  ['abs(', ')', 'nests at most 100 levels'],
  ['not ', '', 'nests at most 100 levels'],
  ['- ', '', 'nests at most 100 levels'],
  ['1+', '', 'at most 250 operations in each other'],
  ['1*(1+', ')', 'nests at most 100 levels'],
])('%s without an end', (open, close, message) => {
  test('is refused', () => {
    const times = Math.floor(9_900 / (open.length + close.length));
    const text = `fields ${open.repeat(times)}a${close.repeat(times)}`;
    expect(refusalOf(text)?.message).toContain(message);
  });

  test('is read to a bound', () => {
    expect(refusalOf(`fields ${open.repeat(50)}a${close.repeat(50)}`)).toBeUndefined();
  });
});

it('joins a thousand conditions into a tree of few levels', () => {
  const [filter] = parseQuery(
    `filter ${Array.from({ length: 1024 }, (_, n) => `a=${n}`).join(' or ')}`,
  ).commands;
  expect(filter?.kind === 'filter' && depthOf(filter.condition)).toBe(12);
});

function depthOf(expression: Expression): number {
  return expression.kind === 'binary' ? 1 + Math.max(depthOf(expression.left), depthOf(expression.right)) : 1;
}

/** Time that compiling takes grows with it. */
describe.each(['(a*)', 'a?', '[^x]', '(a|b){9}', 'a{99}', '(?:a{9}){99}', String.raw`\pL`, '('])(
  'a long regular expression of %s',
  (scrap) => {
    const repeated = (length: number) => scrap.repeat(Math.ceil(length / scrap.length));

    test('is refused before it is compiled', () => {
      expect(refusalOf(`filter a like /${repeated(9_000)}/`)?.message).toMatch(/has more than 2000 steps/);
    });
  },
);

it.each([
  String.raw`(?<ip>\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}) - \[(?<time>[^\]]{20,30})\] "(?<call>[A-Z]{3,7} \S+)" (?<status>\d{3})`,
  '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}',
  '(?:a{10}){100}',
])('an ordinary regular expression is no long one: %s', (source) => {
  expect(refusalOf(`filter a like /${source}/`)).toBeUndefined();
});
