import { rmSync } from 'node:fs';
import { deadLinks, documentsIn, readerOf } from '../support/links.js';
import { unpackedTarball } from './support/consumer.js';

test('every relative link of a document in the tarball leads to a file in the tarball', () => {
  const folder = unpackedTarball();
  const documents = documentsIn(folder);

  expect(documents).toEqual(expect.arrayContaining(['README.md', 'CHANGELOG.md', 'docs/local.md']));
  expect(documents.flatMap((path) => deadLinks(path, readerOf(folder)))).toEqual([]);
  rmSync(folder, { recursive: true });
});
