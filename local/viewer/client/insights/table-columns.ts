import type { InsightsAnswer } from '../../answers.js';
import { isNumber } from './chart-choice.js';

/** A column of the table. */
export interface TableColumn {
  readonly name: string;
  /** Its place in the cells of a row. */
  readonly at: number;
  readonly isNumeric: boolean;
  /** Characters that it has room for. */
  readonly width: number;
  /** Whether some of its texts are longer than that. */
  readonly isCut: boolean;
}

const NARROWEST = 6;
const WIDEST = 60;
/** A name has a mark of the order beside it. */
const MARK = 2;

export function tableColumns({ columns, rows }: Pick<InsightsAnswer, 'columns' | 'rows'>): TableColumn[] {
  return columns.map((name, at) => {
    const texts = rows.map(({ cells }) => cells[at] ?? null).filter((text) => text !== null);
    const longest = texts.reduce((most, text) => Math.max(most, text.length), name.length + MARK);
    return {
      name,
      at,
      isNumeric: texts.length > 0 && texts.every(isNumber),
      width: Math.min(WIDEST, Math.max(NARROWEST, longest + 1)),
      isCut: longest + 1 > WIDEST,
    };
  });
}

/** By which column the table is in order. */
export interface Order {
  readonly at: number;
  readonly isDescending: boolean;
}

/** Up, then down, then as the query has it. */
export function nextOrder(order: Order | undefined, at: number): Order | undefined {
  if (order?.at !== at) return { at, isDescending: false };
  return order.isDescending ? undefined : { at, isDescending: true };
}

/** The rows in this order, those without a value last; in that of the query without one. */
export function inOrder(
  rows: InsightsAnswer['rows'],
  order: Order | undefined,
  columns: readonly TableColumn[],
): InsightsAnswer['rows'] {
  if (order === undefined) return rows;
  const { at, isDescending } = order;
  const isNumeric = columns[at]?.isNumeric ?? false;
  const compared = (one: string, other: string): number =>
    isNumeric ? Number(one) - Number(other) : one < other ? -1 : one > other ? 1 : 0;
  return rows.toSorted((left, right) => {
    const [one, other] = [left.cells[at] ?? null, right.cells[at] ?? null];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    return isDescending ? compared(other, one) : compared(one, other);
  });
}
