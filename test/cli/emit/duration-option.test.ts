import { parseDuration } from '../../../cli/emit/duration-option.js';

describe('a duration', () => {
  test.each([
    ['0s', 0],
    ['500ms', 500],
    ['1.5s', 1_500],
    ['30s', 30_000],
    ['5m', 300_000],
    ['24h', 86_400_000],
  ])('%s', (text, durationMs) => {
    expect(parseDuration(text)).toBe(durationMs);
  });

  test.each(['', '30', '3d', '-1s', '24.1h', 's'])('"%s" is none', (text) => {
    expect(() => parseDuration(text)).toThrow('Allowed: a duration from 0s to 24h such as 500ms, 30s or 5m.');
  });
});
