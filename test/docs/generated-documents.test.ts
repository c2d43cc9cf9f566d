import { readFileSync } from 'node:fs';
import { generatedDocuments as fleetDocuments } from '../../bench/fleet/page/documents.js';
import { generatedDocuments } from '../../tools/docs/generated-documents.js';
import { withGeneratedPart } from '../../tools/docs/generated-part.js';

test.each([
  ['of the package', generatedDocuments],
  ['of simulated fleets', fleetDocuments],
])('the generated parts of the documents %s are up to date; if not, run: npm run docs', (_, documents) => {
  for (const { path, content } of documents()) expect(readFileSync(path, 'utf8')).toBe(content);
});

test('only the part between the marks is replaced', () => {
  const document = 'before\n<!-- x:begin -->\nold\n<!-- x:end -->\nafter';
  expect(withGeneratedPart(document, 'x', 'new')).toBe(
    'before\n<!-- x:begin -->\n\nnew\n\n<!-- x:end -->\nafter',
  );
});

test('a document without the marks is refused', () => {
  expect(() => withGeneratedPart('text', 'x', 'new')).toThrow(
    'the document has no <!-- x:begin --> … <!-- x:end -->',
  );
});
