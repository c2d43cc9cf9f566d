/** Records of any JSON, the same for the same seed. */
import * as fc from 'fast-check';

const awkward = [
  '',
  ' ',
  '"',
  '\\',
  '\n',
  '\r\n',
  '\t',
  '\u0000',
  '\u001b[31m',
  '\u007f',
  '\u2028',
  '%s %d %j %%',
  '{}',
  '[]',
  'null',
  'é',
  '東京',
  '🚀',
];
/** Any character, as in test/support/code-point.ts. */
const codePoint = fc
  .nat({ max: 0x10f7ff })
  .map((index) => String.fromCodePoint(index < 0xd800 ? index : index + 0x800));
const wellFormed = fc.oneof(fc.string({ unit: codePoint }), fc.string(), fc.constantFrom(...awkward));
const halves = fc.constantFrom(
  '\ud800',
  'a\udc00b',
  '\ud83d and more text, so that no short way applies to it',
);

const leaf = (texts) =>
  fc.oneof(
    texts,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
    fc.constantFrom(true, false, null, 0, 1e21, Number.MAX_SAFE_INTEGER, 5e-324),
  );

/** Values that JSON has, at most a few levels deep. */
const jsonValues = (texts) =>
  fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      leaf(texts),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.oneof(fc.constantFrom('a', 'list', 'time', 'msg', 'name'), texts), tie('value'), {
        maxKeys: 4,
      }),
    ),
  })).value;

/** Records of a message, which no logger takes for a template, and a value for the field `value`. */
export function jsonRecords({ seed, count, hasHalves }) {
  const texts = hasHalves ? fc.oneof(wellFormed, halves) : wellFormed;
  const record = fc.record({
    message: texts.map((text) => `m${text.replaceAll(/[%{}]/g, '')}`),
    value: jsonValues(texts),
  });
  return fc.sample(record, { seed, numRuns: count });
}
