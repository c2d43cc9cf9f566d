import * as fc from 'fast-check';
import type { Filter } from '../../../runtime/filter/filter.js';
import { sizeGuardFilter } from '../../../runtime/filter/size-guard.js';
import type { LogRecord } from '../../../runtime/log-record.js';
import { readRecord } from '../../../runtime/serialize/fields.js';
import { formatLine } from '../../../runtime/serialize/line.js';
import { nested } from '../../support/hostile.js';
import { FilterFixture, filterSettings } from './fixture.js';
import { codePoint } from '../../support/code-point.js';

type Given = Parameters<typeof filterSettings<'sizeGuard'>>[1];
type Line = Readonly<Record<string, unknown>>;

const fixture = new FilterFixture();
const bytesOf = (record: LogRecord): number => Buffer.byteLength(formatLine(record));
const lineAsRead = (record: LogRecord | undefined): Line => JSON.parse(formatLine(record!)) as Line;

function sizeGuard(given: Given): { readonly filter: Filter; readonly reports: unknown[] } {
  const context = new FilterFixture();
  return {
    filter: sizeGuardFilter(filterSettings('sizeGuard', given), context),
    reports: context.reports,
  };
}

const longTexts = fc
  .tuple(fc.string({ unit: codePoint }), fc.integer({ min: 1, max: 60 }))
  .map(([text, times]) => text.repeat(times));
const fieldSets = fc.array(
  fc.oneof(
    fc.dictionary(fc.string(), fc.oneof(longTexts, fc.jsonValue())),
    fc.record({ requestId: longTexts, traceId: longTexts, error: longTexts.map((text) => new Error(text)) }),
    fc.constant({ __proto__x: 1, ['__proto__']: 'x'.repeat(200), level: 'mine', 7: 'seven' }),
    fc
      .nat(300)
      .map((count) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, index]))),
  ),
  { maxLength: 3 },
);
const records = fc.record({ message: longTexts, fields: fieldSets }).map(({ message, fields }) => ({
  ...fixture.record({}, 'error', message),
  fields,
}));
const limits = fc.integer({ min: 100, max: 3_000 });

describe('laws', () => {
  test('a line over the limit comes to fit, keeps time and level, and says how long it was', () => {
    fc.assert(
      fc.property(records, limits, (record, maxBytes) => {
        fc.pre(bytesOf(record) > maxBytes);
        const cut = sizeGuard({ maxBytes }).filter.apply(record)!;
        expect(bytesOf(cut)).toBeLessThanOrEqual(maxBytes);
        expect(lineAsRead(cut)).toMatchObject({
          timestamp: '2026-01-15T12:00:00.000Z',
          level: 'error',
          message: expect.any(String),
          truncatedFromBytes: bytesOf(record),
        });
      }),
      { numRuns: 200 },
    );
  });

  test.each(['truncate', 'drop', 'warn'] as const)('a line that fits is not touched: %s', (action) => {
    fc.assert(
      fc.property(records, limits, (record, maxBytes) => {
        fc.pre(bytesOf(record) <= maxBytes);
        const { filter, reports } = sizeGuard({ maxBytes, action });
        expect(filter.apply(record)).toBe(record);
        expect(reports).toEqual([]);
      }),
    );
  });

  test('a preserved field is whole or, where there is no room, absent', () => {
    fc.assert(
      fc.property(records, longTexts, longTexts, limits, (record, id, name, maxBytes) => {
        const whole = { ...record, fields: [...record.fields, { user: { id, name }, traceId: id }] };
        fc.pre(bytesOf(whole) > maxBytes);
        const { filter } = sizeGuard({ maxBytes, preserveFields: ['traceId', 'user.id'] });
        const cut = lineAsRead(filter.apply(whole)) as { traceId?: string; user?: { id: string } };
        const wellFormed = lineAsRead(whole) as { traceId: string };
        expect([wellFormed.traceId, undefined]).toContain(cut.traceId);
        expect([wellFormed.traceId, undefined]).toContain(cut.user?.id);
      }),
      { numRuns: 200 },
    );
  });

  test('guarding twice is guarding once', () => {
    fc.assert(
      fc.property(records, limits, (record, maxBytes) => {
        const { filter } = sizeGuard({ maxBytes });
        const cut = filter.apply(record)!;
        expect(filter.apply(cut)).toBe(cut);
      }),
    );
  });
});

const LIMIT = 300;
/** A record whose line has this many bytes. */
const ofBytes = (bytes: number): LogRecord => {
  const record = fixture.record({ requestId: 'r-1' }, 'info', '');
  return {
    ...record,
    message: 'é'.repeat((bytes - bytesOf(record)) / 2) + 'x'.repeat((bytes - bytesOf(record)) % 2),
  };
};

test.each([
  [299, true],
  [300, true],
  [301, false],
])('of a limit of 300, a line of %d bytes is as it was: %s', (bytes, isAsItWas) => {
  const record = ofBytes(bytes);
  expect(bytesOf(record)).toBe(bytes);

  expect(sizeGuard({ maxBytes: LIMIT }).filter.apply(record) === record).toBe(isAsItWas);
  expect(sizeGuard({ maxBytes: LIMIT, action: 'drop' }).filter.apply(record) === record).toBe(isAsItWas);
});

test('truncate shortens the largest members only, names them, and reports', () => {
  const { filter, reports } = sizeGuard({ maxBytes: 450 });
  const record = fixture.record(
    { note: 'short', err: new TypeError('t'.repeat(500)), count: 3 },
    'warn',
    'm',
  );
  const { error, ...cut } = lineAsRead(filter.apply(record)) as { error: Line };

  expect(cut).toEqual({
    timestamp: '2026-01-15T12:00:00.000Z',
    level: 'warn',
    message: 'm',
    note: 'short',
    count: 3,
    truncatedFromBytes: bytesOf(record),
    truncatedFields: ['error.message', 'error.stack'],
  });
  expect(error).toEqual({
    type: 'TypeError',
    message: expect.stringMatching(/^t+…\[cut: \d+ characters\]$/),
    stack: expect.stringMatching(/^TypeError: t+…\[cut: \d+ characters\]$/),
  });
  expect(reports).toEqual([
    [
      'size_guard.truncate',
      `a log line has ${bytesOf(record)} bytes, over the limit of 450: its largest members were shortened`,
    ],
  ]);
});

test('drop and warn say so', () => {
  const record = ofBytes(301);
  const drop = sizeGuard({ maxBytes: LIMIT, action: 'drop' });
  const warn = sizeGuard({ maxBytes: LIMIT, action: 'warn' });

  expect(drop.filter.apply(record)).toBeUndefined();
  expect(warn.filter.apply(record)).toBe(record);
  expect([...drop.reports, ...warn.reports]).toEqual([
    ['size_guard.drop', 'a log line has 301 bytes, over the limit of 300: it was dropped'],
    ['size_guard.warn', 'a log line has 301 bytes, over the limit of 300: it was left as it is'],
  ]);
});

test('preserved fields are whole, whatever they are, and others make room', () => {
  const fields = {
    requestId: 'r'.repeat(100),
    traceId: 't'.repeat(100),
    order: { id: 'o'.repeat(100), note: 'n'.repeat(500) },
    list: ['l'.repeat(100), { deep: 'd'.repeat(100) }],
  };
  const preserveFields = ['requestId', 'traceId', 'order.id', 'list', 'absent', 'order.absent.id'];
  const { filter } = sizeGuard({ maxBytes: 1_000, preserveFields });

  expect(lineAsRead(filter.apply(fixture.record(fields, 'info', 'm'.repeat(1_000))))).toMatchObject({
    message: expect.stringMatching(/^m+…\[cut: \d+ characters\]$/),
    ...fields,
    order: { id: fields.order.id, note: expect.stringMatching(/^n+…\[cut: \d+ characters\]$/) },
  });
});

test('where there is no room for all preserved fields, the last ones leave and the message stays', () => {
  const { filter } = sizeGuard({ maxBytes: 300 });
  const record = fixture.record({ traceId: 't'.repeat(1_000), requestId: 'r-1' }, 'info', 'm'.repeat(1_000));
  const cut = lineAsRead(filter.apply(record));

  expect(cut).toEqual({
    timestamp: '2026-01-15T12:00:00.000Z',
    level: 'info',
    message: expect.stringMatching(/^m+…\[cut: \d+ characters\]$/),
    requestId: 'r-1',
    truncatedFromBytes: bytesOf(record),
    truncatedFields: ['message', 'traceId'],
  });
});

test('where there is room for nothing else, time, level and size are left', () => {
  const record = fixture.record({}, 'error', 'm'.repeat(1_000));

  expect(lineAsRead(sizeGuard({ maxBytes: 100 }).filter.apply(record))).toEqual({
    timestamp: '2026-01-15T12:00:00.000Z',
    level: 'error',
    message: '',
    truncatedFromBytes: bytesOf(record),
  });
});

test.each([10, 100, 1_000, 2_000, 3_000, 4_000, 10_000])('the message of %d levels stays', (depth) => {
  const record = fixture.record({ nested: nested(depth), text: 'x'.repeat(2_000) }, 'info', 'hello');
  const cut = sizeGuard({ maxBytes: 1_500 }).filter.apply(record)!;

  expect(bytesOf(cut)).toBeLessThanOrEqual(1_500);
  expect(lineAsRead(cut)).toMatchObject({ message: 'hello', truncatedFromBytes: bytesOf(record) });
});

test('there is room for preserved characters of two UTF-16 units', () => {
  const requestId = '\u{1f600}'.repeat(20);
  const { filter } = sizeGuard({ maxBytes: 300 });
  const cut = filter.apply(fixture.record({ requestId }, 'info', 'm'.repeat(1_000)))!;

  expect(lineAsRead(cut)).toMatchObject({
    requestId,
    message: expect.stringMatching(/^m{20,}…\[cut: \d+ characters\]$/),
  });
  expect(bytesOf(cut)).toBe(300);
});

test('an ordinary record is not serialized', () => {
  const stringify = jest.spyOn(JSON, 'stringify');
  const record = fixture.record({ user: { id: 7 }, traceId: 't-1' }, 'info', 'order placed');
  const passed = sizeGuard({}).filter.apply(record);
  const calls = stringify.mock.calls.length;
  stringify.mockRestore();

  expect(passed).toBe(record);
  expect(calls).toBe(0);
});

test('a record that has been read before, and got another field since, is measured whole', () => {
  const { filter } = sizeGuard({ maxBytes: 300 });
  const read = readRecord(fixture.record({ text: 'x'.repeat(1_000) }));
  const shorter = filter.apply({ ...read, fields: [...read.fields, { suppressed: 3 }] });

  expect(bytesOf(shorter!)).toBeLessThanOrEqual(300);
  expect(lineAsRead(shorter)).toMatchObject({ suppressed: 3, truncatedFields: ['text'] });
});
