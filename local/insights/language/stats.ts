import type { ServiceError } from '../../service-error.js';
import type { Column, Expression, StatsCommand } from '../query/query.js';
import { readColumns, type ReadColumn } from './columns.js';
import { keyOf, partsOf, withParts } from './expression-tree.js';
import type { Reading } from './reading.js';
import { shown, shownNames } from './query-reader.js';
import { Scope } from './scope.js';

/** Reads the columns of `stats` and its keys. Behind it there are no other names. */
export function readStats(reading: Reading): StatsCommand {
  const { reader, expressions, scope } = reading;
  const aggregates = readColumns(expressions);
  const by = reader.takesWord('by') ? readColumns(expressions) : [];
  const columns = new StatsColumns(reading, by);
  const command: StatsCommand = {
    kind: 'stats',
    aggregates: aggregates.map((column) => columns.resolve(column)),
    by: by.map(({ name, expression }) => ({ name, expression: scope.resolve(expression) })),
  };
  reading.scope = new Scope(reader, expressions.record, [...aggregates, ...by]);
  return command;
}

/** The names that a column of `stats` may use beside its aggregates: the keys, and the columns before it (documented). */
class StatsColumns {
  readonly #reading: Reading;
  readonly #names = new Set<string>();
  readonly #keys: ReadonlyMap<string, string>;

  constructor(reading: Reading, by: readonly ReadColumn[]) {
    this.#reading = reading;
    this.#keys = new Map(by.map(({ name, expression }) => [keyOf(expression), name]));
    for (const column of by) this.#define(column);
  }

  #define({ name, start }: ReadColumn): void {
    const { reader } = this.#reading;
    if (this.#names.has(name)) {
      const place = { start, end: start + name.length };
      throw reader.refusal(
        `${shown(name)} is a column of this stats already. Give it another name with as.`,
        place,
      );
    }
    this.#names.add(name);
  }

  resolve(column: ReadColumn): Column {
    const { name, expression } = column;
    if (isConstant(expression))
      throw this.#refusal(expression, 'has no aggregate, such as count(*), and no key');
    const resolved = this.#resolve(expression);
    this.#define(column);
    return { name, expression: resolved };
  }

  #resolve(expression: Expression): Expression {
    const key = this.#keys.get(keyOf(expression));
    if (key !== undefined) return { kind: 'field', name: key };
    if (expression.kind === 'aggregate') {
      return withParts(expression, (part) => this.#reading.scope.resolve(part));
    }
    if (expression.kind !== 'field') return withParts(expression, (part) => this.#resolve(part));
    if (this.#names.has(expression.name)) return expression;
    throw this.#refusal(expression, 'is neither in an aggregate nor a key of by');
  }

  #refusal(expression: Expression, complaint: string): ServiceError {
    const { reader, expressions } = this.#reading;
    const place = expressions.record.placeOf(expression);
    const text = shown(reader.text.slice(place.start, place.end));
    return reader.refusal(`${text} ${complaint}. The names here are ${this.#listed()}.`, place);
  }

  #listed(): string {
    return this.#names.size === 0 ? 'none, because there is no by' : shownNames(this.#names);
  }
}

function isConstant(expression: Expression): boolean {
  if (expression.kind === 'aggregate' || expression.kind === 'field') return false;
  return partsOf(expression).every(isConstant);
}
