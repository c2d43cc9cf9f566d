import { Suppression } from '../../../runtime/filter/suppression.js';
import type { LogRecord } from '../../../runtime/log-record.js';
import { NOON_MS } from './fixture.js';

const at = (seconds: number): LogRecord => ({
  timeMs: NOON_MS + seconds * 1_000,
  level: 'info',
  message: 'm',
  fields: [],
});

function suppressionOf(...seconds: readonly number[]): Suppression {
  const suppression = new Suppression();
  for (const each of seconds) suppression.add(at(each));
  return suppression;
}

test.each([[[1, 2, 3]], [[3, 2, 1]], [[2, 3, 1]]])(
  'the summary has the earliest and the latest time of records in the order %j',
  (seconds) => {
    const { message, fields } = suppressionOf(...seconds).summary('f', NOON_MS);

    expect(message).toBe('3 log records were suppressed by f');
    expect(fields).toEqual([
      { suppressed: 3, filter: 'f', from: '2026-01-15T12:00:01.000Z', to: '2026-01-15T12:00:03.000Z' },
    ]);
  },
);

test('an empty one adds nothing to another one, in either direction', () => {
  const [some, none] = [suppressionOf(1, 2), suppressionOf()];
  some.addAll(suppressionOf());
  none.addAll(some);

  expect(none.summary('f', NOON_MS)).toEqual(suppressionOf(2, 1).summary('f', NOON_MS));
  expect(some.summary('f', NOON_MS)).toEqual(none.summary('f', NOON_MS));
});

test('one record is counted in the singular', () => {
  expect(suppressionOf(1).summary('f', NOON_MS).message).toBe('1 log record was suppressed by f');
});
