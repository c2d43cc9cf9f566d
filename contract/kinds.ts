/**
 * A kind of value: how variables, files and code write it, and which values are allowed.
 *
 * `Input` is what code may pass. Every kind understands text, because a variable holds nothing else.
 */
export interface Kind<Output, Input = Output> {
  /** What is allowed, as the end of a sentence: "an integer from 1 to 10000". */
  readonly allowed: string;
  /** What a value that is not allowed probably means, as the rest of that sentence; empty if nothing comes to mind. */
  readonly hint?: (value: unknown) => string;
  /** The value that code or text says; `undefined` if it is not allowed. */
  readonly read: Read<Output>;
  /** The text of a variable. It is chosen so that Python's fapilog reads the same value from it. */
  readonly encode: (value: Output) => string;
  /** How TypeScript writes `Input`, for the generated interfaces. */
  readonly inputType: string;
  /** Carries the type only. */
  readonly input?: Input;
}

type Read<Output> = (value: unknown) => Output | undefined;

/** Refuses blank text whatever the rule, because a blank variable counts as absent. */
export function text(
  rule: string,
  isAllowed: (value: string) => boolean,
  hint: (value: unknown) => string = () => '',
): Kind<string> {
  return {
    allowed: rule,
    hint,
    inputType: 'string',
    read: (value) =>
      typeof value === 'string' && value.trim() !== '' && isAllowed(value) ? value : undefined,
    encode: (value) => value,
  };
}

export function integer(min: number, max = Number.MAX_SAFE_INTEGER): Kind<number> {
  const isWhole = within(min, max, Number.isSafeInteger);
  return {
    allowed:
      max === Number.MAX_SAFE_INTEGER ? `an integer of at least ${min}` : `an integer from ${min} to ${max}`,
    inputType: 'number',
    read: (value) => isWhole(typeof value === 'string' ? numberIn(value, /^[+-]?\d+$/) : value),
    encode: String,
  };
}

/** A number, fractions allowed, without an exponent in text. */
export function decimal(min: number, max: number): Kind<number> {
  const inRange = within(min, max);
  return {
    allowed: `a number from ${min} to ${max}`,
    inputType: 'number',
    read: (value) => inRange(typeof value === 'string' ? numberIn(value, /^\d+(\.\d+)?$/) : value),
    encode: plainDecimal,
  };
}

/** One of a few integers. */
export function oneOf(values: readonly number[]): Kind<number> {
  const { read, encode } = integer(Math.min(...values), Math.max(...values));
  return {
    allowed: `one of ${values.join(', ')}`,
    inputType: 'number',
    read: (value) => memberOf(values, read(value)),
    encode,
  };
}

/** Accepts a number of this form in a range. */
function within(
  min: number,
  max: number,
  isForm: (value: number) => boolean = Number.isFinite,
): Read<number> {
  return (value) =>
    typeof value === 'number' && isForm(value) && value >= min && value <= max ? value : undefined;
}

/** The number in a text of this form; `NaN` for other texts. */
function numberIn(written: string, form: RegExp): number {
  const digits = written.trim();
  return form.test(digits) ? Number(digits) : Number.NaN;
}

function memberOf<Value>(values: readonly Value[], value: unknown): Value | undefined {
  return values.find((each) => each === value);
}

const SECONDS_PER_UNIT: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3_600,
  d: 86_400,
  w: 604_800,
};

const secondsIn = measure(SECONDS_PER_UNIT, 's');

/** Seconds: a number, or text such as `5`, `5s`, `500ms`, `1.5 m`, `2h`, `1d`, `1w`. */
export function seconds(min: number, max: number): Kind<number, number | string> {
  const inRange = within(min, max);
  const read: Read<number> = (value) => inRange(typeof value === 'string' ? secondsIn(value) : value);
  return {
    get allowed() {
      return `seconds from ${min} to ${max}${suchAs(read, [5, '5s', '500ms'])}`;
    },
    inputType: 'number | string',
    read,
    encode: plainDecimal,
  };
}

/**
 * Reads text that is a number, with one of these units if any; `NaN` for other texts. Quotes around it, which files of variables keep,
 * do not count, as in Python.
 */
function measure(units: Readonly<Record<string, number>>, unitOfNone: string): (written: string) => number {
  const form = new RegExp(`^(["']?)(\\d+(?:\\.\\d+)?) ?(${Object.keys(units).join('|')})?\\1$`, 'i');
  return (written) => {
    const [, , amount, unit = unitOfNone] = form.exec(written.trim()) ?? [];
    return Number(amount) * units[unit.toLowerCase()]!;
  };
}

/** Those of the values that are allowed, as the end of a sentence. */
function suchAs(read: Read<unknown>, values: readonly unknown[]): string {
  const examples = values.filter((value) => read(value) !== undefined).map((value) => JSON.stringify(value));
  const list = examples.join(', ').replace(/, (?=[^,]*$)/, ' or ');
  return list === '' ? '' : `, such as ${list}`;
}

/** `String` writes very small and very large numbers with an exponent, which neither reader accepts. */
function plainDecimal(value: number): string {
  const shortest = String(value);
  const [, first = '', rest = '', exponent] = /^(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(shortest) ?? [];
  if (exponent === undefined) return shortest;
  const digits = first + rest;
  const shift = Number(exponent);
  return shift < 0 ? `0.${'0'.repeat(-shift - 1)}${digits}` : digits.padEnd(shift + 1, '0');
}

const BYTES_PER_UNIT: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1_024,
  mb: 1_024 ** 2,
  gb: 1_024 ** 3,
  tb: 1_024 ** 4,
};

const bytesIn = measure(BYTES_PER_UNIT, 'b');

function sizeOf(value: unknown): unknown {
  return typeof value === 'string' ? Math.floor(bytesIn(value)) : value;
}

/**
 * Bytes: an integer, or text such as `1048576`, `10 MB`, `1.5gb`; a kilobyte has 1024 bytes.
 *
 * @param more whether more than `max` is refused, or counts as `max`
 */
export function bytes(
  min: number,
  max: number,
  more: 'isRefused' | 'isMax' = 'isRefused',
): Kind<number, number | string> {
  const inRange = within(min, max, Number.isSafeInteger);
  const atLeast = within(min, Infinity, Number.isSafeInteger);
  const read: Read<number> = (value) => inRange(sizeOf(value));
  const readMost: Read<number> = (value) => {
    const size = atLeast(sizeOf(value));
    return size === undefined ? undefined : Math.min(size, max);
  };
  return {
    get allowed() {
      const examples = suchAs(read, [102_400, 1_073_741_824, '100 KB', '1 GB']);
      return `bytes from ${min} to ${max}${examples} (a KB has 1024)${more === 'isMax' ? '; more counts as the most' : ''}`;
    },
    inputType: 'number | string',
    read: more === 'isMax' ? readMost : read,
    encode: String,
  };
}

const FLAG_WORDS: Readonly<Record<string, boolean>> = {
  1: true,
  true: true,
  yes: true,
  on: true,
  0: false,
  false: false,
  no: false,
  off: false,
};

export function flag(): Kind<boolean> {
  return {
    allowed: 'true or false (also 1, yes, on, 0, no, off)',
    inputType: 'boolean',
    read(value) {
      if (typeof value === 'boolean') return value;
      const word = wordIn(value);
      return word !== undefined && Object.hasOwn(FLAG_WORDS, word) ? FLAG_WORDS[word] : undefined;
    },
    encode: String,
  };
}

/** Text without regard to its case and to space around it. */
function wordIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value.trim().toLowerCase() : undefined;
}

/** One of a few words, in any case. `spellings` maps each accepted word to its value. */
export function choice<Value extends string>(
  values: readonly Value[],
  spellings: Readonly<Record<string, Value>> = {},
  encode: (value: Value) => string = String,
): Kind<Value> {
  const spellingWords = Object.keys(spellings);
  const also = spellingWords.length > 0 ? ` (also ${spellingWords.join(', ')})` : '';
  return {
    allowed: `one of ${values.join(', ')}${also}, in any case`,
    inputType: unionOf(values),
    read(value) {
      const word = wordIn(value);
      const isSpelling = word !== undefined && Object.hasOwn(spellings, word);
      return memberOf(values, isSpelling ? spellings[word] : word);
    },
    encode,
  };
}

/** Names as {@link names} takes them, but any, and more than once. */
export function readNames(value: unknown): readonly string[] | undefined {
  return readList(typeof value === 'string' ? listOf(value.trim()) : value, readName);
}

/** A list whose items are all allowed, as they are read. */
export function readList<Item>(value: unknown, read: Read<Item>): readonly Item[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const items = Array.from(value, read);
  return items.every((item) => item !== undefined) ? items : undefined;
}

function readName(value: unknown): string | undefined {
  return typeof value === 'string' ? value.trim() || undefined : undefined;
}

function listOf(list: string): unknown {
  if (list.startsWith('[')) return parsedJson(list);
  return list.toLowerCase() === NO_NAME ? [] : list.split(',');
}

/** Stands for the empty list, because a blank variable counts as absent. */
const NO_NAME = 'none';

/**
 * Names: an array, or text as JSON (`["a","b"]`), with commas (`a,b`), or `none`.
 *
 * @param example names that suit the setting, for messages
 */
export function names(example: readonly string[], { mayBeEmpty = false } = {}): Kind<readonly string[]> {
  return {
    allowed: `a list of different names, such as ${JSON.stringify(example)} or "${example.join(',')}"${mayBeEmpty ? ', or "none"' : ''}`,
    inputType: 'readonly string[]',
    read(value) {
      const list = readNames(value);
      const isAllowed = list && (mayBeEmpty || list.length > 0) && new Set(list).size === list.length;
      return isAllowed ? list : undefined;
    },
    encode: (list) => JSON.stringify(list),
  };
}

/** Some of a few names: an array, or text as {@link names} understands it. */
export function namesOf<Name extends string>(known: readonly Name[]): Kind<readonly Name[]> {
  const { read } = names(known, { mayBeEmpty: true });
  return {
    allowed: `a list of names out of ${known.join(', ')}, each once`,
    inputType: `readonly (${unionOf(known)})[]`,
    read: (value) => readList(read(value), (name) => memberOf(known, name)),
    encode: (list) => JSON.stringify(list),
  };
}

/** JSON that `read` understands, as a value or as text. */
export function json<Output>(
  allowed: string,
  typeOfInput: string,
  read: Read<Output>,
  encode: (value: Output) => string = (value) => JSON.stringify(value),
): Kind<Output> {
  return {
    allowed,
    inputType: typeOfInput,
    read: (value) => read(typeof value === 'string' ? parsedJson(value) : value),
    encode,
  };
}

function unionOf(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(' | ');
}

function parsedJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}
