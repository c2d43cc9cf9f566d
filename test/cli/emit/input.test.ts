import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inputsOf, readFailure } from '../../../cli/emit/input.js';
import { folderWith } from '../../support/folder.js';

const folder = folderWith({ 'a.log': 'one\n' });

test('without a name it is standard input', () => {
  expect(inputsOf([]).map(({ name }) => name)).toEqual(['standard input']);
});

test('files and standard input come in the order of their names', async () => {
  const path = join(folder, 'a.log');
  const [file, stdin] = inputsOf([path, '-']);
  expect([file!.name, stdin!.name]).toEqual([path, 'standard input']);
  const stream = await file!.open(new AbortController().signal);
  expect(await stream.setEncoding('utf8').toArray()).toEqual(['one\n']);
});

test.each([
  ['a path that is not there', 'missing.log', /missing\.log cannot be read: there is no such file\.$/],
  ['a directory', '.', / is a directory\. Name files, such as .*\/\*\.log\.$/],
  ['a path below a file', 'a.log/b', /a\.log\/b cannot be read: a part of the path is a file/],
])('%s is refused before anything is read', (_, path, message) => {
  expect(() => inputsOf([join(folder, path)])).toThrow(message);
});

test('standard input is named once', () => {
  expect(() => inputsOf(['-', '-'])).toThrow('Standard input (-) is named more than once. Name it once.');
});

test('a file that this user may not read is named when it is opened', async () => {
  const path = join(folder, 'secret.log');
  writeFileSync(path, 'x');
  chmodSync(path, 0);
  const error = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
  expect(readFailure(path, error).message).toBe(`${path} cannot be read: this user may not read it.`);
});
