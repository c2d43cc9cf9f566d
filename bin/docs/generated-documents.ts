import { readFileSync } from 'node:fs';
import { withGeneratedPart } from './generated-part.js';
import { nagTable } from './nag-table.js';
import { settingsTable } from './settings-table.js';

export interface GeneratedDocument {
  /** Relative to the project's root. */
  readonly path: string;
  readonly content: string;
}

/** The documents with generated parts, as they should be. */
export function generatedDocuments(): GeneratedDocument[] {
  return [
    generated('README.md', 'settings', settingsTable()),
    generated('docs/construct.md', 'nag', nagTable()),
  ];
}

function generated(path: string, name: string, text: string): GeneratedDocument {
  return { path, content: withGeneratedPart(readFileSync(path, 'utf8'), name, text) };
}
