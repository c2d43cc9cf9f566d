import { join } from 'node:path';
import { Readable } from 'node:stream';
import { queryText, type TextSource } from '../../../cli/query/query-text.js';
import { folderWith } from '../../support/folder.js';

const folder = folderWith({ 'a.query': 'limit 1\n\n', 'blank.query': ' \n' });

function read(source: TextSource, stdin = ''): Promise<string> {
  return queryText(source, Readable.from([stdin]));
}

test('the text is the argument, that of a file, or standard input', async () => {
  expect(await read({ argument: 'limit 2' }, 'limit 3')).toBe('limit 2');
  expect(await read({ file: join(folder, 'a.query') })).toBe('limit 1');
  expect(await read({ argument: '-' }, 'limit 3\n')).toBe('limit 3');
});

test.each<[TextSource, RegExp]>([
  [{}, /^There is no query\. Give it as an argument, .*--file PATH or --saved NAME, or - for standard input/],
  [{ argument: ' ' }, /^The query is blank\.$/],
  [{ argument: '-' }, /^The query on standard input is blank\.$/],
  [{ file: join(folder, 'blank.query') }, /^The query .*blank\.query is blank\.$/],
  [{ file: join(folder, 'missing') }, /^The file .*missing of the query cannot be read: ENOENT/],
])('%j is a failure', async (source, message) => {
  await expect(read(source)).rejects.toMatchObject({
    name: 'Failure',
    message: expect.stringMatching(message),
  });
});
