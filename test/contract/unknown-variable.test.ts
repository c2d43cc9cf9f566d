import * as fc from 'fast-check';
import { isPythonVariable } from '../../contract/python-variables.js';
import { slipsBetween } from '../../contract/nearest.js';
import { sections, type Section } from '../../contract/sections.js';
import { unknownVariables } from '../../contract/unknown-variable.js';

const variables = Object.values(sections).flatMap(({ prefixes, rows }: Section) =>
  prefixes.flatMap((prefix) => Object.values(rows).map(({ field }) => prefix + field)),
);

const characters = fc.stringMatching(/^[A-Z\d_]$/);

/** One character missing, too many, wrong, or swapped with the next; the first one stays. */
function slips(name: string): fc.Arbitrary<string> {
  const places = fc.integer({ min: 1, max: name.length - 1 });
  return fc
    .tuple(places, characters, fc.constantFrom('delete', 'insert', 'replace', 'swap'))
    .map(([at, character, kind]) => {
      const [before, here, after] = [name.slice(0, at), name[at]!, name.slice(at + 1)];
      switch (kind) {
        case 'delete':
          return before + after;
        case 'insert':
          return before + character + here + after;
        case 'replace':
          return before + character + after;
        default:
          return before + (after[0] ?? '') + here + after.slice(1);
      }
    });
}

/** Any separators in place of those between words. */
function separatorsOf(name: string): fc.Arbitrary<string> {
  const words = name.split(/_+/);
  const separators = fc.array(fc.constantFrom('_', '__', '___', '', '-', '.'), {
    minLength: words.length - 1,
    maxLength: words.length - 1,
  });
  return separators.map((between) => words.reduce((text, word, at) => text + between[at - 1]! + word));
}

/** Variables whose names are one slip away. */
function twinsOf(name: string): string[] {
  return variables.filter((each) => slipsBetween(each, name, 1) === 1);
}

function isRead(name: string): boolean {
  return variables.includes(name) || isPythonVariable(name);
}

/** Of the names with `CONFIG`, which are made alike, those of one filter are enough. */
const tried = variables.filter((name) => !/(?<!__SAMPLING)__CONFIG__/.test(name));

test.each(tried)('%s is recognized with one slip, and with other separators', (name) => {
  const misspellings = fc.oneof(slips(name), separatorsOf(name)).filter((misspelt) => !isRead(misspelt));
  fc.assert(
    fc.property(misspellings, (misspelt) => {
      const [{ meant = '' } = {}] = unknownVariables([misspelt]);
      // One slip away from `KEY_FIELD` may be one slip away from `KEY_FIELDS`.
      expect([name, ...twinsOf(name)]).toContain(meant);
    }),
    { numRuns: 5 },
  );
});
