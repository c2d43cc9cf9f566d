import * as fc from 'fast-check';
import { brokenRules } from '../../bench/endpoint/judge.js';
import { packedCalls } from '../../bench/packing.js';

const line = (bytes: number) => ({ timestamp: 1, message: 'x'.repeat(bytes) });

test('no call breaks a rule, and no line is lost or overtaken', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 400_000 }), { maxLength: 20 }), (sizes) => {
      const lines = sizes.map(line);
      const calls = packedCalls(lines);

      expect(calls.flat()).toEqual(lines);
      expect(calls.flatMap((call) => brokenRules(call))).toEqual([]);
    }),
    { numRuns: 50 },
  );
});

test.each([
  ['10,000 events', Array.from({ length: 10_000 }, () => line(1)), 1],
  ['10,001 events', Array.from({ length: 10_001 }, () => line(1)), 2],
  ['as many bytes as a call may have', [line(524_262), line(524_262)], 1],
  ['a byte more', [line(524_262), line(524_263)], 2],
  ['nothing', [], 0],
])('%s', (_, lines, calls) => {
  expect(packedCalls(lines)).toHaveLength(calls);
});
