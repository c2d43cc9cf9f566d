import { readFileSync } from 'node:fs';
import { generatedDocuments } from '../../tools/docs/generated-documents.js';
import { withGeneratedPart } from '../../tools/docs/generated-part.js';

test('the generated parts of the documents are up to date; if not, run: npm run docs', () => {
  for (const { path, content } of generatedDocuments()) expect(readFileSync(path, 'utf8')).toBe(content);
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
