import type { ServiceError } from '../../service-error.js';
import type { QueryPlace } from '../query/malformed-query.js';
import type { Column, Expression } from '../query/query.js';
import { type ExpressionRecord, keyOf, withParts } from './expression-tree.js';
import { type QueryReader, shown, shownNames } from './query-reader.js';

/** What `bin` counts by. */
const TIMESTAMP = '@timestamp';

/**
 * The names that a command may use. Before `stats`, any name may be a field of a log event. Behind it there are its columns
 * only (documented; the service's refusal of other names is reported), by name or as they are written there (documented).
 */
export class Scope {
  readonly #reader: QueryReader;
  readonly #record: ExpressionRecord;
  /** Names that were given, or listed by `fields`: none of them can be given again (reported). */
  readonly #names = new Set<string>();
  /** Names of columns, by the expressions that are in them. */
  readonly #columns: ReadonlyMap<string, string> | undefined;
  /** Kinds of these expressions: others need not be looked up. */
  readonly #kinds: ReadonlySet<string>;

  constructor(reader: QueryReader, record: ExpressionRecord, columns?: readonly Column[]) {
    this.#reader = reader;
    this.#record = record;
    this.#columns = columns && new Map(columns.map(({ name, expression }) => [keyOf(expression), name]));
    this.#kinds = new Set(columns?.map(({ expression }) => expression.kind));
    for (const { name } of columns ?? []) this.#names.add(name);
  }

  /** Notes a name that is listed without being given. */
  list(name: string): void {
    this.#names.add(name);
  }

  /** Gives a name to something new. */
  define(name: string, place: QueryPlace): void {
    if (this.#names.has(name)) {
      throw this.#reader.refusal(
        `${shown(name)} is a name in this query already. Choose another one.`,
        place,
      );
    }
    this.#names.add(name);
  }

  /** An expression of one row: without aggregates, with the columns of `stats` by their names. */
  resolve(expression: Expression): Expression {
    const column = this.#kinds.has(expression.kind) ? this.#columns?.get(keyOf(expression)) : undefined;
    if (column !== undefined) return { kind: 'field', name: column };
    if (expression.kind === 'aggregate') throw this.#misplaced(expression);
    if (expression.kind === 'field') this.#assertKnown(expression.name, expression);
    if (expression.kind === 'call' && expression.name === 'bin') this.#assertKnown(TIMESTAMP, expression);
    return withParts(expression, (part) => this.resolve(part));
  }

  #misplaced(expression: Expression): ServiceError {
    const place = this.#record.placeOf(expression);
    const text = shown(this.#reader.text.slice(place.start, place.end));
    const advice = this.#columns
      ? `There are ${shownNames(this.#names)}.`
      : 'Aggregates stand in stats, and in none other.';
    return this.#reader.refusal(`${text}: no such column. ${advice}`, place);
  }

  #assertKnown(name: string, by: Expression): void {
    if (!this.#columns || this.#names.has(name)) return;
    throw this.#reader.refusal(
      `${shown(name)} is unknown behind stats. There are ${shownNames(this.#names)}.`,
      this.#record.placeOf(by),
    );
  }
}
