import type { Column } from '../../query/query.js';
import { readerOf } from '../expression/expression.js';
import type { Surroundings } from '../values/reader.js';
import { type Stage, stage } from './stage.js';

/** Gives rows the columns of `fields` and `display`, one after the other: a column may use those before it. */
export function fieldsStage(columns: readonly Column[], surroundings: Surroundings): Stage {
  const made = columns
    .filter(({ name, expression }) => expression.kind !== 'field' || expression.name !== name)
    .map(({ name, expression }) => ({ name, read: readerOf(expression, surroundings) }));
  return stage((row) => {
    for (const { name, read } of made) row.set(name, read(row));
    return true;
  });
}
