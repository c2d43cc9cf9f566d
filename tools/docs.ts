/**
 * Brings the generated parts of the documents up to date: `npm run docs`. A test fails while they are stale. With `--check`,
 * it names those that are, and changes none.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { apiDocuments } from './docs/api/api-documents.js';
import { generatedDocuments } from './docs/generated-documents.js';

const isCheck = process.argv.includes('--check');

for (const { path, content } of [...generatedDocuments(), ...apiDocuments(process.cwd())]) {
  const isCurrent = existsSync(path) && readFileSync(path, 'utf8') === content;
  if (!isCurrent && isCheck) process.exitCode = 1;
  if (!isCurrent && !isCheck) writeFileSync(path, content);
  if (!isCurrent) console.log(isCheck ? `${path} is stale: run npm run docs` : `${path} is written`);
}
