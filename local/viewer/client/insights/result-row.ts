import type { VNode } from 'preact';
import type { InsightsRow } from '../../answers.js';
import { classes, html } from '../html.js';
import { withoutAnsi } from '../logs/ansi.js';
import { PlainText } from '../plain-text.js';
import type { Order, TableColumn } from './table-columns.js';

/** Characters of a cell that are shown: more than a column has room for. */
const WIDEST_CELL = 500;

export interface HeaderRowProps {
  readonly columns: readonly TableColumn[];
  readonly order: Order | undefined;
  readonly sort: (at: number) => void;
}

/** Names of the columns. A click on one sorts by it. */
export function HeaderRow({ columns, order, sort }: HeaderRowProps): VNode {
  return html`<div class="result-row header" role="row" aria-rowindex="1">
    ${columns.map((column) => headerCell(column, order, () => sort(column.at)))}
  </div>`;
}

function headerCell({ name, at, isNumeric }: TableColumn, order: Order | undefined, sort: () => void): VNode {
  const direction = order?.at !== at ? undefined : order.isDescending ? 'descending' : 'ascending';
  const mark = direction && { ascending: '↑', descending: '↓' }[direction];
  return html`<span
    key=${at}
    class=${classes('cell', isNumeric && 'number')}
    role="columnheader"
    aria-sort=${direction}
  >
    <button type="button" class="result-sort" onClick=${sort}>
      <${PlainText} value=${name} /><span class="result-order" aria-hidden="true">${mark ?? ''}</span>
    </button>
  </span>`;
}

export interface ResultRowProps {
  readonly row: InsightsRow;
  readonly index: number;
  readonly columns: readonly TableColumn[];
  readonly isSelected: boolean;
}

/** One row of a result, in one line. */
export function ResultRow({ row: { cells, ptr }, index, columns, isSelected }: ResultRowProps): VNode {
  return html`<div
    id=${`result-${index}`}
    class=${classes('result-row', ptr !== undefined && 'has-record', isSelected && 'is-selected')}
    role="row"
    aria-rowindex=${index + 2}
    aria-selected=${isSelected}
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
