import type { InsightsAnswer } from '../../answers.js';

type Result = Pick<InsightsAnswer, 'columns' | 'rows'>;

/** The rows as RFC 4180 has them, the names of the columns first. A missing value is empty. */
export function csvOf({ columns, rows }: Result): string {
  const lines = [columns, ...rows.map(({ cells }) => cells)];
  return lines.map((cells) => `${cells.map((cell) => csvCell(cell ?? '')).join(',')}\r\n`).join('');
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** An array with an object for each row, of texts, as the service has them. A missing value is no member. */
export function jsonOf({ columns, rows }: Result): string {
  const objects = rows.map(({ cells }) => {
    const members = columns.map((name, at) => [name, cells[at] ?? null] as const);
    return Object.fromEntries(members.filter(([, cell]) => cell !== null));
  });
  return `${JSON.stringify(objects, null, 2)}\n`;
}
