/**
 * Brings the generated parts of the documents up to date: `npm run docs`. A test fails while they are stale. With `--check`,
 * it names those that are, and changes none. Arguments are further modules that export `generatedDocuments`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { apiDocuments } from './docs/api/api-documents.js';
import { generatedDocuments, type GeneratedDocument } from './docs/generated-documents.js';

const isCheck = process.argv.includes('--check');
const modules = process.argv.slice(2).filter((argument) => argument !== '--check');

const documents = [
  ...generatedDocuments(),
  ...(await Promise.all(modules.map(documentsOf))).flat(),
  ...apiDocuments(process.cwd()),
];

for (const { path, content } of documents) {
  const isCurrent = existsSync(path) && readFileSync(path, 'utf8') === content;
  if (!isCurrent && isCheck) process.exitCode = 1;
  if (!isCurrent && !isCheck) writeFileSync(path, content);
  if (!isCurrent) console.log(isCheck ? `${path} is stale: run npm run docs` : `${path} is written`);
}

async function documentsOf(path: string): Promise<GeneratedDocument[]> {
  const module = (await import(pathToFileURL(resolve(path)).href)) as {
    readonly generatedDocuments: () => GeneratedDocument[];
  };
  return module.generatedDocuments();
}
