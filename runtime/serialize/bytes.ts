import { types } from 'node:util';

/** How many bytes, or numbers of other typed arrays, a line shows. */
const SHOWN_BYTES = 32;
const SHOWN_NUMBERS = 8;

/** Type, length and beginning of a buffer or typed array, such as `[Buffer(5): 68656c6c6f]`; `undefined` for another object. */
export function bytesText(object: object): string | undefined {
  if (types.isAnyArrayBuffer(object)) return textOf(object, object.byteLength, new Uint8Array(object));
  if (types.isDataView(object)) {
    return textOf(
      object,
      object.byteLength,
      new Uint8Array(object.buffer, object.byteOffset, object.byteLength),
    );
  }
  if (!types.isTypedArray(object)) return undefined;
  return textOf(object, object.length, object);
}

/** Size of a blob or file, with name and type if it has any, such as `[File(3): a.txt, text/plain]`. */
export function blobText({ size, name, type }: Partial<File>, tag: string): string | undefined {
  if (typeof size !== 'number') return undefined;
  const known = [name, type].filter(Boolean).join(', ');
  return `[${tag}(${size})${known === '' ? '' : `: ${known}`}]`;
}

type Numbers = NodeJS.TypedArray;

function textOf(object: object, length: number, numbers: Numbers): string {
  const start = types.isUint8Array(numbers) ? hexadecimal(numbers) : decimal(numbers);
  return `[${object.constructor.name}(${length})${length === 0 ? '' : `: ${start}`}]`;
}

function hexadecimal(bytes: Uint8Array): string {
  const shown = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, SHOWN_BYTES)).toString(
    'hex',
  );
  return bytes.length > SHOWN_BYTES ? `${shown}…` : shown;
}

function decimal(numbers: Numbers): string {
  const shown = Array.from(numbers.subarray(0, SHOWN_NUMBERS), String).join(', ');
  return numbers.length > SHOWN_NUMBERS ? `${shown}, …` : shown;
}
