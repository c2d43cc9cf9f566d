import { CENSOR } from '../../serialize/censor.js';

const MIN_DIGITS = 13;
const MAX_DIGITS = 19;

const ENOUGH_DIGITS = /\d(?:[ -]?\d){12}/;

/** How card numbers begin; times in milliseconds and years do not. */
const ISSUED = /^(?:2[2-7]|[3-6])/;

interface Digits {
  readonly from: number;
  readonly to: number;
}

/**
 * Hides card numbers: 13 to 19 digits, in one group or in groups divided by single spaces or dashes, with a right checksum and a
 * first digit that cards have. Digits within a hexadecimal id or behind a decimal point do not count.
 */
export function maskCardNumbers(text: string): string {
  if (!ENOUGH_DIGITS.test(text)) return text;
  const groups = [...text.matchAll(/\d+/g)].map(({ 0: { length }, index }) => ({
    from: index,
    to: index + length,
  }));
  let masked = '';
  let done = 0;
  for (let first = 0; first < groups.length; first++) {
    const last = lastGroupOfCard(text, groups, first);
    if (last === undefined) continue;
    masked += text.slice(done, groups[first]!.from) + CENSOR;
    done = groups[last]!.to;
    first = last;
  }
  return masked + text.slice(done);
}

/** Tries each group as the last one and takes the farthest that fits, since an expiry date or a code may follow a card number. */
function lastGroupOfCard(text: string, groups: readonly Digits[], first: number): number | undefined {
  const { from } = groups[first]!;
  if (!mayStart(text, from)) return undefined;
  let digits = '';
  let found: number | undefined;
  for (let last = first; last < groups.length; last++) {
    const group = groups[last]!;
    if (last > first && !isSeparated(text, groups[last - 1]!, group)) break;
    if (digits.length + group.to - group.from > MAX_DIGITS) break;
    digits += text.slice(group.from, group.to);
    if (digits.length >= MIN_DIGITS && mayEnd(text, group.to) && isCardNumber(digits)) found = last;
  }
  return found;
}

function isSeparated(text: string, before: Digits, after: Digits): boolean {
  return after.from === before.to + 1 && (text[before.to] === ' ' || text[before.to] === '-');
}

function mayStart(text: string, from: number): boolean {
  return /[2-6]/.test(text[from]!) && !/[a-f]$|\d\.$/i.test(text.slice(Math.max(0, from - 2), from));
}

function mayEnd(text: string, to: number): boolean {
  return !/[a-f]/i.test(text[to] ?? '');
}

function isCardNumber(digits: string): boolean {
  return ISSUED.test(digits) && hasChecksum(digits);
}

/** The Luhn algorithm: ISO/IEC 7812-1, annex B. */
function hasChecksum(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - 0x30;
    const doubled = place % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
