import * as fc from 'fast-check';
import { Ledger } from '../../../runtime/ack/ledger.js';
import { Losses, lossRecord } from '../../../runtime/ack/losses.js';
import { NOW_MS } from '../../support/events.js';

test('every loss is told of once, with its reason, the sum of its counts and the outermost times', () => {
  const losses = fc.array(
    fc.record({
      reason: fc.constantFrom('queueFull', 'tooLarge', 'closed'),
      count: fc.integer({ min: 1, max: 99 }),
      fromMs: fc.nat(1_000),
      toMs: fc.integer({ min: 1_001, max: 2_000 }),
    }),
  );
  fc.assert(
    fc.property(losses, (added) => {
      const ledger = new Ledger();
      const reports: string[] = [];
      const book = new Losses(ledger, (code) => reports.push(code));
      for (const loss of added) book.note(loss);
      expect(reports).toEqual(added.map(({ reason }) => `dropped.${reason}`));
      expect(ledger.account(0).dropped.total).toBe(added.reduce((sum, { count }) => sum + count, 0));
      const told = book.take();
      expect(told.map(({ reason }) => reason)).toEqual([...new Set(added.map(({ reason }) => reason))]);
      for (const { reason, count, fromMs, toMs } of told) {
        const same = added.filter((loss) => loss.reason === reason);
        expect(count).toBe(same.reduce((sum, loss) => sum + loss.count, 0));
        expect(fromMs).toBe(Math.min(...same.map((loss) => loss.fromMs)));
        expect(toMs).toBe(Math.max(...same.map((loss) => loss.toMs)));
      }
      expect(book.take()).toEqual([]);
    }),
  );
});

test('a loss that is kept again is counted once', () => {
  const ledger = new Ledger();
  const book = new Losses(ledger, () => undefined);
  book.drop('tooLarge', NOW_MS);
  book.drop('queueFull', NOW_MS);
  const [tooLarge, queueFull] = book.take();
  book.keep(tooLarge!);
  expect(book.take()).toEqual([{ reason: 'tooLarge', count: 1, fromMs: NOW_MS, toMs: NOW_MS }]);
  expect(queueFull).toEqual({ reason: 'queueFull', count: 1, fromMs: NOW_MS, toMs: NOW_MS });
  expect(ledger.account(0)).toMatchObject({ dropped: { total: 2 } });
});

test.each([
  [1, '1 log event was dropped (queueFull), from 2026-01-15T12:00:00.000Z to 2026-01-15T12:00:00.250Z'],
  [2, '2 log events were dropped (queueFull), from 2026-01-15T12:00:00.000Z to 2026-01-15T12:00:00.250Z'],
])('%d lost', (count, message) => {
  const loss = { reason: 'queueFull', count, fromMs: NOW_MS, toMs: NOW_MS + 250 };
  expect(lossRecord(loss, NOW_MS + 999)).toEqual({
    timeMs: NOW_MS + 999,
    level: 'warn',
    message,
    fields: [
      {
        droppedEvents: count,
        reason: 'queueFull',
        from: '2026-01-15T12:00:00.000Z',
        to: '2026-01-15T12:00:00.250Z',
      },
    ],
  });
});

test.each([Number.NaN, Infinity, 1e20])('a loss whose time is %d can be told', (timeMs) => {
  const [{ from } = { from: undefined }] = lossRecord(
    { reason: 'tooLarge', count: 1, fromMs: timeMs, toMs: timeMs },
    NOW_MS,
  ).fields as { from: unknown }[];
  expect(from).toBe(String(timeMs));
});
