import type { Column } from '../query/query.js';
import type { ExpressionReader } from './expression-reader.js';
import { readName } from './names.js';

/** A column as it was read, before its names are looked up. */
export interface ReadColumn extends Column {
  readonly start: number;
  readonly hasAlias: boolean;
}

/** Reads expressions with commas between them, each with a name behind `as` or none. */
export function readColumns(expressions: ExpressionReader): ReadColumn[] {
  const columns = [readColumn(expressions)];
  while (expressions.reader.takes(',')) columns.push(readColumn(expressions));
  return columns;
}

function readColumn(expressions: ExpressionReader): ReadColumn {
  const { reader } = expressions;
  const start = reader.start;
  const expression = expressions.read();
  const text = expression.kind === 'field' ? expression.name : reader.textFrom(start);
  if (!reader.takesWord('as')) return { name: text, expression, start, hasAlias: false };
  const aliasStart = reader.start;
  return { name: readName(reader, 'a name behind as'), expression, start: aliasStart, hasAlias: true };
}
