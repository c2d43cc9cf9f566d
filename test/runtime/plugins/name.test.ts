import * as fc from 'fast-check';
import { builtinFilterNames } from '../../../runtime/filter/make-builtin-filter.js';
import { builtinNames, canonicalName, isBuiltin, nameProblem } from '../../../runtime/plugins/name.js';
import { builtinSinkNames } from '../../../runtime/sinks/make-builtin-sink.js';

const spelt = (name: string): fc.Arbitrary<string> =>
  fc.array(fc.boolean(), { minLength: name.length, maxLength: name.length }).map((flips) =>
    Array.from(name)
      .map((letter, index) => (flips[index] ? letter.toUpperCase().replace('_', '-') : letter))
      .join(''),
  );

test('the names that are taken are those of the sinks and filters that there are', () => {
  expect(builtinNames).toEqual({ sink: builtinSinkNames, filter: builtinFilterNames });
});

test('a canonical name is its own canonical name', () => {
  fc.assert(
    fc.property(fc.string(), (name) => {
      expect(canonicalName(canonicalName(name))).toBe(canonicalName(name));
    }),
  );
});

test.each([
  ['sink', 'filter'],
  ['filter', 'sink'],
] as const)('every built-in %s is taken, in any spelling, and free for a %s', (kind, other) => {
  const names = fc.constantFrom<string>(...builtinNames[kind]).chain(spelt);

  fc.assert(
    fc.property(names, (name) => {
      expect(isBuiltin(kind, name)).toBe(true);
      expect(nameProblem(kind, name)).toBe(`"${name}" is the name of a built-in ${kind}; choose another`);
      expect(nameProblem(other, name)).toBeUndefined();
    }),
  );
});

test.each(['kafka', 'K', 'acme-kafka', 'acme_kafka', 'acme.kafka2'])(
  '%s can be the name of a sink',
  (name) => {
    expect(nameProblem('sink', name)).toBeUndefined();
  },
);

test.each([
  ['', '""'],
  [' kafka', '" kafka"'],
  ['a,b', '"a,b"'],
  ['2kafka', '"2kafka"'],
  ['@acme/kafka', '"@acme/kafka"'],
  [undefined, 'not set'],
  [7, '7'],
])('%j cannot', (name, told) => {
  expect(nameProblem('sink', name)).toBe(
    `${told} is no name of a sink; a letter, then letters, digits, "_", "-" and "." are`,
  );
});
