import { clockFinding } from '../../../../cli/doctor/checks/clock.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

test.each([
  [MINUTE_MS, 'clock'],
  [-MINUTE_MS, 'clock'],
  [MINUTE_MS + 1, 'clock-differs'],
  [5 * MINUTE_MS - 1, 'clock-differs'],
  [5 * MINUTE_MS, 'clock-skew'],
  [-5 * MINUTE_MS, 'clock-skew'],
  // Lines of a machine that is ahead have a time that is still to come.
  [-2 * HOUR_MS, 'clock-skew'],
  [-2 * HOUR_MS - 1, 'clock-window'],
  [14 * DAY_MS, 'clock-skew'],
  [14 * DAY_MS + 1, 'clock-window'],
])('a service that is %d ms ahead: %s', (skewMs, code) => {
  expect(clockFinding(skewMs).code).toBe(code);
});

test.each([
  [90_000, /90 s behind the service/],
  [-90_000, /90 s ahead of the service/],
  [-HOUR_MS, /60 min ahead of the service/],
  [3 * DAY_MS, /72 h behind the service/],
])('%d ms: says who is wrong, and by how much', (skewMs, text) => {
  expect(clockFinding(skewMs).message).toMatch(text);
});
