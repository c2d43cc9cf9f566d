import * as v from 'valibot';

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
  readonly schema: v.GenericSchema<unknown, Output>;
  /** The text of a variable. It is chosen so that Python's fapilog reads the same value from it. */
  readonly encode: (value: Output) => string;
  /** How TypeScript writes `Input`, for the generated interfaces. */
  readonly inputType: string;
  /** Carries the type only. */
  readonly input?: Input;
}

const trimmed = v.pipe(v.string(), v.trim());

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
    schema: v.pipe(
      v.string(),
      v.check((value) => value.trim() !== '' && isAllowed(value)),
    ),
    encode: (value) => value,
  };
}

export function integer(min: number, max = Number.MAX_SAFE_INTEGER): Kind<number> {
  const wholeNumberText = v.pipe(trimmed, v.regex(/^[+-]?\d+$/), v.transform(Number));
  return {
    allowed:
      max === Number.MAX_SAFE_INTEGER ? `an integer of at least ${min}` : `an integer from ${min} to ${max}`,
    inputType: 'number',
    schema: v.pipe(v.union([v.number(), wholeNumberText]), v.safeInteger(), v.minValue(min), v.maxValue(max)),
    encode: String,
  };
}

/** A number, fractions allowed, without an exponent in text. */
export function decimal(min: number, max: number): Kind<number> {
  const decimalText = v.pipe(trimmed, v.regex(/^\d+(\.\d+)?$/), v.transform(Number));
  return {
    allowed: `a number from ${min} to ${max}`,
    inputType: 'number',
    schema: v.pipe(v.union([v.number(), decimalText]), v.finite(), v.minValue(min), v.maxValue(max)),
    encode: plainDecimal,
  };
}

/** One of a few integers. */
export function oneOf(values: readonly number[]): Kind<number> {
  const { schema, encode } = integer(Math.min(...values), Math.max(...values));
  return {
    allowed: `one of ${values.join(', ')}`,
    inputType: 'number',
    schema: v.pipe(schema, v.picklist(values)),
    encode,
  };
}

const SECONDS_PER_UNIT: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3_600,
  d: 86_400,
  w: 604_800,
};

const durationText = measureText(SECONDS_PER_UNIT, 's');

/** Seconds: a number, or text such as `5`, `5s`, `500ms`, `1.5 m`, `2h`, `1d`, `1w`. */
export function seconds(min: number, max: number): Kind<number, number | string> {
  const schema = v.pipe(v.union([v.number(), durationText]), v.finite(), v.minValue(min), v.maxValue(max));
  return {
    allowed: `seconds from ${min} to ${max}${suchAs(schema, [5, '5s', '500ms'])}`,
    inputType: 'number | string',
    schema,
    encode: plainDecimal,
  };
}

/** A number that may have one of these units. Quotes around it, which files of variables keep, do not count, as in Python. */
function measureText(
  units: Readonly<Record<string, number>>,
  unitOfNone: string,
): v.GenericSchema<unknown, number> {
  const form = new RegExp(`^(["']?)(\\d+(?:\\.\\d+)?) ?(${Object.keys(units).join('|')})?\\1$`, 'i');
  return v.pipe(
    trimmed,
    v.regex(form),
    v.transform((written) => {
      const [, , amount, unit = unitOfNone] = form.exec(written)!;
      return Number(amount) * units[unit.toLowerCase()]!;
    }),
  );
}

/** Those of the values that are allowed, as the end of a sentence. */
function suchAs(schema: v.GenericSchema, values: readonly unknown[]): string {
  const examples = values.filter((value) => v.is(schema, value)).map((value) => JSON.stringify(value));
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

const sizeText = v.pipe(measureText(BYTES_PER_UNIT, 'b'), v.transform(Math.floor));

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
  const amount = v.pipe(v.union([v.number(), sizeText]), v.safeInteger(), v.minValue(min));
  const inRange = v.pipe(amount, v.maxValue(max));
  const examples = suchAs(inRange, [102_400, 1_073_741_824, '100 KB', '1 GB']);
  const mostOf = v.pipe(
    amount,
    v.transform((value) => Math.min(value, max)),
  );
  return {
    allowed: `bytes from ${min} to ${max}${examples} (a KB has 1024)${more === 'isMax' ? '; more counts as the most' : ''}`,
    inputType: 'number | string',
    schema: more === 'isMax' ? mostOf : inRange,
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
  const flagText = v.pipe(
    trimmed,
    v.toLowerCase(),
    v.check((word) => Object.hasOwn(FLAG_WORDS, word)),
    v.transform((word) => FLAG_WORDS[word]!),
  );
  return {
    allowed: 'true or false (also 1, yes, on, 0, no, off)',
    inputType: 'boolean',
    schema: v.union([v.boolean(), flagText]),
    encode: String,
  };
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
    schema: v.pipe(
      trimmed,
      v.toLowerCase(),
      v.transform((word) => (Object.hasOwn(spellings, word) ? spellings[word] : word)),
      v.picklist(values),
    ),
    encode,
  };
}

const item = v.pipe(v.string(), v.trim(), v.nonEmpty());

const listText = v.pipe(trimmed, v.transform(listOf), v.array(item));

function listOf(list: string): unknown {
  if (list.startsWith('[')) return parsedJson(list);
  return list.toLowerCase() === NO_NAME ? [] : list.split(',');
}

/** Stands for the empty list, because a blank variable counts as absent. */
const NO_NAME = 'none';

/** Names as {@link names} takes them, but any, and more than once. */
export const listOfNames = v.union([v.array(item), listText]);

/**
 * Names: an array, or text as JSON (`["a","b"]`), with commas (`a,b`), or `none`.
 *
 * @param example names that suit the setting, for messages
 */
export function names(example: readonly string[], { mayBeEmpty = false } = {}): Kind<readonly string[]> {
  return {
    allowed: `a list of different names, such as ${JSON.stringify(example)} or "${example.join(',')}"${mayBeEmpty ? ', or "none"' : ''}`,
    inputType: 'readonly string[]',
    schema: v.pipe(
      listOfNames,
      v.check((list) => mayBeEmpty || list.length > 0),
      v.check((list) => new Set(list).size === list.length),
    ),
    encode: (list) => JSON.stringify(list),
  };
}

/** Some of a few names: an array, or text as {@link names} understands it. */
export function namesOf<Name extends string>(known: readonly Name[]): Kind<readonly Name[]> {
  return {
    allowed: `a list of names out of ${known.join(', ')}, each once`,
    inputType: `readonly (${unionOf(known)})[]`,
    schema: v.pipe(names(known, { mayBeEmpty: true }).schema, v.array(v.picklist(known))),
    encode: (list) => JSON.stringify(list),
  };
}

/** Any JSON of this shape, as a value or as text. */
export function json<Output>(
  allowed: string,
  typeOfInput: string,
  schema: v.GenericSchema<unknown, Output>,
  encode: (value: Output) => string = (value) => JSON.stringify(value),
): Kind<Output> {
  return {
    allowed,
    inputType: typeOfInput,
    schema: v.pipe(
      v.unknown(),
      v.transform((value) => (typeof value === 'string' ? parsedJson(value) : value)),
      schema,
    ),
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
