import { BodyBuffers } from '../../../runtime/batch/body-buffers.js';
import { ManualClock } from '../../support/manual-clock.js';

const KIB = 1_024;

function bench() {
  const clock = new ManualClock();
  return { clock, buffers: new BodyBuffers(clock) };
}

const large = (kib: number): Buffer => Buffer.allocUnsafeSlow(kib * KIB);

test('a process that logs little holds little', () => {
  expect(bench().buffers.take(100).length).toBe(8 * KIB);
});

test('a small buffer is one for the next body', () => {
  const { buffers } = bench();
  const small = buffers.take(100);
  buffers.leave(small);
  expect(buffers.take(100)).toBe(small);
  expect(buffers.take(100)).not.toBe(small);
  expect(buffers.take(20 * KIB).length).toBe(20 * KIB);
});

test.each([
  [8, 8, 16],
  [8, 50, 50],
  [64, 64, 128],
  [512, 513, 1_280],
  [1_280, 1_281, 1_600],
])('after %d KiB, for %d KiB: %d KiB', (from, neededKib, kib) => {
  expect(bench().buffers.takeLarger(large(from), neededKib * KIB).length).toBe(kib * KIB);
});

test('after a large body, the next one that outgrows a small buffer has room at once', () => {
  const { buffers } = bench();
  buffers.expect(1_024 * KIB);
  expect(buffers.takeLarger(large(64), 65 * KIB).length).toBe(1_040 * KIB);
  buffers.leave(large(1_040));
  expect(buffers.takeLarger(large(64), 65 * KIB).length).toBe(128 * KIB);
});

test('two large ones are kept, and each is given to one body', () => {
  const { buffers } = bench();
  const [first, second, third] = [large(100), large(200), large(300)] as const;
  for (const each of [first, second, third]) buffers.giveBack(each);
  const taken = [1, 2, 3].map(() => buffers.takeLarger(large(64), 65 * KIB));
  expect([taken[0] === second, taken[1] === first, taken[2]!.length]).toEqual([true, true, 128 * KIB]);
});

test('one that is too short stays', () => {
  const { buffers } = bench();
  const spare = large(100);
  buffers.giveBack(spare);
  expect(buffers.takeLarger(large(64), 101 * KIB)).not.toBe(spare);
  expect(buffers.takeLarger(large(64), 100 * KIB)).toBe(spare);
});

describe('a process that is idle holds no large one', () => {
  test.each([
    [9_999, true],
    [10_000, false],
  ])('after %d ms: kept %s', (idleMs, isKept) => {
    const { buffers, clock } = bench();
    const spare = large(100);
    buffers.giveBack(spare);
    clock.advance(idleMs);
    expect(buffers.takeLarger(large(64), 65 * KIB) === spare).toBe(isKept);
  });

  test('use keeps it for as long again, and nothing is timed for none', () => {
    const { buffers, clock } = bench();
    const spare = large(100);
    buffers.giveBack(spare);
    clock.advance(9_000);
    buffers.giveBack(buffers.takeLarger(large(64), 65 * KIB));
    clock.advance(10_999);
    const again = buffers.takeLarger(large(64), 65 * KIB);
    expect(again === spare).toBe(true);
    clock.advance(10_000);
    expect(clock.waiting).toEqual([]);
  });
});

test('where there is one batch only, as one that is read from disk, no buffer waits for another', () => {
  const buffers = new BodyBuffers();
  const given = large(1_280);
  buffers.giveBack(given);
  expect(buffers.takeLarger(large(512), 513 * KIB)).not.toBe(given);
});
