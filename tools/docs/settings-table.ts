import { variableName } from '../../contract/codec.js';
import { sections, type Section } from '../../contract/sections.js';
import { markdownTable } from './markdown-table.js';

/** The README's settings table: one row for each row of the contract. */
export function settingsTable(): string {
  const rows = Object.values(sections).flatMap((section: Section) => rowsOf(section));
  return markdownTable(['variable', 'in code', 'default', 'allowed', 'meaning'], rows);
}

function rowsOf(section: Section): string[][] {
  return Object.entries(section.rows).map(([key, { kind, default: preset, otherwise, meaning }]) => {
    const absent = preset === undefined ? otherwise : `\`${kind.encode(preset)}\``;
    return [`\`${variableName(section, key)}\``, `\`${key}\``, absent ?? '', kind.allowed, meaning];
  });
}
