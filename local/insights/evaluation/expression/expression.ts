import type { BinaryOperator, Expression, LikePattern } from '../../query/query.js';
import { malformedQuery } from '../../query/malformed-query.js';
import { conditionFunctions } from './conditions.js';
import { makeFunction } from './function-table.js';
import { textSearch } from './text-search.js';
import type { Condition, Reader, Surroundings } from '../values/reader.js';
import { areEqual, finite, isTrue, numberOf, orderOf, type Value } from '../values/value.js';

const ARITHMETIC: Partial<Record<BinaryOperator, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
  '^': (left, right) => left ** right,
};

const COMPARISONS: Partial<Record<BinaryOperator, (left: Value, right: Value) => boolean>> = {
  '=': areEqual,
  '!=': (left, right) => !areEqual(left, right),
  '<': (left, right) => orderOf(left, right) < 0,
  '<=': (left, right) => orderOf(left, right) <= 0,
  '>': (left, right) => orderOf(left, right) > 0,
  '>=': (left, right) => orderOf(left, right) >= 0,
};

/** Makes an expression a function of a row. A condition gives 1 or 0 (documented of `strcontains`, else assumed). */
export function readerOf(expression: Expression, surroundings: Surroundings): Reader {
  switch (expression.kind) {
    case 'literal':
      return () => expression.value;
    case 'field':
      return (row) => row.get(expression.name);
    case 'negate':
      return negation(readerOf(expression.operand, surroundings));
    case 'call':
      return callReader(expression, surroundings);
    case 'binary':
      return binaryReader(expression, surroundings);
    case 'aggregate':
      throw malformedQuery(`${expression.name} is only allowed in stats.`);
    default:
      return numeric(conditionOf(expression, surroundings));
  }
}

function numeric(condition: Condition): Reader {
  return (row) => (condition(row) ? 1 : 0);
}

function negation(operand: Reader): Reader {
  return (row) => {
    const number = numberOf(operand(row));
    return number === undefined ? undefined : -number;
  };
}

type Call = Extract<Expression, { kind: 'call' }>;

function callReader(call: Call, surroundings: Surroundings): Reader {
  if (Object.hasOwn(conditionFunctions, call.name)) return numeric(conditionOf(call, surroundings));
  const parts = call.arguments.map((part) => readerOf(part, surroundings));
  return makeFunction(call, parts, surroundings);
}

type Binary = Extract<Expression, { kind: 'binary' }>;

function binaryReader(binary: Binary, surroundings: Surroundings): Reader {
  const compute = ARITHMETIC[binary.operator];
  if (compute === undefined) return numeric(conditionOf(binary, surroundings));
  const [left, right] = [readerOf(binary.left, surroundings), readerOf(binary.right, surroundings)];
  return (row) => {
    const [one, other] = [numberOf(left(row)), numberOf(right(row))];
    return one === undefined || other === undefined ? undefined : finite(compute(one, other));
  };
}

/** Makes an expression a condition, without a detour by 1 and 0. */
export function conditionOf(expression: Expression, surroundings: Surroundings): Condition {
  switch (expression.kind) {
    case 'not':
      return opposite(conditionOf(expression.operand, surroundings));
    case 'binary':
      return binaryCondition(expression, surroundings);
    case 'in':
      return membership(expression, surroundings);
    case 'like':
      return likeCondition(readerOf(expression.operand, surroundings), expression.pattern);
    case 'call':
      return callCondition(expression, surroundings);
    default:
      return truth(readerOf(expression, surroundings));
  }
}

function truth(read: Reader): Condition {
  return (row) => isTrue(read(row));
}

function opposite(condition: Condition): Condition {
  return (row) => !condition(row);
}

function binaryCondition(binary: Binary, surroundings: Surroundings): Condition {
  const { operator } = binary;
  if (operator === 'and' || operator === 'or') return junction(operator, binary, surroundings);
  const compare = COMPARISONS[operator];
  if (compare === undefined) return truth(readerOf(binary, surroundings));
  const [left, right] = [readerOf(binary.left, surroundings), readerOf(binary.right, surroundings)];
  return (row) => compare(left(row), right(row));
}

function junction(operator: 'and' | 'or', { left, right }: Binary, surroundings: Surroundings): Condition {
  const [one, other] = [conditionOf(left, surroundings), conditionOf(right, surroundings)];
  return operator === 'and' ? (row) => one(row) && other(row) : (row) => one(row) || other(row);
}

function membership(
  { operand, options }: Extract<Expression, { kind: 'in' }>,
  surroundings: Surroundings,
): Condition {
  const read = readerOf(operand, surroundings);
  const readers = options.map((option) => readerOf(option, surroundings));
  return (row) => {
    const value = read(row);
    return readers.some((option) => areEqual(value, option(row)));
  };
}

/** Nothing is like an absent value (assumed). */
function likeCondition(read: Reader, pattern: LikePattern): Condition {
  const isFound = textSearch(pattern);
  return (row) => {
    const value = read(row);
    return value !== undefined && isFound(value);
  };
}

function callCondition(call: Call, surroundings: Surroundings): Condition {
  const test = Object.hasOwn(conditionFunctions, call.name) ? conditionFunctions[call.name] : undefined;
  if (test === undefined) return truth(callReader(call, surroundings));
  const parts = call.arguments.map((part) => readerOf(part, surroundings));
  return (row) => test(...parts.map((part) => part(row)));
}
