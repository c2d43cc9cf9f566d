import { ExpressionReader } from './expression-reader.js';
import { QueryReader } from './query-reader.js';
import { Scope } from './scope.js';

/** A query while it is read. */
export class Reading {
  readonly reader: QueryReader;
  readonly expressions: ExpressionReader;
  /** The names that the next command may use. */
  scope: Scope;

  constructor(text: string) {
    this.reader = new QueryReader(text);
    this.expressions = new ExpressionReader(this.reader);
    this.scope = new Scope(this.reader, this.expressions.record);
  }
}
