/** Height of a row in pixels; the stylesheet has the same. */
export const ROW_HEIGHT = 22;

/** Rows that are made above and below those that are seen. */
const SPARE = 10;

export interface RowWindow {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** Rows of the list that are seen. */
export function seenRows(top: number, height: number, count: number): RowWindow {
  const from = Math.min(count, Math.max(0, Math.floor(top / ROW_HEIGHT)));
  return { from, to: Math.min(count, Math.max(from, Math.ceil((top + height) / ROW_HEIGHT))) };
}

/** Rows that stand in the document: those that are seen, and some more. */
export function madeRows({ from, to }: RowWindow, count: number): RowWindow {
  return { from: Math.max(0, from - SPARE), to: Math.min(count, to + SPARE) };
}

/** Where the list has to be scrolled to, so that the row is seen whole; `undefined` if it is. */
export function topThatShows(index: number, top: number, height: number): number | undefined {
  const rowTop = index * ROW_HEIGHT;
  if (rowTop >= top && rowTop + ROW_HEIGHT <= top + height) return undefined;
  const isNear = rowTop > top - 2 * height && rowTop < top + 3 * height;
  if (!isNear) return Math.max(0, rowTop - height / 2);
  return rowTop < top ? rowTop : rowTop + ROW_HEIGHT - height;
}
