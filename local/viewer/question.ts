import type { TextPlace } from './answers.js';

/** A question of the page that cannot be answered. */
export class BadQuestion extends Error {
  /** The parameter that is wrong. */
  readonly parameter: string;
  /** Where its text is wrong, if that is known. */
  readonly place: TextPlace | undefined;

  constructor(message: string, parameter: string, place?: TextPlace) {
    super(message);
    this.parameter = parameter;
    this.place = place;
  }
}

/** Milliseconds since 1970. */
export function timeParameter(query: URLSearchParams, name: string): number | undefined {
  return integerParameter(query, name, 0, Number.MAX_SAFE_INTEGER);
}

/** @throws BadQuestion unless it is absent or an integer from `least` to `most` */
export function integerParameter(
  query: URLSearchParams,
  name: string,
  least: number,
  most: number,
): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new BadQuestion(`${name} must be an integer from ${least} to ${most}, not ${text}.`, name);
}
