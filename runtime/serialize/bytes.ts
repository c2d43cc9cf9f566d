import { types } from 'node:util';

/** How many bytes, or numbers of other typed arrays, a line shows. */
const SHOWN_BYTES = 32;
const SHOWN_NUMBERS = 8;

/** Type, length and beginning of a buffer or typed array, such as `[Buffer(5): 68656c6c6f]`; `undefined` for another object. */
export function bytesText(object: object): string | undefined {
  const numbers = numbersOf(object);
  if (!numbers) return undefined;
  const beginning = numbers.length === 0 ? '' : `: ${beginningOf(numbers)}`;
  return `[${object.constructor.name}(${numbers.length})${beginning}]`;
}

/** Size of a blob or file, with name and type if it has any, such as `[File(3): a.txt, text/plain]`. */
export function blobText({ size, name, type }: Partial<File>, tag: string): string | undefined {
  if (typeof size !== 'number') return undefined;
  const known = [name, type].filter(Boolean).join(', ');
  return `[${tag}(${size})${known === '' ? '' : `: ${known}`}]`;
}

function numbersOf(object: object): NodeJS.TypedArray | undefined {
  if (types.isAnyArrayBuffer(object)) return new Uint8Array(object);
  if (types.isDataView(object)) return new Uint8Array(object.buffer, object.byteOffset, object.byteLength);
  return types.isTypedArray(object) ? object : undefined;
}

function beginningOf(numbers: NodeJS.TypedArray): string {
  const isBytes = types.isUint8Array(numbers);
  const [most, separator] = isBytes ? [SHOWN_BYTES, ''] : [SHOWN_NUMBERS, ', '];
  const shown = Array.from(numbers.subarray(0, most), isBytes ? hexadecimal : String).join(separator);
  return numbers.length > most ? `${shown}${separator}…` : shown;
}

function hexadecimal(byte: number | bigint): string {
  return byte.toString(16).padStart(2, '0');
}
