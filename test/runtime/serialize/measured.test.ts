import * as fc from 'fast-check';
import { Measured } from '../../../runtime/serialize/measured.js';
import { nested } from '../../support/hostile.js';

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

const containers = fc.oneof(
  fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()),
  fc.array(fc.jsonValue()),
);

test('a container takes the bytes that JSON.stringify makes, and so do those within', () => {
  fc.assert(
    fc.property(containers, (container) => {
      const measured = new Measured(container);
      expect([measured.bytes, measured.whole]).toEqual([bytesOf(container), container]);
      for (const [index, value] of measured.values.entries()) {
        expect(measured.sizes[index]! - measured.overhead(index)).toBe(bytesOf(value));
        if (typeof value === 'object' && value) expect(measured.inner(index)?.bytes).toBe(bytesOf(value));
        else expect(measured.inner(index)).toBeUndefined();
      }
    }),
  );
});

describe('taking out', () => {
  const line = { level: 'info', error: { type: 'E', rows: [1, 2] }, only: { id: 7 }, text: 'x' };

  test.each([
    [['level'], 'info', { error: line.error, only: line.only, text: 'x' }],
    [['error'], line.error, { level: 'info', only: line.only, text: 'x' }],
    [['error', 'type'], 'E', { ...line, error: { rows: [1, 2] } }],
    [['only', 'id'], 7, { level: 'info', error: line.error, text: 'x' }],
  ])('%j leaves the rest, measured', (path, value, rest) => {
    const measured = new Measured(line);
    expect(measured.take(path)).toMatchObject({ value, bytes: bytesOf(value) });
    expect([measured.names, measured.bytes]).toEqual([Object.keys(rest), bytesOf(rest)]);
    expect(measured.whole).toBeUndefined();
  });

  test.each([[['absent']], [['level', 'length']], [['error', 'rows', '0']], [['error', 'absent']]])(
    '%j is not there',
    (path) => {
      const measured = new Measured(line);
      expect(measured.take(path)).toBeUndefined();
      expect(measured.whole).toBe(line);
    },
  );

  test('what is empty from the start stays, and what is left of everything takes two bytes', () => {
    const measured = new Measured({ a: {}, b: 1 });
    measured.take(['b']);
    expect([measured.names, measured.bytes]).toEqual([['a'], 8]);
    measured.take(['a']);
    expect([measured.names, measured.bytes]).toEqual([[], 2]);
  });
});

describe('depth', () => {
  /** A line with this many levels in it. */
  const ofLevels = (levels: number): Measured => new Measured({ flat: [1], deep: nested(levels - 1) });

  test('100 levels within a line stand as they are', () => {
    expect([ofLevels(100).isDeep(1), ofLevels(100).whole]).toEqual([false, expect.anything()]);
  });

  test.each([101, 5_000])('%d levels do not', (levels) => {
    const measured = ofLevels(levels);
    expect([measured.isDeep(0), measured.isDeep(1), measured.whole]).toEqual([false, true, undefined]);
    expect([measured.isWhole(0), measured.isWhole(1)]).toEqual([true, false]);
    expect(measured.bytes).toBeLessThan(1_200);
  });
});
