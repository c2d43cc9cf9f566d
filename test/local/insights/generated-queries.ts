import * as fc from 'fast-check';
import type { QueriedEvent } from '../../../local/insights/query/queried-event.js';
import type { BinaryOperator, Column, Command, Expression } from '../../../local/insights/query/query.js';
import { aggregate, binary, call, column, field, like, literal } from './ast.js';

const words = [
  '',
  ' ',
  'info',
  'error',
  'a1',
  'a10',
  'A',
  '7',
  '07',
  '10',
  '1e1',
  'true',
  'user=b id=7;',
  '\u{1f600}',
];
const leaf = fc.oneof(
  fc.constantFrom(...words),
  fc.integer({ min: -2, max: 12 }),
  fc.constantFrom(0.5, 2.25),
  fc.boolean(),
  fc.constant(null),
);
const json = fc
  .record(
    { level: leaf, n: leaf, s: leaf, a: fc.record({ b: leaf }), items: fc.array(leaf, { maxLength: 2 }) },
    { requiredKeys: [] },
  )
  .map((value) => JSON.stringify(value));
const line = fc
  .tuple(fc.constantFrom(...words), fc.constantFrom(...words))
  .map(([user, id]) => `user=${user} id=${id}; done`);

/** Events, the last one in time first. Some have the same time. */
export const events: fc.Arbitrary<QueriedEvent[]> = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.oneof(json, json, line)), { maxLength: 14 })
  .map((parts) =>
    parts
      .toSorted(([one], [other]) => other - one)
      .map(([time, message], index) => ({
        timestamp: time * 40_000,
        message,
        ingestionTime: 400_000 - time,
        logStream: index % 3 === 0 ? 'even' : 'odd',
        log: '123456789012:/myapp',
        ptr: `p${index}`,
      })),
  );

const eventFields = ['level', 'n', 's', 'a.b', 'items.0', '@timestamp', '@message', '@logStream', 'x', 'y'];
const operators: BinaryOperator[] = [
  '+',
  '-',
  '*',
  '/',
  '^',
  '%',
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'and',
  'or',
];
const period = fc.constantFrom('1m', '2m').map(literal);

/** Expressions of fields by these names. */
function expressionOf(names: readonly string[]): fc.Arbitrary<Expression> {
  return fc.letrec<{ expression: Expression }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      { weight: 5, arbitrary: fc.constantFrom(...names).map(field) },
      {
        weight: 3,
        arbitrary: fc
          .oneof(fc.constantFrom(...words), fc.integer({ min: -2, max: 12 }), fc.boolean())
          .map(literal),
      },
      {
        weight: 5,
        arbitrary: fc
          .tuple(tie('expression'), fc.constantFrom(...operators), tie('expression'))
          .map((parts) => binary(...parts)),
      },
      { weight: 1, arbitrary: tie('expression').map((operand) => ({ kind: 'not' as const, operand })) },
      { weight: 1, arbitrary: tie('expression').map((operand) => ({ kind: 'negate' as const, operand })) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(tie('expression'), fc.array(tie('expression'), { maxLength: 3 }))
          .map(([operand, options]) => ({ kind: 'in' as const, operand, options })),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(tie('expression'), fc.constantFrom('', 'info', '7', 'r='))
          .map(([operand, text]) => like(operand, 'text', text)),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(tie('expression'), fc.constantFrom('[a-e]r+', '^a1', '7$', 'user=(b|7)', '^$'))
          .map(([operand, text]) => like(operand, 'regex', text)),
      },
      { weight: 5, arbitrary: callOf(tie('expression')) },
    ),
  })).expression;
}

function callOf(part: fc.Arbitrary<Expression>): fc.Arbitrary<Expression> {
  const one = fc.constantFrom(
    'ispresent',
    'isempty',
    'isblank',
    'strlen',
    'toupper',
    'trim',
    'abs',
    'floor',
    'tomillis',
    'frommillis',
  );
  const text = fc.constantFrom('a', '1', 'or').map(literal);
  return fc.oneof(
    fc.tuple(one, part).map(([name, a]) => call(name, a)),
    fc
      .tuple(fc.constantFrom('coalesce', 'concat', 'greatest'), part, part)
      .map(([name, a, b]) => call(name, a, b)),
    fc.tuple(part, part, part).map((parts) => call('if', ...parts)),
    fc.tuple(part, text).map(([a, b]) => call('strcontains', a, b)),
    fc.tuple(part, text, text).map((parts) => call('replace', ...parts)),
    fc.tuple(part, fc.nat(3).map(literal), fc.nat(3).map(literal)).map((parts) => call('substr', ...parts)),
    period.map((a) => call('bin', a)),
    fc.tuple(part, period).map((parts) => call('datefloor', ...parts)),
  );
}

/** Commands that are not `stats`. */
function commandOf(names: readonly string[]): fc.Arbitrary<Command> {
  const expression = expressionOf(names);
  const made = fc.constantFrom('x', 'y');
  const columns = fc.array(
    fc.oneof(
      fc.constantFrom(...names).map((name) => column(name)),
      fc.tuple(made, expression).map((parts) => column(...parts)),
    ),
    { minLength: 1, maxLength: 3 },
  );
  const key = fc.record({
    expression: fc.oneof(fc.constantFrom(...names).map(field), expression),
    isDescending: fc.boolean(),
  });
  const source = fc.constantFrom('@message', 's', 'x').map(field);
  return fc.oneof(
    fc.record({ kind: fc.constantFrom('filter' as const, 'filterIndex' as const), condition: expression }),
    fc.record({ kind: fc.constantFrom('fields' as const, 'display' as const), columns }),
    fc.record({ kind: fc.constant('sort' as const), keys: fc.array(key, { minLength: 1, maxLength: 2 }) }),
    fc.record({ kind: fc.constant('limit' as const), count: fc.integer({ min: 1, max: 8 }) }),
    fc.record({
      kind: fc.constant('dedup' as const),
      fields: fc.array(fc.constantFrom(...names).map(field), { minLength: 1, maxLength: 2 }),
    }),
    fc.record({
      kind: fc.constant('parse' as const),
      source,
      pattern: fc.constantFrom(
        { kind: 'glob' as const, texts: ['user=', ' id=', ';'], names: ['x', 'y'] },
        { kind: 'glob' as const, texts: ['', '=', ''], names: ['x', 'y'] },
        { kind: 'glob' as const, texts: ['r', ''], names: ['y'] },
        { kind: 'regex' as const, source: '(?<x>\\w+)=(?<y>b|7)?', names: ['x', 'y'] },
      ),
    }),
  );
}

/** `stats` over these names, whose columns are `g…` and `m…`. Without stddev: its last digits depend on the way to it. */
function statsOf(names: readonly string[], mark: string): fc.Arbitrary<Command> {
  const expression = expressionOf(names);
  const functions = fc.constantFrom(
    'count',
    'count_distinct',
    'sum',
    'avg',
    'min',
    'max',
    'median',
    'earliest',
    'latest',
    'sortsfirst',
    'sortslast',
  );
  const part = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...names).map(field) },
    { weight: 1, arbitrary: expression },
  );
  const one = fc.oneof(
    { weight: 1, arbitrary: fc.constant(aggregate('count')) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(part, fc.constantFrom(0, 50, 90, 100).map(literal))
        .map((parts) => aggregate('pct', ...parts)),
    },
    { weight: 6, arbitrary: fc.tuple(functions, part).map(([name, a]) => aggregate(name, a)) },
  );
  const arithmetic = fc.oneof(
    { weight: 3, arbitrary: one },
    {
      weight: 1,
      arbitrary: fc
        .tuple(one, fc.constantFrom<BinaryOperator>('-', '/'), one)
        .map((parts) => binary(...parts)),
    },
  );
  const by = fc.oneof(
    fc.constantFrom(...names).map(field),
    period.map((a) => call('bin', a)),
    expression,
  );
  const named =
    (prefix: string) =>
    (parts: Expression[]): Column[] =>
      parts.map((value, index) => column(`${prefix}${mark}${index}`, value));
  return fc.record({
    kind: fc.constant('stats' as const),
    aggregates: fc.array(arithmetic, { minLength: 1, maxLength: 2 }).map(named('m')),
    by: fc.array(by, { maxLength: 2 }).map(named('g')),
  });
}

const groupNames = ['m10', 'm11', 'g10', 'g11', 'x'];
const lastNames = ['m20', 'm21', 'g20', 'y'];
const some = (names: readonly string[]): fc.Arbitrary<Command[]> =>
  fc.array(commandOf(names), { maxLength: 4 });

export const commands: fc.Arbitrary<Command[]> = fc.oneof(
  some(eventFields),
  fc
    .tuple(some(eventFields), statsOf(eventFields, '1'), some(groupNames))
    .map(([a, b, c]) => [...a, b, ...c]),
  fc
    .tuple(
      some(eventFields),
      statsOf(eventFields, '1'),
      some(groupNames),
      statsOf(groupNames, '2'),
      some(lastNames),
    )
    .map(([a, b, c, d, e]) => [...a, b, ...c, d, ...e]),
);
