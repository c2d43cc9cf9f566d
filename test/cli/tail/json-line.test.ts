import { jsonLine, rawLine } from '../../../cli/tail/json-line.js';
import type { TailedEvent } from '../../../cli/tail/tailed-event.js';

const EVENT: TailedEvent = {
  logGroup: '/myapp',
  logStream: 'api-1',
  timestamp: Date.parse('2026-01-15T12:00:00.123Z'),
  ingestionTime: Date.parse('2026-01-15T12:00:01Z'),
  eventId: '42',
  message: '{"level":"info"}',
};

test('an object a line, whose message is the text', () => {
  expect(jsonLine(EVENT)).toBe(
    '{"logGroup":"/myapp","logStream":"api-1","timestamp":"2026-01-15T12:00:00.123Z","ingestionTime":"2026-01-15T12:00:01.000Z","eventId":"42","message":"{\\"level\\":\\"info\\"}"}\n',
  );
});

test('Live Tail has no ids', () => {
  expect(JSON.parse(jsonLine({ ...EVENT, eventId: undefined }))).not.toHaveProperty('eventId');
});

test('controls that JSON leaves as they are are escaped, and mean the same', () => {
  const message = 'a\u009b2J\u202e\u2028\u0000\nb';
  const line = jsonLine({ ...EVENT, message });

  expect(line).toContain(String.raw`a\u009b2J\u202e\u2028\u0000\nb`);
  expect((JSON.parse(line) as { message: string }).message).toBe(message);
});

test.each([
  ['text\u001b[31m', 'text\u001b[31m\n'],
  ['END RequestId: 1\n', 'END RequestId: 1\n'],
  ['', '\n'],
])('raw %j', (message, expected) => {
  expect(rawLine({ ...EVENT, message })).toBe(expected);
});
