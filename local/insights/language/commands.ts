import type {
  Column,
  Command,
  DedupCommand,
  Expression,
  FieldsCommand,
  LimitCommand,
  SortCommand,
} from '../query/query.js';
import { readColumns } from './columns.js';
import { readIndexedCondition } from './indexed-condition.js';
import { readParse } from './parse.js';
import type { Reading } from './reading.js';
import { readStats } from './stats.js';

type CommandReader = (reading: Reading) => Command;

/** Readers of what stands behind the name of a command, by its name in lower case. */
export const commandReaders: Readonly<Record<string, CommandReader>> = {
  fields: (reading) => readFields('fields', reading),
  display: (reading) => readFields('display', reading),
  filter: (reading) => ({ kind: 'filter', condition: readResolved(reading) }),
  filterindex: (reading) => ({ kind: 'filterIndex', condition: readIndexedCondition(reading) }),
  parse: readParse,
  stats: readStats,
  sort: readSort,
  limit: readLimit,
  dedup: readDedup,
};

/** The highest `limit` (documented). */
const MAX_LIMIT = 100_000;

function readResolved({ expressions, scope }: Reading): Expression {
  return scope.resolve(expressions.read());
}

function readFields(kind: FieldsCommand['kind'], reading: Reading): FieldsCommand {
  const columns = readColumns(reading.expressions).map(({ name, expression, start, hasAlias }): Column => {
    const resolved = reading.scope.resolve(expression);
    if (hasAlias) reading.scope.define(name, { start, end: start + name.length });
    else if (kind === 'fields') reading.scope.list(name);
    return { name, expression: resolved };
  });
  return { kind, columns };
}

/** Reads keys and their direction: ascending if none is given (documented by an example), `by` or not (seen in examples). */
function readSort(reading: Reading): SortCommand {
  const { reader } = reading;
  reader.takesWord('by');
  const keys: SortCommand['keys'][number][] = [];
  do {
    const expression = readResolved(reading);
    const isDescending = reader.takesWord('desc');
    if (!isDescending) reader.takesWord('asc');
    keys.push({ expression, isDescending });
  } while (reader.takes(','));
  return { kind: 'sort', keys };
}

/** `limit any` allows any events, so that those of `limit` are right (documented). */
function readLimit({ reader }: Reading): LimitCommand {
  reader.takesWord('any');
  const start = reader.start;
  const written = reader.take(/[^\s|#]+/y)?.[0] ?? '';
  const count = /^\d+$/.test(written) ? Number(written) : 0;
  if (count >= 1 && count <= MAX_LIMIT) return { kind: 'limit', count };
  throw reader.refusalFrom(start, `a limit is a whole number from 1 to ${MAX_LIMIT}.`);
}

function readDedup(reading: Reading): DedupCommand {
  const { reader } = reading;
  const fields: Expression[] = [];
  do {
    const start = reader.start;
    const field = readResolved(reading);
    if (field.kind !== 'field') throw reader.refusalFrom(start, 'dedup takes names of fields.');
    fields.push(field);
  } while (reader.takes(','));
  return { kind: 'dedup', fields };
}
