/* oxlint-disable no-control-regex -- it is about control characters. */

/** Sequences that only colour a text. */
const COLOURS = /\u001b\[[\d;:]*m/g;

/**
 * Characters by which a text could move the cursor, change the terminal, or look like another text: all controls except for the tab and
 * the line feed, and those that turn the direction of writing.
 */
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** A text that somebody else wrote, for a terminal: without its colours, and with controls as `\x1b`. */
export function safeText(text: string): string {
  return text.replaceAll(COLOURS, '').replaceAll('\r\n', '\n').replaceAll(UNSAFE, escaped);
}

/** The same on one line. */
export function safeLine(text: string): string {
  return safeText(text).replaceAll('\n', String.raw`\n`);
}

/** JSON for a terminal. It has escaped most controls itself; strings take the others as `\u009b`. */
export function safeJson(json: string): string {
  return json.replaceAll(UNSAFE, (character) => `\\u${hex(character, 4)}`);
}

function escaped(character: string): string {
  if (character === '\r') return String.raw`\r`;
  return character.charCodeAt(0) > 0xff ? `\\u${hex(character, 4)}` : `\\x${hex(character, 2)}`;
}

function hex(character: string, digits: number): string {
  return character.charCodeAt(0).toString(16).padStart(digits, '0');
}
