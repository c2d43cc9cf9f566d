import * as fc from 'fast-check';
import { QueryRun } from '../../../local/insights/query-run.js';
import type { QueriedEvent } from '../../../local/insights/query/queried-event.js';
import type { Command, Expression } from '../../../local/insights/query/query.js';
import { aggregate, binary, call, column, field, like, literal } from './ast.js';
import { commands } from './generated-queries.js';
import { codePoint } from '../../support/code-point.js';

/** Events of any kind, also such as the service would not have. */
const anyEvents: fc.Arbitrary<QueriedEvent[]> = fc.array(
  fc.record({
    timestamp: fc.oneof(fc.integer(), fc.double()),
    message: fc.oneof(
      fc.string({ unit: codePoint }),
      fc.json(),
      fc.object().map((value) => JSON.stringify(value)),
    ),
    ingestionTime: fc.oneof(fc.integer(), fc.double()),
    logStream: fc.string(),
    log: fc.string(),
    ptr: fc.string(),
  }),
  { maxLength: 8 },
);

function run(query: readonly Command[], events: readonly QueriedEvent[]): QueryRun {
  const one = new QueryRun({ commands: query });
  for (const event of events) one.take(event);
  return one;
}

test('no event and no query makes the evaluation throw', () => {
  fc.assert(
    fc.property(commands, anyEvents, (query, events) => {
      const { columns, rows } = run(query, events).results();

      expect(columns.length).toBeGreaterThan(0);
      expect(rows.every((row) => [...row.values()].every((text) => typeof text === 'string'))).toBe(true);
    }),
    { numRuns: 300 },
  );
});

describe('a line of 1 MiB takes no longer than its length asks for', () => {
  const MIB = 1024 * 1024;
  const stretch = (part: string): string => part.repeat(MIB / part.length);
  const lines: [string, string][] = [
    ['letters', stretch('a')],
    ['separators', stretch('a=b;')],
    ['members', `{${stretch('"a":1,')}"b":2}`],
    ['nested arrays', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['pairs', stretch('\u{1f600}')],
  ];
  const message = field('@message');
  const texts: [string, Expression][] = [
    ['trim', call('trim', message)],
    ['replace', call('replace', message, literal('a'), literal('bbbb'))],
    ['substr', call('substr', message, literal(5), literal(500_000))],
    ['strlen', call('strlen', message)],
    ['regex', like(message, 'regex', '(a|aa)*(a+)+=$')],
    ['number', binary(message, '+', literal(1))],
    ['field', field('a.0')],
  ];
  const parses: Command[] = [
    {
      kind: 'parse',
      source: message,
      pattern: { kind: 'glob', texts: ['a', 'a', '=', 'b', 'x', ''], names: ['p', 'q', 'r', 's', 't'] },
    },
    {
      kind: 'parse',
      source: message,
      pattern: { kind: 'regex', source: '(?<u>(a|b|=)+);?(?<v>x*)$', names: ['u', 'v'] },
    },
  ];

  test.each(lines)('of %s', (_, line) => {
    const event = { timestamp: 0, message: line, ingestionTime: 0, logStream: 's', log: 'l', ptr: 'p' };
    const columns = texts.map(([name, expression]) => column(name, expression));
    const sorted: Command = { kind: 'sort', keys: [{ expression: message, isDescending: true }] };
    const ends: Command[] = [
      sorted,
      { kind: 'stats', aggregates: [column('n', aggregate('sortslast', message))], by: [column('@message')] },
    ];
    const begun = process.cpuUsage();

    expect(run([...parses, { kind: 'fields', columns }, ...ends], [event]).results().rows).toHaveLength(1);
    // Less than a second; what goes back and tries again takes years.
    expect(process.cpuUsage(begun).user / 1_000_000).toBeLessThan(10);
  });
});
