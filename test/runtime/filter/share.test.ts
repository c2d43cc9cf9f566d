import * as fc from 'fast-check';
import { shareOf } from '../../../runtime/filter/share.js';
import { seeded } from '../../../tools/soak/seeded.js';
import { codePoint } from '../../support/code-point.js';

test('law: it is at least 0 and below 1, and depends on the key alone', () => {
  fc.assert(
    fc.property(fc.string({ unit: codePoint }), (key) => {
      const share = shareOf(key);
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThan(1);
      expect(shareOf(key)).toBe(share);
    }),
  );
});

const random = seeded(1);
const hex = (length: number): string =>
  Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');

test.each<[string, (index: number) => string]>([
  ['counted', String],
  ['counted with a long beginning', (index) => `order-service/2026-01-15/${index}`],
  ['counted with a long end', (index) => `${index}/order-service/2026-01-15`],
  ['of W3C', () => hex(32)],
  ['of X-Ray', () => `1-6968d5c0-${hex(24)}`],
])('ids %s are spread evenly', (_name, idOf) => {
  const count = 20_000;
  const tenths = Array.from({ length: 10 }, () => 0);
  for (let index = 0; index < count; index++) tenths[Math.floor(shareOf(idOf(index)) * 10)]!++;

  // Chi-squared of 9 degrees of freedom is above 27.9 in one of a thousand even spreads.
  const expected = count / 10;
  const chiSquared = tenths.reduce((sum, each) => sum + (each - expected) ** 2 / expected, 0);
  expect(chiSquared).toBeLessThan(27.9);
});

test('it stays the same from version to version, or processes would decide differently', () => {
  expect(
    ['', 'a', 't-1', '4bf92f3577b34da6a3ce929d0e0e4736', 'Zoë €'].map((key) => shareOf(key) * 2 ** 32),
  ).toEqual([2_872_998_923, 444_641_715, 1_081_932_247, 3_785_779_378, 446_130_790]);
});
