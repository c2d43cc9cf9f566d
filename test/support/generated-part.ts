import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withGeneratedPart } from '../../tools/docs/generated-part.js';
import { root } from './imports.js';

/** A document as it is, and as it should be with this text as one of its parts; with UPDATE_DOCS=1 it becomes so. */
export function generatedPart(
  document: string,
  part: string,
  text: string,
): { found: string; fresh: string } {
  const path = join(root, document);
  const found = readFileSync(path, 'utf8');
  const fresh = withGeneratedPart(found, part, text);
  if (process.env['UPDATE_DOCS'] !== '1') return { found, fresh };
  writeFileSync(path, fresh);
  return { found: fresh, fresh };
}
