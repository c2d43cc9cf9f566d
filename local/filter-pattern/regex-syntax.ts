import { type CharacterSet, inverse, range, setOf, union } from './character-set.js';
import type { PatternReader } from './pattern-reader.js';
import type { Quota } from './quota.js';
import { type Alternative, type Atom, LinearRegex, positionsOf } from './linear-regex.js';

/**
 * Characters of a regular expression that stand for themselves: letters, digits and nine signs (documented), and the space
 * (documented by an example).
 */
const PLAIN = /[A-Za-z0-9:_#=@/;, -]/y;
const OPERATORS = '^$?[]{}|\\*+.';
/** Characters of a class that stand for themselves. */
const PLAIN_IN_CLASS = /[A-Za-z0-9:_#=@/;, \-^$?{}|*+.]/y;

/** That `.` matches everything but a line feed is assumed. */
const ANY = inverse(setOf('\n'));
const DIGITS = range(0x30, 0x39);
const WORD = setOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_');
/** Tab, space and line feed are documented, the others assumed. */
const SPACE = setOf(' \t\n\v\f\r');

const CLASSES: Readonly<Record<string, CharacterSet>> = {
  d: DIGITS,
  D: inverse(DIGITS),
  w: WORD,
  W: inverse(WORD),
  s: SPACE,
  S: inverse(SPACE),
};

/** Positions of a regular expression. The limit is ours. */
const MAX_POSITIONS = 1_024;

/**
 * Reads a regular expression between two percent signs, by the alphabet that is documented. There are no groups, so that
 * it is a choice among sequences.
 */
export function readRegex(reader: PatternReader, quota: Quota): (text: string) => boolean {
  quota.countRegex();
  reader.takesHere('%');
  const alternatives = [readAlternative(reader)];
  while (reader.takesHere('|')) alternatives.push(readAlternative(reader));
  if (!reader.takesHere('%')) throw reader.refusal('| or % after $');
  if (positionsOf(alternatives) > MAX_POSITIONS) {
    throw reader.refusal(`at most ${MAX_POSITIONS} characters before this, repetitions included`);
  }
  const regex = new LinearRegex(alternatives);
  return (text) => regex.matches(text);
}

function readAlternative(reader: PatternReader): Alternative {
  const isAtStart = reader.takesHere('^');
  const atoms: Atom[] = [];
  while (!/[|%$]/.test(reader.next ?? '')) atoms.push(readAtom(reader));
  const isAtEnd = reader.takesHere('$');
  if (!isAtStart && !isAtEnd && atoms.length === 0) throw reader.refusal('a character before this');
  return { isAtStart, isAtEnd, atoms };
}

function readAtom(reader: PatternReader): Atom {
  const set = readSet(reader);
  const atom = { set, ...readRepetition(reader) };
  if (/[*+?{]/.test(reader.next ?? '')) throw reader.refusal('no second repetition');
  return atom;
}

function readSet(reader: PatternReader): CharacterSet {
  if (reader.takesHere('.')) return ANY;
  if (reader.takesHere('[')) return readClass(reader);
  const sign = reader.next === '\\' ? readEscape(reader) : reader.match(PLAIN)?.[0];
  if (sign !== undefined) return typeof sign === 'string' ? setOf(sign) : sign;
  throw reader.refusal(
    String.raw`a letter, a digit, one of : _ # = @ / ; , - or an operator, and % at the end; other characters as \xHH, operators after a backslash`,
  );
}

/** A character, or the class that `\d` and its like stand for. */
function readEscape(reader: PatternReader): string | CharacterSet {
  const [, operator, name, hex] =
    reader.match(/\\(?:([\^$?[\]{}|\\*+.])|([dDsSwW])|x([0-7][0-9A-F]))/y) ?? [];
  if (operator !== undefined) return operator;
  if (name !== undefined) return CLASSES[name]!;
  if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
  throw reader.refusal(String.raw`\ before one of ${OPERATORS}, before d, D, s, S, w, W, or \x00 to \x7F`);
}

function readClass(reader: PatternReader): CharacterSet {
  const isInverse = reader.takesHere('^');
  const sets: CharacterSet[] = [];
  do sets.push(readClassPart(reader));
  while (!reader.takesHere(']'));
  return isInverse ? inverse(union(sets)) : union(sets);
}

function readClassPart(reader: PatternReader): CharacterSet {
  const low = readClassCharacter(reader);
  if (typeof low !== 'string') return low;
  // A hyphen in front of the closing bracket stands for itself.
  if (!reader.match(/-(?!\])/y)) return setOf(low);
  const high = readClassCharacter(reader);
  if (typeof high === 'string' && low <= high) return range(low.charCodeAt(0), high.charCodeAt(0));
  throw reader.refusal('a range from a lower to a higher character before this');
}

function readClassCharacter(reader: PatternReader): string | CharacterSet {
  const sign = reader.next === '\\' ? readEscape(reader) : reader.match(PLAIN_IN_CLASS)?.[0];
  if (sign !== undefined) return sign;
  throw reader.refusal(String.raw`a character of the class, or ] after one; other characters as \xHH`);
}

type Repetition = Pick<Atom, 'least' | 'most'>;

const REPETITIONS: Readonly<Record<string, Repetition>> = {
  '*': { least: 0, most: Number.POSITIVE_INFINITY },
  '+': { least: 1, most: Number.POSITIVE_INFINITY },
  '?': { least: 0, most: 1 },
};

function readRepetition(reader: PatternReader): Repetition {
  if (reader.next === '{') return readCounts(reader);
  const sign = reader.match(/[*+?]/y)?.[0];
  return sign === undefined ? { least: 1, most: 1 } : REPETITIONS[sign]!;
}

/** `{2}`, `{2,}`, `{,3}` or `{2,3}`. */
function readCounts(reader: PatternReader): Repetition {
  const [, first, comma, last] = reader.match(/\{(?!,?\})(\d*)(,?)(\d*)\}/y) ?? [];
  const least = Number(first);
  const most = comma === '' ? least : last === '' ? Number.POSITIVE_INFINITY : Number(last);
  if (least <= most && Math.max(least, Number.isFinite(most) ? most : 0) <= MAX_POSITIONS)
    return { least, most };
  throw reader.refusal(`counts as in {2}, {2,}, {,3} or {2,3}, each at most ${MAX_POSITIONS}`);
}
