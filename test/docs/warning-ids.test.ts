import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, sourceFiles } from '../support/imports.js';

const ID = /fapilog-cloudwatch:[a-z]\w*/gi;

test('docs/construct.md explains each warning of the construct, and no other', () => {
  const document = readFileSync(join(root, 'docs/construct.md'), 'utf8');
  const [, table = ''] = /^\| id \| at \| reports \|\n(.*?)\n\n/ms.exec(document) ?? [];
  const source = sourceFiles('lib').map((file) => file.source);

  const idsOf = (texts: readonly string[]): string[] =>
    [...new Set(texts.flatMap((text) => text.match(ID) ?? []))].toSorted();

  expect(idsOf([table])).toEqual(idsOf(source));
});
