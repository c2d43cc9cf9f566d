import type { Column, Expression } from '../../query/query.js';
import type { AggregateCall } from '../aggregates/aggregate-table.js';

/** An aggregate in the columns of `stats`, and the hidden column of a group that has its value. */
export interface Aggregation {
  readonly name: string;
  readonly call: AggregateCall;
}

/** Takes the aggregates out of the columns of `stats`: what is left are expressions of the row of a group. */
export function takeAggregates(columns: readonly Column[]): {
  readonly columns: readonly Column[];
  readonly aggregations: readonly Aggregation[];
} {
  const aggregations: Aggregation[] = [];
  const take = (call: AggregateCall): Expression => {
    // No query can name it.
    const name = `\0${aggregations.length}`;
    aggregations.push({ name, call });
    return { kind: 'field', name };
  };
  const left = columns.map(({ name, expression }) => ({ name, expression: without(expression, take) }));
  return { columns: left, aggregations };
}

function without(expression: Expression, take: (call: AggregateCall) => Expression): Expression {
  const inside = (part: Expression): Expression => without(part, take);
  switch (expression.kind) {
    case 'aggregate':
      return take(expression);
    case 'call':
      return { ...expression, arguments: expression.arguments.map(inside) };
    case 'negate':
    case 'not':
    case 'like':
      return { ...expression, operand: inside(expression.operand) };
    case 'binary':
      return { ...expression, left: inside(expression.left), right: inside(expression.right) };
    case 'in':
      return { ...expression, operand: inside(expression.operand), options: expression.options.map(inside) };
    default:
      return expression;
  }
}
