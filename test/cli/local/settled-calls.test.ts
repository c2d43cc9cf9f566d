import { SettledCalls } from '../../../cli/local/settled-calls.js';
import type { CallRecord } from '../../../local/index.js';

type Row = { -readonly [Member in keyof CallRecord]: CallRecord[Member] };

const row = (requestId: string, settledAtMs = 1): Row => ({ requestId, settledAtMs }) as Row;

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

test('every call once, when it has settled, whatever the server forgets meanwhile', () => {
  const rows = [row('before')];
  const seen: string[] = [];
  const calls = new SettledCalls(
    () => rows,
    ({ requestId }) => seen.push(requestId),
  );

  rows.push(row('a'), row('b'));
  jest.advanceTimersByTime(1_000);
  rows.splice(0, 2);
  const slow = row('slow', Infinity);
  rows.push(slow, row('c'));
  jest.advanceTimersByTime(1_000);
  expect(seen).toEqual(['a', 'b', 'c']);

  slow.settledAtMs = 2;
  rows.splice(0, rows.length, row('d'), row('hanging', Infinity));
  calls.end();
  expect(seen).toEqual(['a', 'b', 'c', 'slow', 'd', 'hanging']);
  rows.push(row('late'));
  jest.advanceTimersByTime(5_000);
  expect(seen).toHaveLength(6);
});

test('from the first call on, where there was none before', () => {
  const rows: CallRecord[] = [];
  const seen: string[] = [];
  const calls = new SettledCalls(
    () => rows,
    ({ requestId }) => seen.push(requestId),
  );

  rows.push(row('a'));
  calls.end();

  expect(seen).toEqual(['a']);
});
