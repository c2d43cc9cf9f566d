import { accountLine, progressLine, undelivered } from '../../../cli/emit/account.js';
import type { DeliveryReport } from '../../../runtime/delivery-report.js';

const none = { total: 0, byReason: {} };

function report(changes: Partial<DeliveryReport> = {}): DeliveryReport {
  return {
    accepted: 3,
    delivered: 3,
    rejected: none,
    spooled: 0,
    diverted: none,
    dropped: none,
    pending: 0,
    logGroupName: '/g',
    logStreamName: 's',
    calls: 1,
    oversize: { truncate: 0, split: 0, drop: 0 },
    pendingBytes: 0,
    adopted: 0,
    spoolBytes: 0,
    circuitBreaker: 'closed',
    ...changes,
  };
}

const read = { bytes: 30, lines: 3, blank: 0, replaced: 0, below: 0 };

test('what was delivered is said in one line', () => {
  expect(accountLine(read, report())).toBe('3 lines read, 3 delivered to /g (s)');
});

test('events are counted apart where they are fewer than lines', () => {
  expect(accountLine({ ...read, lines: 1_234 }, report())).toBe(
    '1,234 lines read in 3 events, 3 delivered to /g (s)',
  );
});

test('lines below the level of the settings are in no event, and are counted', () => {
  expect(accountLine({ ...read, lines: 5, below: 2 }, report())).toBe(
    '5 lines read, 3 delivered to /g (s); 2 below the level of the settings',
  );
});

test('a blank line is in no event', () => {
  expect(accountLine({ ...read, lines: 4, blank: 1 }, report())).toBe(
    '4 lines read, 3 delivered to /g (s); 1 blank',
  );
});

test('each fate of what was not delivered is named, and counted', () => {
  const rest = report({
    delivered: 0,
    rejected: { total: 1, byReason: { expired: 1 } },
    diverted: { total: 2, byReason: { deadline: 1, tooOld: 1 } },
    dropped: { total: 4, byReason: { stderrUnavailable: 4 } },
    spooled: 8,
    pending: 16,
  });
  expect(undelivered(rest)).toBe(31);
  expect(accountLine(read, rest)).toBe(
    '3 lines read, 0 delivered to /g (s); 1 rejected by the service (expired), 2 written to stderr (deadline, tooOld), ' +
      '4 dropped (stderrUnavailable), 8 left in the spool, 16 waiting',
  );
});

test('on its way it says how fast it is', () => {
  const text = progressLine({ ...read, bytes: 3_000_000 }, report({ delivered: 1, pending: 2 }), 2_000);
  expect(text).toBe('3 lines, 3.0 MB read (1.5 MB/s), 1 delivered, 2 waiting');
});

test('events that an earlier process left in the spool are no lines of this one', () => {
  expect(accountLine(read, report({ accepted: 5, delivered: 5, adopted: 2 }))).toBe(
    '3 lines read, 5 delivered to /g (s); 2 taken over from the spool',
  );
});
