/** A table of Markdown, with every cell as it is but for the sign between cells. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(head), `|${'---|'.repeat(head.length)}`, ...rows.map(row)].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** Values as code, one a line. */
export function codeLines(values: string | readonly string[]): string {
  return [values]
    .flat()
    .map((value) => `\`${value}\``)
    .join('<br>');
}
