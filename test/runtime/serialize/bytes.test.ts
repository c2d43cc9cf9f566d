import { bytesText } from '../../../runtime/serialize/bytes.js';

const bytes = Uint8Array.from({ length: 40 }, (_, index) => index);
const hex = (length: number): string => Buffer.from(bytes.subarray(0, length)).toString('hex');

test.each<[string, object, string]>([
  ['a Buffer', Buffer.from('hello'), '[Buffer(5): 68656c6c6f]'],
  ['bytes', new Uint8Array([0, 255]), '[Uint8Array(2): 00ff]'],
  ['no bytes', new Uint8Array(0), '[Uint8Array(0)]'],
  ['31 bytes', bytes.subarray(0, 31), `[Uint8Array(31): ${hex(31)}]`],
  ['32 bytes', bytes.subarray(0, 32), `[Uint8Array(32): ${hex(32)}]`],
  ['33 bytes', bytes.subarray(0, 33), `[Uint8Array(33): ${hex(32)}…]`],
  ['a part of a buffer', bytes.subarray(38), '[Uint8Array(2): 2627]'],
  ['an ArrayBuffer', bytes.buffer.slice(0, 2), '[ArrayBuffer(2): 0001]'],
  ['a SharedArrayBuffer', new SharedArrayBuffer(2), '[SharedArrayBuffer(2): 0000]'],
  ['a DataView', new DataView(bytes.buffer, 1, 2), '[DataView(2): 0102]'],
  ['clamped bytes', new Uint8ClampedArray([1, 300]), '[Uint8ClampedArray(2): 1, 255]'],
  ['numbers', new Float64Array([0.5, -1, Number.NaN]), '[Float64Array(3): 0.5, -1, NaN]'],
  ['large numbers', new BigInt64Array([-1n, 2n ** 62n]), '[BigInt64Array(2): -1, 4611686018427387904]'],
  ['eight numbers', new Int16Array(8), '[Int16Array(8): 0, 0, 0, 0, 0, 0, 0, 0]'],
  ['nine numbers', new Int16Array(9), '[Int16Array(9): 0, 0, 0, 0, 0, 0, 0, 0, …]'],
])('%s', (_, given, expected) => {
  expect(bytesText(given)).toBe(expected);
});

test.each([[{}], [[1, 2]], [new Map()], [{ length: 2, byteLength: 2 }]])('of %p there is none', (given) => {
  expect(bytesText(given)).toBeUndefined();
});
