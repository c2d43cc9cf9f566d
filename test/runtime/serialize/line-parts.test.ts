import { bytesOf, lineParts, nameOf } from '../../../runtime/serialize/line-parts.js';
import { Measured } from '../../../runtime/serialize/measured.js';

function partsOf(line: object, preserved: readonly string[] = [], room = 10_000): object {
  const { kept, essential, rest, lost } = lineParts(new Measured(line), preserved, room);
  const [keptPaths, essentialPaths, lostPaths] = [kept, essential, lost].map((leaves) =>
    leaves.map(({ path }) => path.join('.')),
  );
  return { kept: keptPaths, essential: essentialPaths, rest: rest.names, lost: lostPaths };
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
    lost: [],
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

test('preserved members are kept, and no longer essential', () => {
  expect(partsOf(line, ['user.id', 'absent', 'user.absent', 'error', 'error.type'])).toEqual({
    kept: ['timestamp', 'level', 'user.id', 'error'],
    essential: ['message', 'requestId'],
    rest: ['user'],
    lost: [],
  });
});

test('without room for all, those at the end of the list leave', () => {
  const { kept } = lineParts(new Measured(line), ['user.id', 'error'], 10_000);
  const bytes = kept
    .slice(0, 3)
    .map(bytesOf)
    .reduce((a, b) => a + b);
  const room = bytes + '"message":,'.length + 40;
  expect(partsOf(line, ['user.id', 'error'], room)).toMatchObject({
    kept: ['timestamp', 'level', 'user.id'],
    lost: ['error'],
  });
  expect(partsOf(line, ['user.id', 'error'], room - 1)).toMatchObject({ lost: ['user.id', 'error'] });
});

test('a leaf counts with all that is around it, and is named at two levels', () => {
  const { essential } = lineParts(new Measured({ error: { cause: { type: 'C' } } }), [], 1_000);
  expect(essential.map((leaf) => [bytesOf(leaf), nameOf(leaf)])).toEqual([
    ['"error":{"cause":{"type":"C"}},'.length, 'error.cause'],
  ]);
});
