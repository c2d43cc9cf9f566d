import type { QueryPlace } from '../query/malformed-query.js';
import type { Expression } from '../query/query.js';

/** The expressions that an expression is made of. */
export function partsOf(expression: Expression): readonly Expression[] {
  if ('arguments' in expression) return expression.arguments;
  if ('left' in expression) return [expression.left, expression.right];
  if (expression.kind === 'in') return [expression.operand, ...expression.options];
  return 'operand' in expression ? [expression.operand] : [];
}

/** The expression, with what `change` makes of its parts. The values of `in` have no names to change. */
export function withParts(expression: Expression, change: (part: Expression) => Expression): Expression {
  if ('arguments' in expression) return { ...expression, arguments: expression.arguments.map(change) };
  if ('left' in expression) {
    return { ...expression, left: change(expression.left), right: change(expression.right) };
  }
  return 'operand' in expression ? { ...expression, operand: change(expression.operand) } : expression;
}

/** Expressions that were read, with where they stand and how deep they are. */
export class ExpressionRecord {
  readonly #places = new WeakMap<Expression, QueryPlace>();
  readonly #depths = new WeakMap<Expression, number>();

  /** Records an expression after its parts, and gives its depth. */
  add(expression: Expression, place: QueryPlace): number {
    const depth = 1 + Math.max(0, ...partsOf(expression).map((part) => this.#depths.get(part) ?? 0));
    this.#places.set(expression, place);
    this.#depths.set(expression, depth);
    return depth;
  }

  placeOf(expression: Expression): QueryPlace {
    return this.#places.get(expression) ?? { start: 0, end: 0 };
  }
}

/** The same for expressions that say the same, whatever their spaces. */
export function keyOf(expression: Expression): string {
  return JSON.stringify(expression);
}
