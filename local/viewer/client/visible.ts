/* oxlint-disable no-control-regex -- it is about control characters. */

/**
 * The text with characters that show nothing, or turn the direction of others, as what can be read: `␀`, `⏎`, `U+202E`. A line break is kept
 * if `breaks` says so.
 */
export function visible(text: string, breaks: 'kept' | 'shown'): string {
  return text.replaceAll(UNSEEN, (character) => {
    if (character === '\t') return character;
    if (character === '\n') return breaks === 'kept' ? character : ' ⏎ ';
    const code = character.codePointAt(0)!;
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '␡' : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  });
}

const UNSEEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
