import * as fc from 'fast-check';
import { LineSplitter } from '../../../../runtime/adapters/lines/line-splitter.js';

function linesOf(given: readonly (string | Uint8Array)[], maxUnits?: number): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => void lines.push(line), maxUnits);
  for (const piece of given) splitter.push(piece);
  splitter.end();
  return lines;
}

/** Divides into pieces of these lengths, over and over. */
function pieces<Whole extends string | Buffer>(whole: Whole, lengths: readonly number[]): Whole[] {
  const parts: Whole[] = [];
  for (let from = 0, turn = 0; from < whole.length; turn++) {
    const to = from + lengths[turn % lengths.length]!;
    parts.push((typeof whole === 'string' ? whole.slice(from, to) : whole.subarray(from, to)) as Whole);
    from = to;
  }
  return parts;
}

const line = fc.string({ unit: fc.constantFrom(...'ab{}" €'.split(''), '😀', 'é', '\r') });
const lengths = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
const breaks = fc.constantFrom('\n', '\r\n');

/** What a line is without its end; an empty one is none. */
const shown = (given: readonly string[]): string[] =>
  given.map((text) => text.replace(/\r$/, '')).filter((text) => text !== '');

test('lines come whole and in order, wherever text or bytes are divided', () => {
  fc.assert(
    fc.property(fc.array(line), lengths, breaks, fc.boolean(), (lines, cuts, lineBreak, isEnded) => {
      const text = lines.join(lineBreak) + (isEnded ? lineBreak : '');
      const expected = shown(text.split('\n'));

      expect(linesOf(pieces(text, cuts))).toEqual(expected);
      expect(linesOf(pieces(Buffer.from(text), cuts))).toEqual(expected);
    }),
  );
});

test('bytes that are no UTF-8 are shown as such, and end no line', () => {
  expect(linesOf([Buffer.from([0x61, 0xff, 0x0a, 0xe2, 0x82])])).toEqual(['a\ufffd', '\ufffd']);
});

describe('a line that does not end', () => {
  test('comes in parts that are not longer than allowed, and loses nothing', () => {
    fc.assert(
      fc.property(line, lengths, fc.integer({ min: 2, max: 12 }), (text, cuts, maxUnits) => {
        const whole = text.replaceAll('\r', '');
        const parts = linesOf(pieces(whole, cuts), maxUnits);

        expect(parts.join('')).toBe(whole);
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(maxUnits);
          expect(part.isWellFormed()).toBe(true);
        }
      }),
    );
  });

  test.each([
    [9, ['12345 789']],
    [8, ['12345 ', '789']],
    [6, ['12345 ', '789']],
    [5, ['12345', ' 789']],
  ])('is divided between words: %i', (maxUnits, expected) => {
    expect(linesOf(['12345 789'], maxUnits)).toEqual(expected);
  });
});

test('empty lines are counted by whoever asks, and the end of the text is none', () => {
  const heard: string[] = [];
  const splitter = new LineSplitter(
    (text) => heard.push(text),
    undefined,
    () => heard.push('(blank)'),
  );
  splitter.push('\na\r\n\r\n');
  splitter.end();
  expect(heard).toEqual(['(blank)', 'a', '(blank)']);
});
