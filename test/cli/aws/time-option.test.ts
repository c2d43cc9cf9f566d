import { parseDuration, parseTime } from '../../../cli/aws/time-option.js';

const NOW = Date.parse('2026-01-15T12:00:00Z');

test.each([
  ['90s', NOW - 90_000],
  ['10m', NOW - 600_000],
  ['1.5h', NOW - 5_400_000],
  ['2 d', NOW - 172_800_000],
  ['1w', NOW - 604_800_000],
  ['0s', NOW],
  ['1970-01-01', 0],
  // Times are whole milliseconds: the service refuses others.
  ['0.0015s', NOW - 2],
  ['0.1234567h', NOW - 444_444],
  ['2026-01-15T08:00:00Z', NOW - 14_400_000],
  ['2026-01-15T08:00:00+01:00', NOW - 18_000_000],
  ['2026-01-15', NOW - 43_200_000],
  [String(NOW), NOW],
])('%s', (text, expected) => {
  expect(parseTime(text, NOW)).toBe(expected);
});

test.each(['', '10', 'm', '-10m', '10 minutes', '10mm', 'yesterday', '2026-13-01T00:00:00Z', '1768478400'])(
  '"%s" is none, and the error says what is',
  (text) => {
    expect(() => parseTime(text, NOW)).toThrow('Allowed: a duration before now such as 90s, 10m, 2h or 1d,');
  },
);

test.each([
  ['a time', '1969-12-31T23:59:59Z'],
  ['a duration', '3000w'],
  ['a duration without bounds', `${'9'.repeat(400)}w`],
])('%s that leads to before 1970 is named so', (_, text) => {
  expect(() => parseTime(text, NOW)).toThrow('It is before 1970, where the times of the service begin.');
});

test.each([
  ['0s', 0],
  ['500ms', 500],
  ['1.5s', 1_500],
  ['30', 30_000],
  ['0.3', 300],
  ['5m', 300_000],
  ['24h', 86_400_000],
  ['1.0005s', 1_001],
])('the duration %s is one of whole milliseconds', (text, durationMs) => {
  expect(parseDuration(text, 0, 86_400_000)).toBe(durationMs);
});

test.each(['', '2d', '-1s', '24.1h', 's', '86401'])('"%s" is no duration up to a day', (text) => {
  expect(() => parseDuration(text, 0, 86_400_000)).toThrow(
    'Allowed: a duration such as 500ms, 30s or 5m, from 0s to 86400s.',
  );
});
