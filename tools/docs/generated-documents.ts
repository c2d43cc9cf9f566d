import { readFileSync } from 'node:fs';
import { withGeneratedPart } from './generated-part.js';
import { iamTable } from './iam-table.js';
import { inputInterfaces } from './inputs.js';
import { nagTable } from './nag-table.js';
import { operationsTable } from './operations-table.js';
import { peersTable } from './peers-table.js';
import { commonSettingsTable, settingsTables } from './settings-tables.js';
import { trustTable } from './trust-table.js';

export interface GeneratedDocument {
  /** Relative to the project's root. */
  readonly path: string;
  readonly content: string;
}

/** What stands between the marks of each document, by the name of the marks. */
const parts: Readonly<Record<string, Readonly<Record<string, () => string>>>> = {
  'README.md': { peers: peersTable },
  'docs/settings.md': { common: commonSettingsTable, settings: settingsTables },
  'docs/local.md': { operations: operationsTable },
  'docs/construct.md': { iam: iamTable, nag: nagTable },
  'docs/ec2-eks.md': { trust: trustTable },
};

/** The generated files, and the documents with generated parts, as they should be. */
export function generatedDocuments(): GeneratedDocument[] {
  const documents = Object.entries(parts).map(([path, generated]) => {
    const content = Object.entries(generated).reduce(
      (document, [name, text]) => withGeneratedPart(document, name, text()),
      readFileSync(path, 'utf8'),
    );
    return { path, content };
  });
  return [{ path: 'contract/inputs.generated.ts', content: inputInterfaces() }, ...documents];
}
