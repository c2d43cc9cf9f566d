import type { BinaryOperator } from '../query/query.js';
import type { QueryReader } from './query-reader.js';

const COMPARISON = /=~|==|!=|!~|<=|>=|<>|=|<|>/y;

/** Operators of other languages, and those of this one. */
const foreign: ReadonlyMap<string, string> = new Map([
  ['<>', '!='],
  ['!~', 'not like'],
]);

/** Takes an operator that compares, if one comes next. That `==` is `=` is reported. */
export function takeComparison(reader: QueryReader): BinaryOperator | '=~' | undefined {
  const start = reader.start;
  const operator = reader.take(COMPARISON)?.[0];
  const instead = foreign.get(operator ?? '');
  if (instead !== undefined)
    throw reader.refusalFrom(start, `no operator of Logs Insights. Write ${instead}.`);
  return operator === '==' ? '=' : (operator as BinaryOperator | '=~' | undefined);
}
