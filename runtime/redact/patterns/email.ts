import { CENSOR } from '../../serialize/censor.js';

/** A match starts only at the start of a word, so that the pattern reads a long text without an address once. */
const EMAIL = /(?<![\p{L}\p{N}_.%+'-])[\p{L}\p{N}_.%+'-]+(?:@|%40)(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}/giu;

/** Hides e-mail addresses, also those that are percent-encoded. */
export function maskEmails(text: string): string {
  return text.includes('@') || text.includes('%40') ? text.replaceAll(EMAIL, CENSOR) : text;
}
