import { columnsOf, type ResultRow } from './result-row.js';

/** The rows as CSV of RFC 4180, with the names of the columns first. */
export function csvText(rows: readonly ResultRow[]): string {
  const columns = columnsOf(rows);
  const lines = rows.map((row) => columns.map((column) => row.get(column) ?? ''));
  return [columns, ...lines].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
