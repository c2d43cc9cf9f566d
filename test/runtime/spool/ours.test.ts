import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  promises,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { Foreign, MAX_SEGMENT_BYTES, readOurs } from '../../../runtime/spool/ours.js';
import { removeDirectory, temporaryDirectory } from '../../support/spool-bench.js';

const { uid } = userInfo();

let directory: string;
let path: string;
beforeEach(() => {
  directory = temporaryDirectory();
  path = join(directory, 'file');
});
afterEach(() => {
  jest.restoreAllMocks();
  removeDirectory(directory);
});

test('a file is read with its times', async () => {
  writeFileSync(path, 'text');
  const { bytes, stats } = await readOurs(path, uid);
  expect([bytes.toString(), stats.size, stats.mtimeMs > 0]).toEqual(['text', 4, true]);
});

test('no more is read than there was when it was opened', async () => {
  writeFileSync(path, 'text');
  const { open } = promises;
  jest.spyOn(promises, 'open').mockImplementation(async (...args) => {
    const file = await open(...args);
    const stats = await file.stat();
    appendFileSync(path, ' and more');
    file.stat = (() => Promise.resolve(stats)) as typeof file.stat;
    return file;
  });
  expect((await readOurs(path, uid)).bytes.toString()).toBe('text');
});

test('a file that is shorter by then is read to its end', async () => {
  writeFileSync(path, 'text and more');
  const { open } = promises;
  jest.spyOn(promises, 'open').mockImplementation(async (...args) => {
    const file = await open(...args);
    const stats = await file.stat();
    truncateSync(path, 4);
    file.stat = (() => Promise.resolve(stats)) as typeof file.stat;
    return file;
  });
  expect((await readOurs(path, uid)).bytes.toString()).toBe('text');
});

/** Looks like a file to whoever looks first, and is something else when it is opened. */
function swapped(make: () => void): void {
  writeFileSync(path, 'text');
  const { lstat } = promises;
  jest.spyOn(promises, 'lstat').mockImplementation(async (...args) => {
    const stats = await lstat(...args);
    execFileSync('rm', [path]);
    make();
    return stats;
  });
}

test('a FIFO that takes the place of a file after the first look blocks nobody', async () => {
  swapped(() => execFileSync('mkfifo', [path]));
  await expect(readOurs(path, uid)).rejects.toThrow(new Foreign('it is a FIFO'));
});

test('a link that takes the place of a file after the first look is not followed', async () => {
  swapped(() => symlinkSync(__filename, path));
  await expect(readOurs(path, uid)).rejects.toThrow('ELOOP');
});

test.each<[string, string, () => void]>([
  ['a link', 'it is a symbolic link', () => symlinkSync(__filename, path)],
  ['a directory', 'it is a directory', () => mkdirSync(path)],
  [
    'a file that others may write to',
    'others may write to it (mode 0620)',
    () => (writeFileSync(path, ''), chmodSync(path, 0o620)),
  ],
  [
    'a file that is too large',
    `it has ${MAX_SEGMENT_BYTES + 1} bytes`,
    () => (writeFileSync(path, ''), truncateSync(path, MAX_SEGMENT_BYTES + 1)),
  ],
])('%s is not opened', async (_, why, make) => {
  make();
  const open = jest.spyOn(promises, 'open');
  await expect(readOurs(path, uid)).rejects.toThrow(new Foreign(why));
  expect(open).not.toHaveBeenCalled();
});

test('one of the largest size is read', async () => {
  writeFileSync(path, '');
  truncateSync(path, MAX_SEGMENT_BYTES);
  expect((await readOurs(path, uid)).bytes.length).toBe(MAX_SEGMENT_BYTES);
});

test('what is of another user is not read', async () => {
  writeFileSync(path, 'text');
  await expect(readOurs(path, uid + 1)).rejects.toThrow(new Foreign(`it belongs to user ${uid}`));
});
