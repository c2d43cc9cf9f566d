import type { LogRecord } from '../../../runtime/log-record.js';
import { serialize, type OversizeAction } from '../../../runtime/serialize/events.js';
import { formatLine } from '../../../runtime/serialize/line.js';
import { NOW_MS } from '../../support/events.js';

const MIB = 1_048_576;

/** A record whose event counts exactly this many bytes. */
function recordOf(bytes: number): LogRecord {
  const empty: LogRecord = { timeMs: NOW_MS, level: 'error', message: '', fields: [] };
  return { ...empty, message: 'x'.repeat(bytes - 26 - Buffer.byteLength(formatLine(empty))) };
}

const ERROR_RANK = 4;

interface Line {
  readonly message: string;
  readonly truncatedFromBytes?: number;
  readonly chunk?: string;
}

function linesOf(record: LogRecord, action: OversizeAction): Line[] {
  return serialize(record, action).events.map(({ encoded }) => {
    const { message } = JSON.parse(encoded.toString()) as { message: string };
    return JSON.parse(message) as Line;
  });
}

describe.each<OversizeAction>(['truncate', 'split', 'drop'])('%s', (action) => {
  test.each([MIB - 1, MIB])('an event of %d bytes goes as it is', (bytes) => {
    const { events, oversize } = serialize(recordOf(bytes), action);
    expect([events.map((each) => each.bytes), oversize]).toEqual([[bytes], undefined]);
    expect(linesOf(recordOf(bytes), action)).toEqual([JSON.parse(formatLine(recordOf(bytes)))]);
  });

  test('one byte more is too much', () => {
    const { events, oversize } = serialize(recordOf(MIB + 1), action);
    expect(oversize).toBe(action);
    expect(events.map((each) => each.bytes).filter((bytes) => bytes > MIB)).toEqual([]);
    expect(events.map(({ rank, timestamp }) => [rank, timestamp])).toEqual(
      events.map(() => [ERROR_RANK, NOW_MS]),
    );
  });
});

test('truncate: one event, which says how long the line was and fills the room', () => {
  const [event] = serialize(recordOf(MIB + 1), 'truncate').events;
  expect(event?.bytes).toBe(MIB);
  expect(linesOf(recordOf(MIB + 1), 'truncate')).toEqual([
    expect.objectContaining({ level: 'error', truncatedFromBytes: MIB + 1 - 26 }),
  ]);
});

test.each([
  [MIB + 1, 2],
  [2 * MIB, 3],
  [5 * MIB, 6],
])('split: a line of %d bytes in %d parts, which are the line', (bytes, count) => {
  const parts = linesOf(recordOf(bytes), 'split');
  expect(parts).toHaveLength(count);
  const { timeMs, level, message } = recordOf(bytes);
  const line = JSON.stringify({ timestamp: new Date(timeMs).toISOString(), level, message });
  expect(parts.map(({ chunk }) => chunk).join('')).toBe(line);
});

test('drop: nothing is left', () => {
  expect(serialize(recordOf(MIB + 1), 'drop')).toEqual({ events: [], oversize: 'drop' });
});

test('what counts is UTF-8, not characters', () => {
  const record: LogRecord = { timeMs: NOW_MS, level: 'info', message: '€'.repeat(349_480), fields: [] };
  expect(serialize(record, 'drop').oversize).toBeUndefined();
  expect(serialize({ ...record, message: '€'.repeat(349_500) }, 'drop').oversize).toBe('drop');
});

describe('a finished line', () => {
  const finished = { timeMs: NOW_MS, level: 'error' } as const;

  test('goes as it stands', () => {
    const line = '{"msg": "as another logger wrote it"}';
    const { events, oversize } = serialize({ ...finished, line }, 'truncate');

    expect(events.map(({ encoded }) => JSON.parse(encoded.toString()) as unknown)).toEqual([
      { timestamp: NOW_MS, message: line },
    ]);
    expect([events[0]!.rank, oversize]).toEqual([ERROR_RANK, undefined]);
  });

  test.each<[OversizeAction, number]>([
    ['truncate', 1],
    ['split', 2],
    ['drop', 0],
  ])('that is too large is treated as any other: %s', (action, count) => {
    const line = formatLine(recordOf(MIB + 1));

    expect(serialize({ ...finished, line }, action)).toEqual({
      events: Array.from({ length: count }, () => expect.anything() as unknown),
      oversize: action,
    });
  });
});
