import type { Expression } from '../query/query.js';
import type { Reading } from './reading.js';

/** Reads the condition of `filterIndex`: a field that has one value or is among several, as it is documented. */
export function readIndexedCondition({ reader, expressions, scope }: Reading): Expression {
  const start = reader.start;
  const condition = scope.resolve(expressions.read());
  if (isIndexed(condition)) return condition;
  throw reader.refusalFrom(
    start,
    'filterIndex takes field = value or field in [values], and and between such.',
  );
}

/** That `and` may stand between such conditions is assumed. */
function isIndexed(condition: Expression): boolean {
  if (condition.kind === 'in') return condition.operand.kind === 'field';
  if (condition.kind !== 'binary') return false;
  const { operator, left, right } = condition;
  if (operator === 'and') return isIndexed(left) && isIndexed(right);
  return operator === '=' && left.kind === 'field' && right.kind === 'literal';
}
