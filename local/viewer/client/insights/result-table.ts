import type { VNode } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { InsightsAnswer, InsightsRow } from '../../answers.js';
import { classes, html } from '../html.js';
import { withoutAnsi } from '../logs/ansi.js';
import { madeRows, ROW_HEIGHT, seenRows, topThatShows } from '../logs/row-window.js';
import { PlainText } from '../plain-text.js';
import { inOrder, nextOrder, tableColumns, type Order, type TableColumn } from './table-columns.js';
import { useBox } from './use-box.js';

/** Characters of a cell that are shown: more than a column has room for. */
const WIDEST_CELL = 500;
/** Room between two columns, and beside the first and the last, in characters. */
const GAP = 3;

export interface ResultTableProps {
  readonly answer: InsightsAnswer;
  /** Shows the event that a pointer leads to. */
  readonly open: (ptr: string) => void;
  readonly close: () => void;
}

/** The rows of a result, of which those that are seen stand in the document. */
export function ResultTable({ answer, open, close }: ResultTableProps): VNode {
  const columns = useMemo(() => tableColumns(answer), [answer]);
  const [order, setOrder] = useState<Order>();
  const [selected, setSelected] = useState<number>();
  const rows = useMemo(() => inOrder(answer.rows, order, columns), [answer, order, columns]);
  const list = useRef<HTMLDivElement>(null);
  const { height, top } = useBox(list);
  useEffect(() => {
    setOrder(undefined);
    setSelected(undefined);
    list.current!.scrollTop = 0;
  }, [answer]);
  const select = (index: number, isOpened: boolean): void => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, index))]!;
    setSelected(rows.indexOf(row));
    if (isOpened && row.ptr !== undefined) open(row.ptr);
  };
  const sort = (at: number): void => {
    setOrder(nextOrder(order, at));
    setSelected(undefined);
  };
  const inner = height - ROW_HEIGHT;
  const { from, to } = madeRows(seenRows(top, inner, rows.length), rows.length);
  return html`<div
    class="result-list"
    ref=${list}
    role="grid"
    tabindex="0"
    aria-label="Result"
    aria-rowcount=${rows.length + 1}
    aria-activedescendant=${selected === undefined ? undefined : `result-${selected}`}
    style=${layoutOf(columns)}
    onClick=${(event: MouseEvent) => clicked(event, select)}
    onKeyDown=${(event: KeyboardEvent) => moveByKey(event, { selected, select, close, list: list.current! })}
  >
    <div class="result-row header" role="row" aria-rowindex="1">
      ${columns.map((column) => headerCell(column, order, () => sort(column.at)))}
    </div>
    <div class="spacer" role="rowgroup" style=${{ height: `${rows.length * ROW_HEIGHT}px` }}>
      <div class="rows" role="presentation" style=${{ transform: `translateY(${from * ROW_HEIGHT}px)` }}>
        ${rows.slice(from, to).map((row, offset) => rowAt(row, from + offset, columns, selected))}
      </div>
    </div>
  </div>`;
}

/** Columns as wide as their longest text. Those that cannot be share what is left of the window; without one, it stays empty. */
function layoutOf(columns: readonly TableColumn[]): object {
  const widths = columns.map(({ width, isCut }) => (isCut ? `minmax(${width}ch, 1fr)` : `${width}ch`));
  if (!columns.some(({ isCut }) => isCut)) widths.push('minmax(0, 1fr)');
  const sum = columns.reduce((total, { width }) => total + width + GAP, GAP);
  return { '--columns': widths.join(' '), '--width': `${sum}ch` };
}

function headerCell({ name, at, isNumeric }: TableColumn, order: Order | undefined, sort: () => void): VNode {
  const direction = order?.at !== at ? undefined : order.isDescending ? 'descending' : 'ascending';
  return html`<span
    key=${at}
    class=${classes('cell', isNumeric && 'number')}
    role="columnheader"
    aria-sort=${direction}
  >
    <button type="button" class="result-sort" onClick=${sort}>
      <${PlainText} value=${name} />
      <span class="result-order" aria-hidden="true"
        >${direction === 'ascending' ? '↑' : direction === 'descending' ? '↓' : ''}</span
      >
    </button>
  </span>`;
}

function rowAt(
  { cells, ptr }: InsightsRow,
  index: number,
  columns: readonly TableColumn[],
  selected: number | undefined,
): VNode {
  return html`<div
    id=${`result-${index}`}
    key=${index}
    class=${classes('result-row', ptr !== undefined && 'has-record', index === selected && 'is-selected')}
    role="row"
    aria-rowindex=${index + 2}
    aria-selected=${index === selected}
    data-index=${index}
  >
    ${columns.map(
      ({ at, isNumeric }) =>
        html`<span key=${at} class=${classes('cell', isNumeric && 'number')} role="gridcell"
          ><${PlainText} value=${shown(cells[at] ?? '')}
        /></span>`,
    )}
  </div>`;
}

function shown(text: string): string {
  return withoutAnsi(text.slice(0, WIDEST_CELL));
}

type Select = (index: number, isOpened: boolean) => void;

function clicked({ target }: MouseEvent, select: Select): void {
  // Who marks text to copy it opens nothing.
  if (String(getSelection() ?? '') !== '') return;
  const row = (target as Element).closest<HTMLElement>('[data-index]');
  if (row) select(Number(row.dataset['index']), true);
}

interface KeyTarget {
  readonly selected: number | undefined;
  readonly select: Select;
  readonly close: () => void;
  readonly list: HTMLElement;
}

function moveByKey(event: KeyboardEvent, { selected = -1, select, close, list }: KeyTarget): void {
  if (event.target !== list || event.ctrlKey || event.metaKey || event.altKey) return;
  const act: Readonly<Record<string, () => void>> = {
    ArrowDown: () => moveTo(list, selected + 1, select),
    ArrowUp: () => moveTo(list, selected - 1, select),
    Enter: () => select(selected, true),
    Escape: close,
  };
  if (act[event.key] === undefined) return;
  event.preventDefault();
  act[event.key]!();
}

function moveTo(list: HTMLElement, index: number, select: Select): void {
  select(index, false);
  const top = topThatShows(Math.max(0, index), list.scrollTop, list.clientHeight - ROW_HEIGHT);
  if (top !== undefined) list.scrollTop = top;
}
