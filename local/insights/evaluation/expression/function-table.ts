import { malformedQuery } from '../../query/malformed-query.js';
import type { Expression } from '../../query/query.js';
import type { Reader, Surroundings, ValueFunction } from '../values/reader.js';
import { isTrue } from '../values/value.js';
import { numberFunctions } from './numbers.js';
import { textFunctions } from './texts.js';
import { timeFunctions } from './times.js';

const functions: Readonly<Record<string, ValueFunction>> = {
  ...numberFunctions,
  ...textFunctions,
  /** The first value that is there (documented). */
  coalesce: (...values) => values.find((value) => value !== undefined),
  if: (condition, one, other) => (isTrue(condition) ? one : other),
};

/** @throws ServiceError for a function that there is not: {@link parseQuery} lets none through */
export function makeFunction(
  call: Extract<Expression, { kind: 'call' }>,
  parts: readonly Reader[],
  surroundings: Surroundings,
): Reader {
  const { name } = call;
  const make = Object.hasOwn(timeFunctions, name) ? timeFunctions[name] : undefined;
  if (make !== undefined) return make(parts, call.arguments, surroundings);
  const compute = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (compute === undefined) throw malformedQuery(`There is no function ${name}.`);
  const [first, ...rest] = parts;
  if (rest.length === 0 && first !== undefined) return (row) => compute(first(row));
  return (row) => compute(...parts.map((part) => part(row)));
}
