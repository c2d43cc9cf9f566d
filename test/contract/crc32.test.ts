import * as fc from 'fast-check';
import * as zlib from 'node:zlib';
import { crc32 } from '../../contract/crc32.js';

test.each([
  ['', 0],
  ['123456789', 0xcb_f4_39_26],
  ['The quick brown fox jumps over the lazy dog', 0x41_4f_a3_39],
])('the checksum of %p is the one that everybody has', (text, checksum) => {
  expect(crc32(Buffer.from(text))).toBe(checksum);
});

const { crc32: reference } = zlib as { crc32?: (bytes: Uint8Array) => number };

(reference ? test : test.skip)('it is that of zlib, where zlib tells', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => crc32(bytes) === reference!(bytes)));
});
