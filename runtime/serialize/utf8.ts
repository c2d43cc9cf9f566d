/** Bytes of a character inside a JSON string: escaped by JSON.stringify, then UTF-8. */
function escapedBytes(codePoint: number): number {
  if (codePoint < 0x80) {
    if (codePoint === 0x22 || codePoint === 0x5c) return 2;
    if (codePoint >= 0x20) return 1;
    return codePoint >= 8 && codePoint <= 13 && codePoint !== 11 ? 2 : 6;
  }
  if (codePoint < 0x800) return 2;
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return 6;
  return codePoint < 0x10000 ? 3 : 4;
}

/** The number of UTF-16 units of a text that fit into this many bytes of a JSON string; never half a character. */
export function fittingLength(text: string, maxJsonBytes: number, from = 0): number {
  let bytes = 0;
  let index = from;
  while (index < text.length) {
    const codePoint = text.codePointAt(index)!;
    bytes += escapedBytes(codePoint);
    if (bytes > maxJsonBytes) break;
    index += codePoint > 0xffff ? 2 : 1;
  }
  return index - from;
}
