import type { BinaryOperator, Column, Expression } from '../../../local/insights/query/query.js';

/** Parts of queries, in a few words. */
export const field = (name: string): Expression => ({ kind: 'field', name });
export const literal = (value: string | number | boolean): Expression => ({ kind: 'literal', value });
export const call = (name: string, ...parts: Expression[]): Expression => ({
  kind: 'call',
  name,
  arguments: parts,
});
export const aggregate = (name: string, ...parts: Expression[]): Expression => ({
  kind: 'aggregate',
  name,
  arguments: parts,
});
export const binary = (left: Expression, operator: BinaryOperator, right: Expression): Expression => ({
  kind: 'binary',
  operator,
  left,
  right,
});
export const column = (name: string, expression: Expression = field(name)): Column => ({ name, expression });
export const like = (operand: Expression, kind: 'text' | 'regex', text: string): Expression => ({
  kind: 'like',
  operand,
  pattern: { kind, text },
});
