import * as fc from 'fast-check';
import { partOf, sizeOf } from '../../../runtime/serialize/part.js';
import { codePoint } from '../../support/code-point.js';

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

const names = fc.string({ unit: codePoint });

test('a part takes the bytes that JSON.stringify makes, with its names and a comma', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.array(names), (value, path) => {
      const nested = path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
      const [outer, comma] = path.length === 0 ? [0, 1] : [2, 1];
      const { size, overhead } = partOf(value, path);
      expect([size, size - overhead]).toEqual([bytesOf(nested) - outer + comma, bytesOf(value)]);
    }),
  );
});

test('so do its members, in order', () => {
  const containers = fc.oneof(fc.dictionary(names, fc.jsonValue()), fc.array(fc.jsonValue()));
  fc.assert(
    fc.property(containers, (container) => {
      const members = partOf(container).members!;
      expect(members.map(({ value }) => value)).toEqual(Object.values(container));
      expect(members.flatMap(({ path }) => path)).toEqual(
        Array.isArray(container) ? [] : Object.keys(container),
      );
      expect(sizeOf(members)).toBe(bytesOf(container) - (members.length === 0 ? 2 : 1));
    }),
  );
});

test.each(['text', 7, true, null])('%j has no members', (value) => {
  expect(partOf(value).members).toBeUndefined();
});
