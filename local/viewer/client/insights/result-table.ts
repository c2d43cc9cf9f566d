import type { VNode } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { InsightsAnswer } from '../../answers.js';
import { html } from '../html.js';
import { madeRows, ROW_HEIGHT, seenRows, topThatShows } from '../logs/row-window.js';
import { HeaderRow, ResultRow } from './result-row.js';
import { inOrder, nextOrder, tableColumns, type Order, type TableColumn } from './table-columns.js';
import { useBox } from './use-box.js';

/** Characters between two columns. */
const GAP = 3;

export interface ResultTableProps {
  readonly answer: InsightsAnswer;
  /** Shows the event that a pointer leads to. */
  readonly open: (ptr: string) => void;
  readonly close: () => void;
}

/** The rows of a result, of which those that are seen stand in the document. */
export function ResultTable({ answer, open, close }: ResultTableProps): VNode {
  const list = useRef<HTMLDivElement>(null);
  const table = useTable(answer, list);
  const { columns, rows, order, sort, selected } = table;
  const select: Select = (index, isOpened) => {
    const ptr = table.select(index);
    if (isOpened && ptr !== undefined) open(ptr);
  };
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
    <${HeaderRow} ...${{ columns, order, sort }} />
    <${SeenRows} ...${{ list, columns, rows, selected }} />
  </div>`;
}

interface Table {
  readonly columns: readonly TableColumn[];
  /** In the order that one has chosen. */
  readonly rows: InsightsAnswer['rows'];
  readonly order: Order | undefined;
  readonly sort: (at: number) => void;
  /** Index of the row that the keyboard moves from. */
  readonly selected: number | undefined;
  /** Selects the row that is nearest to an index. Returns its pointer, if it has one. */
  readonly select: (index: number) => string | undefined;
}

/** Another answer begins at its first row, in the order of its query. */
function useTable(answer: InsightsAnswer, list: { readonly current: HTMLElement | null }): Table {
  const columns = useMemo(() => tableColumns(answer), [answer]);
  const [order, setOrder] = useState<Order>();
  const [selected, setSelected] = useState<number>();
  const rows = useMemo(() => inOrder(answer.rows, order, columns), [answer, order, columns]);
  const begin = (first: Order | undefined): void => {
    setOrder(first);
    setSelected(undefined);
  };
  useEffect(() => {
    begin(undefined);
    list.current!.scrollTop = 0;
  }, [answer]);
  const select = (index: number): string | undefined => {
    const nearest = Math.min(rows.length - 1, Math.max(0, index));
    setSelected(nearest);
    return rows[nearest]?.ptr;
  };
  return { columns, rows, order, selected, select, sort: (at) => begin(nextOrder(order, at)) };
}

interface SeenRowsProps extends Pick<Table, 'columns' | 'rows' | 'selected'> {
  readonly list: { readonly current: HTMLElement | null };
}

function SeenRows({ list, columns, rows, selected }: SeenRowsProps): VNode {
  const { height, top } = useBox(list);
  const seen = seenRows(top, height - ROW_HEIGHT, rows.length);
  const { from, to } = madeRows(seen, rows.length);
  const made = rows.slice(from, to).map((row, offset) => {
    const index = from + offset;
    return html`<${ResultRow} key=${index} ...${{ row, index, columns, isSelected: index === selected }} />`;
  });
  return html`<div class="spacer" role="rowgroup" style=${{ height: `${rows.length * ROW_HEIGHT}px` }}>
    <div class="rows" role="presentation" style=${{ transform: `translateY(${from * ROW_HEIGHT}px)` }}>
      ${made}
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
