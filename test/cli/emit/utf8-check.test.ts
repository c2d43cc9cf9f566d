import * as fc from 'fast-check';
import { Utf8Check } from '../../../cli/emit/utf8-check.js';

/** Bytes in pieces, cut anywhere. */
function piecesOf(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
}

function isUtf8(pieces: readonly Buffer[]): boolean {
  const check = new Utf8Check();
  const held = pieces.map((piece) => check.holds(piece));
  return check.end() && held.every(Boolean);
}

test('text is UTF-8 wherever it is cut', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.nat()), (text, cuts) => {
      expect(isUtf8(piecesOf(Buffer.from(text), cuts))).toBe(true);
    }),
  );
});

test('any bytes are what a decoder that is strict says of them, wherever they are cut', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.array(fc.nat()), (bytes, cuts) => {
      expect(isUtf8(piecesOf(Buffer.from(bytes), cuts))).toBe(isDecoded(bytes));
    }),
  );
});

function isDecoded(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

test.each([
  ['a byte that begins nothing', [0x61, 0xff, 0x62]],
  ['a character that does not go on', [0xc3, 0x61]],
  ['a character that is cut at the end', [0x61, 0xe2, 0x82]],
])('%s is none', (_, bytes) => {
  expect(isUtf8([Buffer.from(bytes)])).toBe(false);
});

test('what one input left open says nothing of the next one', () => {
  const check = new Utf8Check();
  check.holds(Buffer.from([0xe2]));
  check.end();
  expect(check.holds(Buffer.from('plain'))).toBe(true);
});
