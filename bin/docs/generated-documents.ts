import { readFileSync } from 'node:fs';
import { withGeneratedPart } from './generated-part.js';
import { settingsTable } from './settings-table.js';

export interface GeneratedDocument {
  /** Relative to the project's root. */
  readonly path: string;
  readonly content: string;
}

/** The documents with generated parts, as they should be. */
export function generatedDocuments(): GeneratedDocument[] {
  const readme = readFileSync('README.md', 'utf8');
  return [{ path: 'README.md', content: withGeneratedPart(readme, 'settings', settingsTable()) }];
}
