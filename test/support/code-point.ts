import * as fc from 'fast-check';

const SURROGATES = { first: 0xd800, count: 0x800 };

/**
 * Any character of Unicode, as the unit of `fc.string`. It is what fast-check's own `binary` is, which makes a table of all of
 * them, more than a second's work, in each test file anew.
 */
export const codePoint: fc.Arbitrary<string> = fc
  .nat({ max: 0x10ffff - SURROGATES.count })
  .map(characterAt, indexOf);

function characterAt(index: number): string {
  return String.fromCodePoint(index < SURROGATES.first ? index : index + SURROGATES.count);
}

/** Of what is no single character, an error: by it, fast-check knows that the value was not generated here. */
function indexOf(character: unknown): number {
  if (typeof character !== 'string' || !character.isWellFormed() || Array.from(character).length !== 1)
    throw new Error('one character was expected');
  const point = character.codePointAt(0)!;
  return point < SURROGATES.first ? point : point - SURROGATES.count;
}
