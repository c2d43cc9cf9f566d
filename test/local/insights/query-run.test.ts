import { QueryRun } from '../../../local/insights/query-run.js';
import type { QueriedEvent } from '../../../local/insights/query/queried-event.js';
import type { Command, StatsCommand } from '../../../local/insights/query/query.js';
import { aggregate, binary, call, column, field, literal } from './ast.js';

const START = Date.UTC(2026, 0, 31, 8);

/** Events a minute apart, the last one in time first. */
function eventsOf(...messages: (string | object)[]): QueriedEvent[] {
  return messages.map((message, index) => ({
    timestamp: START - index * 60_000,
    message: typeof message === 'string' ? message : JSON.stringify(message),
    ingestionTime: START,
    logStream: 'web/1',
    log: '123456789012:/myapp',
    ptr: `p${index}`,
  }));
}

function runOver(events: readonly QueriedEvent[], ...commands: Command[]): QueryRun {
  const run = new QueryRun({ commands });
  for (const event of events) if (run.isOpen) run.take(event);
  return run;
}

function rowsOf(events: readonly QueriedEvent[], ...commands: Command[]): Record<string, string>[] {
  return runOver(events, ...commands)
    .results()
    .rows.map((row) => Object.fromEntries(row));
}

/** The values of one column. */
function columnOf(
  name: string,
  events: readonly QueriedEvent[],
  ...commands: Command[]
): (string | undefined)[] {
  return rowsOf(events, ...commands).map((row) => row[name]);
}

const fields = (...names: string[]): Command => ({
  kind: 'fields',
  columns: names.map((name) => column(name)),
});
const display = (...names: string[]): Command => ({
  kind: 'display',
  columns: names.map((name) => column(name)),
});
const limit = (count: number): Command => ({ kind: 'limit', count });
const sort = (name: string, isDescending = false): Command => ({
  kind: 'sort',
  keys: [{ expression: field(name), isDescending }],
});
const stats = (aggregates: StatsCommand['aggregates'], ...by: StatsCommand['by']): Command => ({
  kind: 'stats',
  aggregates,
  by,
});
const isError: Command = { kind: 'filter', condition: binary(field('level'), '=', literal('ERROR')) };
const parsed: Command = {
  kind: 'parse',
  source: field('@message'),
  pattern: { kind: 'glob', texts: ['user=', ''], names: ['user'] },
};
const count = column('count(*)', aggregate('count'));

test('ids that JavaScript would take for one number are values of their own', () => {
  const [one, other] = ['1768478400000000001', '1768478400000000002'];
  const events = eventsOf(`{"id":${one}}`, `{"id":${other}}`);
  const byId = stats([count], column('id'));
  const isOne: Command = { kind: 'filter', condition: binary(field('id'), '=', literal(one)) };
  const [min, max] = ['min', 'max'].map((name) => column(name, aggregate(name, field('id'))));

  expect(columnOf('id', events, byId)).toEqual([one, other]);
  expect(columnOf('id', events, isOne, fields('id'))).toEqual([one]);
  expect(columnOf('id', events, sort('id', true), fields('id'))).toEqual([other, one]);
  expect(rowsOf(events, stats([min!, max!]))).toEqual([{ min: one, max: other }]);
});

test('the rows so far are given at once if they are few, and the whole result in steps', () => {
  const some = eventsOf(...Array.from({ length: 9_000 }, (_, n) => ({ n: (n * 7) % 9_000 })));
  const byNumber = [fields('n'), sort('n')];
  const [few, many] = [runOver(some.slice(0, 10), ...byNumber), runOver(some, ...byNumber)];
  const steps = many.resultsInSteps();
  let pieces = 0;
  for (let step = steps.next(); step.done !== true; step = steps.next()) pieces += 1;

  expect(few.resultsSoFar()).toEqual(few.results());
  expect(many.resultsSoFar()).toEqual({ columns: ['n'], rows: [], recordsMatched: 9_000 });
  expect(
    many
      .results()
      .rows.slice(0, 3)
      .map((row) => row.get('n')),
  ).toEqual(['0', '1', '2']);
  expect(pieces).toBeGreaterThan(9_000);
});

describe('the columns', () => {
  test.each<[string, Command[], string[]]>([
    ['without a command', [], ['@timestamp', '@message']],
    ['of a filter', [isError], ['@timestamp', '@message']],
    ['of fields, each once', [fields('a', 'b'), fields('b', 'c')], ['a', 'b', 'c']],
    ['of parse after those by default', [parsed], ['@timestamp', '@message', 'user']],
    ['of parse where it stands', [fields('a'), parsed, fields('b')], ['a', 'user', 'b']],
    ['of display alone', [fields('a'), parsed, display('b', 'user')], ['b', 'user']],
    ['of the last display', [display('a'), display('b')], ['b']],
    ['of stats: groups first', [fields('a'), stats([count], column('level'))], ['level', 'count(*)']],
    [
      'of the second stats',
      [stats([count], column('level')), stats([column('m', aggregate('max', field('count(*)')))])],
      ['m'],
    ],
  ])('%s', (_, commands, columns) => {
    expect(new QueryRun({ commands }).results().columns).toEqual(columns);
  });

  test('of an event are followed by the pointer to it, those of a group are not', () => {
    const events = eventsOf({ level: 'INFO' });

    expect([...runOver(events).results().rows[0]!]).toEqual([
      ['@timestamp', '2026-01-31 08:00:00.000'],
      ['@message', '{"level":"INFO"}'],
      ['@ptr', 'p0'],
    ]);
    expect(rowsOf(events, stats([count], column('level')))).toEqual([{ level: 'INFO', 'count(*)': '1' }]);
  });

  test('are absent from a row that has no value for them', () => {
    expect(rowsOf(eventsOf({ a: null, b: '' }), fields('a', 'b', 'c'))).toEqual([{ b: '', '@ptr': 'p0' }]);
  });
});

describe('the fields of an event', () => {
  test('are those of the service and those of its JSON', () => {
    const names = [
      '@log',
      '@logStream',
      '@ingestionTime',
      'error.type',
      'items.1.id',
      '@@odd',
      '@odd',
      'ok',
      'big',
    ];
    const [event] = eventsOf({
      error: { type: 'Timeout' },
      items: [{}, { id: 7 }],
      '@odd': 1,
      ok: false,
      big: 1e21,
    });

    expect(rowsOf([event!], fields(...names))).toEqual([
      {
        '@log': '123456789012:/myapp',
        '@logStream': 'web/1',
        '@ingestionTime': '2026-01-31 08:00:00.000',
        'error.type': 'Timeout',
        'items.1.id': '7',
        '@@odd': '1',
        ok: 'false',
        big: '1e+21',
        '@ptr': 'p0',
      },
    ]);
  });

  test.each(['not JSON', '{broken', '[1]', '{"a":', ' {"a":1}', '"a"', ''])(
    'of the line %j are none',
    (line) => {
      expect(rowsOf(eventsOf(line), fields('a', '0', 'constructor', '__proto__'))).toEqual([
        { '@ptr': 'p0' },
      ]);
    },
  );

  test('of a flat object are no members of every object', () => {
    expect(rowsOf(eventsOf({ a: 1 }), fields('toString', 'hasOwnProperty'))).toEqual([{ '@ptr': 'p0' }]);
  });

  test.each([
    [
      'flat',
      (members: number) =>
        Object.fromEntries(Array.from({ length: members }, (_, index) => [`f${index}`, index])),
    ],
    ['nested', (members: number) => ({ f: Array.from({ length: members }, (_, index) => index) })],
  ])('of a %s object are 200 at most', (kind, objectOf) => {
    const name = (index: number): string => (kind === 'flat' ? `f${index}` : `f.${index}`);
    const found = [199, 200, 201].map(
      (members) => columnOf(name(members - 1), eventsOf(objectOf(members)), fields(name(members - 1)))[0],
    );

    expect(found).toEqual(['198', '199', undefined]);
  });
});

describe('the rows', () => {
  test('are 10,000 at most, unless a limit says otherwise', () => {
    const [event] = eventsOf('line');
    const events = Array.from({ length: 10_050 }, () => event!);

    expect(runOver(events).results().rows).toHaveLength(10_000);
    expect(runOver(events, sort('@message')).results().rows).toHaveLength(10_000);
    expect(runOver(events, limit(9_999)).results().rows).toHaveLength(9_999);
    expect(runOver(events, limit(10_001)).results().rows).toHaveLength(10_001);
    expect(runOver(events, sort('@message'), limit(10_001)).results().rows).toHaveLength(10_001);
    expect(runOver(events, stats([count]), limit(1)).results().rows).toHaveLength(1);
  });

  test('of one millisecond are in the order of writing by rising time, else the last one first', () => {
    const events = eventsOf('third', 'second', 'first').map((event) => ({ ...event, timestamp: START }));

    expect(columnOf('@message', events, sort('@timestamp'))).toEqual(['first', 'second', 'third']);
    expect(columnOf('@message', events, sort('@timestamp', true))).toEqual(['third', 'second', 'first']);
  });

  test('in order are right when there were many more than are wanted', () => {
    const events = eventsOf(...Array.from({ length: 5_000 }, (_, index) => ({ n: (index * 7919) % 5_000 })));

    expect(columnOf('n', events, fields('n'), sort('n'), limit(3))).toEqual(['0', '1', '2']);
    expect(columnOf('n', events, fields('n'), sort('n', true), limit(3))).toEqual(['4999', '4998', '4997']);
  });

  test('of stats without an event are none', () => {
    expect(rowsOf([], stats([count]))).toEqual([]);
  });

  test('of bin() fall in time', () => {
    const by = column('bin(2m)', call('bin', literal('2m')));

    expect(rowsOf(eventsOf('c', 'b', 'a'), stats([count], by))).toEqual([
      { 'bin(2m)': '2026-01-31 08:00:00.000', 'count(*)': '1' },
      { 'bin(2m)': '2026-01-31 07:58:00.000', 'count(*)': '2' },
    ]);
  });

  test('of a second stats are made of those of the first', () => {
    const perLevel = stats([column('n', aggregate('count'))], column('level'));
    const levels = eventsOf({ level: 'INFO' }, { level: 'INFO' }, { level: 'ERROR' });

    expect(rowsOf(levels, perLevel, stats([column('most', aggregate('max', field('n'))), count]))).toEqual([
      { most: '2', 'count(*)': '2' },
    ]);
  });

  test('have columns of stats that use those before them', () => {
    const span = [
      column('from', aggregate('min', field('n'))),
      column('to', aggregate('max', field('n'))),
      column('span', binary(field('to'), '-', field('from'))),
      column('mean', call('floor', aggregate('avg', field('n')))),
    ];

    expect(rowsOf(eventsOf({ n: 9 }, { n: 2 }), stats(span))).toEqual([
      { from: '2', to: '9', span: '7', mean: '5' },
    ]);
  });
});

test('the result is the same when it is asked again, whatever later commands make of a column', () => {
  const oneMore: Command = { kind: 'fields', columns: [column('n', binary(field('n'), '+', literal(1)))] };
  const run = runOver(eventsOf({ n: 5 }, { n: 7 }), oneMore, sort('n'), limit(1), oneMore);

  expect(run.results().rows.map((row) => row.get('n'))).toEqual(['7']);
  expect(run.results().rows.map((row) => row.get('n'))).toEqual(['7']);
});

describe('a query is open', () => {
  test('until its limit is reached, if nothing after it needs more events', () => {
    const events = eventsOf('c', 'b', 'a');

    expect(runOver(events, limit(3)).isOpen).toBe(false);
    expect(runOver(events, limit(4)).isOpen).toBe(true);
    expect(runOver(events, limit(2), stats([count])).isOpen).toBe(false);
    expect(runOver(events, sort('@message'), limit(1)).isOpen).toBe(true);
    expect(runOver(events, stats([count]), limit(1)).isOpen).toBe(true);
  });

  test('and takes nothing once it is not', () => {
    const run = runOver(eventsOf('b', 'a'), limit(1));
    run.take(eventsOf('late')[0]!);

    expect(run.results()).toMatchObject({
      recordsMatched: 1,
      rows: [
        new Map([
          ['@timestamp', '2026-01-31 08:00:00.000'],
          ['@message', 'b'],
          ['@ptr', 'p0'],
        ]),
      ],
    });
  });
});

test('records that match are those that pass the filters before the first stats', () => {
  const events = eventsOf({ level: 'ERROR', n: 1 }, { level: 'ERROR' }, { level: 'INFO', n: 1 });
  const hasNumber: Command = { kind: 'filterIndex', condition: call('ispresent', field('n')) };

  expect(runOver(events).results().recordsMatched).toBe(3);
  expect(runOver(events, isError).results().recordsMatched).toBe(2);
  expect(runOver(events, isError, sort('n'), hasNumber).results().recordsMatched).toBe(1);
  expect(runOver(events, isError, stats([count]), hasNumber).results().recordsMatched).toBe(2);
});

describe('a query that would hold too much fails and says so', () => {
  const long = eventsOf(...Array.from({ length: 300 }, (_, index) => String(index).padEnd(200_000, 'x')));

  test.each<[string, Command[]]>([
    ['values of groups', [stats([column('d', aggregate('count_distinct', field('@message')))])]],
    ['groups', [stats([count], column('@message'))]],
    ['values of dedup', [{ kind: 'dedup', fields: [field('@message')] }]],
    [
      'rows in order',
      [
        { kind: 'fields', columns: [column('a', call('concat', field('@message'), literal('!')))] },
        sort('a'),
      ],
    ],
  ])('%s', (things, commands) => {
    const run = runOver(long, ...commands);

    expect(run.failure).toBe(
      `The query has to hold more ${things} than this server allows (about 64 MiB). Filter more, take a shorter time range, or group by fewer values.`,
    );
    expect(run.isOpen).toBe(false);
    expect(run.results().rows).toEqual([]);
  });

  test('but not what it can let go', () => {
    const lengths = {
      kind: 'fields' as const,
      columns: [column('a', call('concat', field('@message'), literal('!')))],
    };
    const events = [...long, ...long];
    const run = runOver(events, lengths, sort('a', true), limit(2), fields('@ptr'));

    expect(run.failure).toBeUndefined();
    expect(run.results().rows).toHaveLength(2);
  });
});
