import * as fc from 'fast-check';
import { TokenBuckets } from '../../../runtime/filter/token-buckets.js';

const capacities = fc.integer({ min: 1, max: 20 });
const gapsMs = fc.array(fc.oneof(fc.constant(0), fc.nat(50), fc.nat(5_000)), { maxLength: 100 });

/** The times at which a bucket gave a token, asked after each gap. */
function givenAt(buckets: TokenBuckets, gaps: readonly number[]): number[] {
  let nowMs = 0;
  return gaps.flatMap((gap) => {
    nowMs += gap;
    return buckets.take('k', nowMs) ? [nowMs] : [];
  });
}

describe('laws', () => {
  test('in any interval, a bucket gives at most its capacity and what comes back meanwhile', () => {
    const rates = fc.oneof(fc.nat(20), fc.double({ min: 0, max: 50, noNaN: true }));
    fc.assert(
      fc.property(capacities, rates, gapsMs, (capacity, refillRatePerSec, gaps) => {
        const given = givenAt(new TokenBuckets({ capacity, refillRatePerSec, maxKeys: 1 }), gaps);
        for (const [first, fromMs] of given.entries()) {
          for (const [last, toMs] of [...given.entries()].slice(first)) {
            const most = capacity + (refillRatePerSec * (toMs - fromMs)) / 1_000;
            expect(last - first + 1).toBeLessThanOrEqual(most + 1e-9);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('and never less than that: it refuses only where there is no whole token, to the millisecond', () => {
    fc.assert(
      fc.property(capacities, fc.nat(20), gapsMs, (capacity, refillRatePerSec, gaps) => {
        const buckets = new TokenBuckets({ capacity, refillRatePerSec, maxKeys: 1 });
        let thousandths = BigInt(capacity) * 1_000n;
        let nowMs = 0;
        for (const gap of gaps) {
          nowMs += gap;
          thousandths += BigInt(gap) * BigInt(refillRatePerSec);
          if (thousandths > BigInt(capacity) * 1_000n) thousandths = BigInt(capacity) * 1_000n;
          expect(buckets.take('k', nowMs)).toBe(thousandths >= 1_000n);
          if (thousandths >= 1_000n) thousandths -= 1_000n;
        }
      }),
    );
  });

  test('there are never more than maxKeys buckets, and the least recently used one leaves', () => {
    const keys = fc.array(fc.nat(12), { maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), keys, (maxKeys, uses) => {
        const buckets = new TokenBuckets({ capacity: 1, refillRatePerSec: 0, maxKeys });
        let recent: number[] = [];
        for (const key of uses) {
          // With one token and no refill, a key gets one exactly if it is not remembered.
          expect(buckets.take(String(key), 0)).toBe(!recent.includes(key));
          recent = [...recent.filter((each) => each !== key), key].slice(-maxKeys);
          expect(buckets.size).toBe(recent.length);
        }
      }),
    );
  });

  test('keys do not take from one another', () => {
    const calls = fc.array(fc.record({ key: fc.nat(3), gap: fc.nat(500) }), { maxLength: 100 });
    fc.assert(
      fc.property(calls, (uses) => {
        const options = { capacity: 2, refillRatePerSec: 3, maxKeys: 10 };
        const shared = new TokenBuckets(options);
        const alone = Array.from({ length: 4 }, () => new TokenBuckets(options));
        let nowMs = 0;
        for (const { key, gap } of uses) {
          nowMs += gap;
          expect(shared.take(String(key), nowMs)).toBe(alone[key]!.take('k', nowMs));
        }
      }),
    );
  });
});

test.each([
  [199, false],
  [200, true],
  [201, true],
])('at 5 a second, a token is back after 200 ms: after %d ms %s', (afterMs, isThere) => {
  const buckets = new TokenBuckets({ capacity: 1, refillRatePerSec: 5, maxKeys: 1 });

  expect([buckets.take('k', 0), buckets.take('k', afterMs)]).toEqual([true, isThere]);
});

test('without refill, the capacity is all there is', () => {
  const buckets = new TokenBuckets({ capacity: 2, refillRatePerSec: 0, maxKeys: 1 });

  expect([0, 1, 2, 1e12].map((nowMs) => buckets.take('k', nowMs))).toEqual([true, true, false, false]);
});
