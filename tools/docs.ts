/** Brings the generated parts of the documents up to date: `npm run docs`. A test fails while they are stale. */
import { writeFileSync } from 'node:fs';
import { generatedDocuments } from './docs/generated-documents.js';

for (const { path, content } of generatedDocuments()) {
  writeFileSync(path, content);
  console.log(`${path} is up to date`);
}
