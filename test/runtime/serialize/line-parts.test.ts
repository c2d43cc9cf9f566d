import { lineParts } from '../../../runtime/serialize/line-parts.js';
import { sizeOf } from '../../../runtime/serialize/part.js';

type Line = Readonly<Record<string, unknown>>;

function partsOf(line: Line, preserved: readonly string[] = [], room = 10_000): Record<string, string[]> {
  const parts = Object.entries(lineParts(line, preserved, room));
  return Object.fromEntries(
    parts.map(([kind, each]) => [kind, each.map(({ path }: { path: string[] }) => path.join('.'))]),
  );
}

const line = {
  timestamp: '2026-01-15T12:00:00.000Z',
  level: 'error',
  message: 'm',
  requestId: 'r',
  user: { id: 7, name: 'Ada' },
  error: { type: 'E', message: 'e', stack: 's', rows: [1], cause: { type: 'C', message: 'c', extra: 1 } },
};

test('time and level are kept; message, error and identity are essential', () => {
  expect(partsOf(line)).toEqual({
    kept: ['timestamp', 'level'],
    essential: [
      'message',
      'error.type',
      'error.message',
      'error.stack',
      'error.cause.type',
      'error.cause.message',
      'requestId',
    ],
    rest: ['user', 'error'],
  });
});

test.each([
  [
    { error: 'E_CODE', err: 1 },
    { essential: ['error'], rest: ['err'] },
  ],
  [{ err: { type: 'E', cause: 'c' } }, { essential: ['err.type', 'err.cause'], rest: [] }],
  [
    { msg: 'm', time: 1, level: 30 },
    { kept: ['time', 'level'], essential: ['msg'] },
  ],
  [{ error: ['a'] }, { essential: ['error'] }],
])('%j', (given, expected) => {
  expect(partsOf(given)).toMatchObject(expected);
});

test('the trace is essential by either name of its id', () => {
  expect(partsOf({ traceId: 't', spanId: 's' }).essential).toEqual(['traceId']);
  expect(partsOf({ trace_id: 't', span_id: 's' }).essential).toEqual(['trace_id']);
});

test('preserved members are kept, and no longer essential', () => {
  expect(partsOf(line, ['user.id', 'absent', 'user.absent', 'error', 'error.type'])).toEqual({
    kept: ['timestamp', 'level', 'user.id', 'error'],
    essential: ['message', 'requestId'],
    rest: ['user'],
  });
});

test('without room for all, those at the end of the list leave', () => {
  const { kept } = lineParts(line, ['user.id', 'error'], 10_000);
  const room = sizeOf(kept.slice(0, 3)) + '"message":,'.length + 40;
  expect(partsOf(line, ['user.id', 'error'], room)['kept']).toEqual(['timestamp', 'level', 'user.id']);
  expect(partsOf(line, ['user.id', 'error'], room - 1)['kept']).toEqual(['timestamp', 'level']);
});

test('the line stays as it is, and its parts have each value once', () => {
  const before = structuredClone(line);
  const { kept, essential, rest } = lineParts(line, ['user.id'], 10_000);
  expect(line).toEqual(before);
  expect(rest.map(({ value }) => value)).toEqual([{ name: 'Ada' }, { rows: [1], cause: { extra: 1 } }]);
  expect([...kept, ...essential].map(({ value }) => value)).toEqual(
    [line.timestamp, 'error', 7].concat(['m', 'E', 'e', 's', 'C', 'c', 'r']),
  );
});
