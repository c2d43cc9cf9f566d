import type { ValueFunction } from '../values/reader.js';
import { finite, numberOf } from '../values/value.js';

/** Functions of numbers. A value that is no number, and a result such as the root of -1, is absent (assumed). */
export const numberFunctions: Readonly<Record<string, ValueFunction>> = {
  abs: onNumber(Math.abs),
  ceil: onNumber(Math.ceil),
  floor: onNumber(Math.floor),
  /** The natural logarithm (documented). */
  log: onNumber(Math.log),
  sqrt: onNumber(Math.sqrt),
  greatest: onNumbers((one, other) => Math.max(one, other)),
  least: onNumbers((one, other) => Math.min(one, other)),
};

function onNumber(compute: (number: number) => number): ValueFunction {
  return (value) => {
    const number = numberOf(value);
    return number === undefined ? undefined : finite(compute(number));
  };
}

/** Values that are no numbers are left out (assumed). */
function onNumbers(choose: (one: number, other: number) => number): ValueFunction {
  return (...values) => {
    const numbers = values.map(numberOf).filter((number) => number !== undefined);
    return numbers.length === 0 ? undefined : numbers.reduce(choose);
  };
}
