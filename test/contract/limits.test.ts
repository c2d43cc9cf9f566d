import * as limits from '../../contract/limits.js';

test('the largest message fills an event, and the largest event fits into a call', () => {
  expect(limits.MAX_MESSAGE_BYTES + limits.EVENT_OVERHEAD_BYTES).toBe(limits.MAX_EVENT_BYTES);
  expect(limits.MAX_EVENT_BYTES).toBeLessThanOrEqual(limits.MAX_CALL_BYTES);
});

test('a call may span less than the time for which the service takes events', () => {
  expect(limits.MAX_CALL_SPAN_MS).toBeLessThan(limits.MAX_PAST_MS + limits.MAX_FUTURE_MS);
});

test('the days of retention rise', () => {
  expect(limits.RETENTION_DAYS).toEqual([...new Set(limits.RETENTION_DAYS)].toSorted((a, b) => a - b));
});
