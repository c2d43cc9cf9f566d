import * as fc from 'fast-check';
import { isBalanced, Ledger, totalAccount, type Account } from '../../../runtime/ack/ledger.js';

const NOTHING = { total: 0, byReason: {} };
const EMPTY: Account = {
  accepted: 0,
  delivered: 0,
  rejected: NOTHING,
  spooled: 0,
  diverted: NOTHING,
  dropped: NOTHING,
  pending: 0,
};

describe('laws', () => {
  const parts = fc.constantFrom('reject' as const, 'divert' as const, 'drop' as const);
  const entries = fc.array(fc.tuple(parts, fc.string(), fc.nat(1_000)));

  test('every part is the sum of its reasons, and each reason the sum of its entries', () => {
    fc.assert(
      fc.property(entries, fc.nat(100), fc.nat(100), (made, delivered, pending) => {
        const ledger = new Ledger();
        for (const [part, reason, count] of made) ledger[part](reason, count);
        ledger.deliver(delivered);
        const account = ledger.account(pending);
        const sum = (part: string, reason?: string): number =>
          made
            .filter(([in_, of]) => in_ === part && (reason === undefined || of === reason))
            .reduce((total, [, , count]) => total + count, 0);
        for (const [part, tally] of [
          ['reject', account.rejected],
          ['divert', account.diverted],
          ['drop', account.dropped],
        ] as const) {
          expect(tally.total).toBe(sum(part));
          for (const [reason, count] of Object.entries(tally.byReason)) expect(count).toBe(sum(part, reason));
        }
        expect([account.delivered, account.pending, account.accepted]).toEqual([delivered, pending, 0]);
      }),
    );
  });

  test('an account over several sinks isBalanced if each of theirs does', () => {
    const tallies = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.nat(9)).map((byReason) => ({
      total: Object.values(byReason).reduce((sum, count) => sum + count, 0),
      byReason,
    }));
    const accounts = fc
      .record({
        delivered: fc.nat(9),
        rejected: tallies,
        spooled: fc.nat(9),
        diverted: tallies,
        dropped: tallies,
        pending: fc.nat(9),
      })
      .map((account) => ({
        ...account,
        accepted:
          account.delivered +
          account.rejected.total +
          account.spooled +
          account.diverted.total +
          account.dropped.total +
          account.pending,
      }));
    fc.assert(
      fc.property(fc.array(accounts, { maxLength: 4 }), (several) => {
        const total = totalAccount(several);
        expect(isBalanced(total)).toBe(true);
        expect(total.accepted).toBe(several.reduce((sum, { accepted }) => sum + accepted, 0));
        for (const part of ['rejected', 'diverted', 'dropped'] as const) {
          expect(Object.values(total[part].byReason).reduce((sum, count) => sum + count, 0)).toBe(
            total[part].total,
          );
        }
      }),
    );
  });
});

test('an empty ledger isBalanced, and nothing is no reason', () => {
  const ledger = new Ledger();
  ledger.drop('queueFull', 0);
  expect(ledger.account(0)).toEqual(EMPTY);
  expect(isBalanced(EMPTY)).toBe(true);
  expect(totalAccount([])).toEqual(EMPTY);
});

test('each event is entered once', () => {
  const ledger = new Ledger();
  for (let accepted = 0; accepted < 10; accepted++) ledger.accepted++;
  ledger.deliver(3);
  ledger.reject('tooOld', 1);
  ledger.divert('deadline', 2);
  ledger.drop('queueFull', 1);
  ledger.drop('queueFull', 1);
  ledger.drop('closed', 1);
  const account = ledger.account(1);
  expect(account).toEqual({
    accepted: 10,
    delivered: 3,
    rejected: { total: 1, byReason: { tooOld: 1 } },
    spooled: 0,
    diverted: { total: 2, byReason: { deadline: 2 } },
    dropped: { total: 3, byReason: { queueFull: 2, closed: 1 } },
    pending: 1,
  });
  expect(isBalanced(account)).toBe(true);
});

test('an account is of its moment', () => {
  const ledger = new Ledger();
  const before = ledger.account(0);
  ledger.drop('closed', 1);
  expect(before.dropped).toEqual(NOTHING);
});

test.each(['accepted', 'delivered', 'spooled', 'pending'] as const)(
  'one %s more does not balance',
  (part) => {
    expect(isBalanced({ ...EMPTY, [part]: 1 })).toBe(false);
  },
);

test.each(['rejected', 'diverted', 'dropped'] as const)('one %s more does not balance', (part) => {
  expect(isBalanced({ ...EMPTY, [part]: { total: 1, byReason: { why: 1 } } })).toBe(false);
});
