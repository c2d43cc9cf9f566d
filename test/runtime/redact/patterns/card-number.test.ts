import * as fc from 'fast-check';
import { maskCardNumbers } from '../../../../runtime/redact/patterns/card-number.js';

/** The digits and the one that makes the checksum right, found by trying. */
function withChecksum(digits: string): string {
  const ends = Array.from({ length: 10 }, (_, digit) => `${digits}${digit}`);
  return ends.find((number) => {
    const fromRight = number.split('').toReversed().map(Number);
    const sum = fromRight.reduce(
      (total, digit, place) => total + (place % 2 === 0 ? digit : sumOfDouble(digit)),
      0,
    );
    return sum % 10 === 0;
  })!;
}

function sumOfDouble(digit: number): number {
  return [0, 2, 4, 6, 8, 1, 3, 5, 7, 9][digit]!;
}

/** Card numbers of 13 to 19 digits. */
const cardNumber = fc
  .tuple(
    fc.constantFrom('3', '4', '5', '6', '22', '27'),
    fc.string({ unit: fc.constantFrom(...'0123456789'.split('')), minLength: 11, maxLength: 16 }),
  )
  .map(([issuer, rest]) => withChecksum((issuer + rest).padEnd(12, '0')));

test('a number with a right checksum goes, however it is grouped; with a wrong one it stays', () => {
  const separator = fc.constantFrom('', ' ', '-');

  fc.assert(
    fc.property(cardNumber, fc.infiniteStream(separator), (number, separators) => {
      // GIVEN
      const grouped = number
        .split('')
        .map((digit, index) => (index === 0 ? '' : separators.next().value!) + digit)
        .join('');
      const last = (Number(number.at(-1)) + 1) % 10;
      const wrong = number.slice(0, -1) + last;

      // THEN
      expect(maskCardNumbers(`card ${grouped}, paid`)).toBe('card [redacted], paid');
      expect(maskCardNumbers(`card ${wrong}, paid`)).toBe(`card ${wrong}, paid`);
    }),
  );
});

test.each([
  ['4111111111111111', '[redacted]'],
  ['4111 1111 1111 1111', '[redacted]'],
  ['3782-822463-10005', '[redacted]'],
  ['5555555555554444.', '[redacted].'],
  ['card=2223003122003222&x', 'card=[redacted]&x'],
  ['4111 1111 1111 1111 12/27 123', '[redacted] 12/27 123'],
  ['order 12 4111 1111 1111 1111', 'order 12 [redacted]'],
  ['order 35 4111 1111 1111 1111', 'order 35 [redacted]'],
  ['4111111111111111 5555555555554444', '[redacted] [redacted]'],
  ['PAN4111111111111111x', 'PAN[redacted]x'],
])('%j becomes %j', (text, expected) => {
  expect(maskCardNumbers(text)).toBe(expected);
});

/** At, one under and one over the limits of length. */
test.each([
  ['12 digits', withChecksum('40000000000'), false],
  ['13 digits', withChecksum('400000000000'), true],
  ['14 digits', withChecksum('4000000000000'), true],
  ['18 digits', withChecksum('40000000000000000'), true],
  ['19 digits', withChecksum('400000000000000000'), true],
  ['20 digits', withChecksum('4000000000000000000'), false],
])('%s', (_, number, goes) => {
  expect(maskCardNumbers(number)).toBe(goes ? '[redacted]' : number);
});

test.each([
  ['a wrong checksum', '4111111111111112'],
  ['milliseconds with a right checksum', withChecksum('173227320000')],
  ['a time of day', '2024-11-22-10-03-22'],
  ['decimals', '0.4111111111111111'],
  ['hexadecimal digits before', 'a4111111111111111'],
  ['hexadecimal digits behind', '4111111111111111f'],
  ['a UUID', '550e8400-e29b-41d4-a716-446655440000'],
  ['two separators', '4111  1111  1111  1111'],
  ['other separators', '4111.1111.1111.1111'],
])('%s: no card', (_, text) => {
  expect(maskCardNumbers(text)).toBe(text);
});
