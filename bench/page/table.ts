/** A table for the terminal and the page. */
export interface Table {
  readonly title: string;
  /** Describes the method. */
  readonly how: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Whether the cells are words, which are left-aligned. @default false */
  readonly isText?: boolean | undefined;
  /** Notes for the reader of the rows, one sentence each. */
  readonly notes?: readonly string[] | undefined;
}

export function toText({ title, how, head, rows, isText, notes = [] }: Table): string {
  const widths = head.map((cell, column) => Math.max(cell.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        isText || column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
      )
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width));
  return [`\n# ${title}`, how, '', line(head), line(rule), ...rows.map(line), ...notes].join('\n');
}

/** @param mark of the heading */
export function toMarkdown({ title, how, head, rows, isText, notes = [] }: Table, mark = '##'): string {
  const rule = `|${head.map((_, column) => (isText || column === 0 ? '---|' : '---:|')).join('')}`;
  const table = [markdownRow(head), rule, ...rows.map(markdownRow)].join('\n');
  return [
    `${mark} ${title}`,
    how,
    table,
    ...(notes.length > 0 ? [notes.map((note) => `- ${note}`).join('\n')] : []),
  ].join('\n\n');
}

function markdownRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
}
