import { withNumbers } from '../lines/json-numbers.js';

/** A message as JSON. */
export class JsonLine {
  readonly message: string;
  /** The object; `undefined` if the message is none. */
  readonly root: object | undefined;
  #mayRespell: boolean | undefined;
  #texts: unknown;

  constructor(message: string) {
    this.message = message;
    this.root = parseObject(message);
  }

  /**
   * The text of a number of the message as it was written, which the service compares (reported) and `JSON.parse` forgets.
   * `undefined` if it is not known; {@link withTexts} has it.
   */
  textOf(number: number): string | undefined {
    if (!Number.isInteger(number) || Math.abs(number) > MAX_PLAIN || Object.is(number, -0)) return undefined;
    this.#mayRespell ??= RESPELLED_INTEGER.test(this.message);
    return this.#mayRespell ? undefined : String(number);
  }

  /** The object with each number as a string: its text. */
  withTexts(): unknown {
    this.#texts ??= JSON.parse(withNumbers(this.message, (number) => `"${number}"`));
    return this.#texts;
  }
}

let last: JsonLine | undefined;

/** Parses a message once for all comparisons of all patterns that are asked about it in turn. */
export function jsonLineOf(message: string): JsonLine {
  if (last?.message !== message) last = new JsonLine(message);
  return last;
}

/** Up to here, only digits, or what {@link RESPELLED_INTEGER} finds, make an integer. */
const MAX_PLAIN = 1e12;

/** `500.0`, `5e2`, or a fraction that rounds to an integer. It may also find a part of a string, which does no harm. */
const RESPELLED_INTEGER = /[:,[\s]-?\d+(?:\.[09]|(?:\.\d+)?[eE])/;

/** Of names that occur twice, the last counts, as in `JSON.parse` (reported). */
function parseObject(message: string): object | undefined {
  if (!/^[ \t\r\n]*\{/.test(message)) return undefined;
  try {
    return JSON.parse(message) as object;
  } catch {
    return undefined;
  }
}
