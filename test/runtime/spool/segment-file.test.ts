import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SegmentFile, type Fsync } from '../../../runtime/spool/segment-file.js';
import { removeDirectory, temporaryDirectory } from '../../support/spool-bench.js';

let directory: string;
let path: string;
beforeEach(() => {
  directory = temporaryDirectory();
  path = join(directory, 'a.segment');
});
afterEach(() => removeDirectory(directory));

test('what is appended is there before it is closed, for nobody else to read', () => {
  const file = new SegmentFile(path);
  file.append(Buffer.from('a'));
  file.append(Buffer.from('€'));
  expect(readFileSync(path, 'utf8')).toBe('a€');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  file.close('never');
});

test.each<Fsync>(['never', 'interval', 'every_batch'])('closed with %s it is complete', (fsync) => {
  const file = new SegmentFile(path);
  file.append(Buffer.from('a'));
  file.sync();
  file.close(fsync);
  file.sync();
  expect(readFileSync(path, 'utf8')).toBe('a');
});

test('none is written over', () => {
  const file = new SegmentFile(path);
  expect(() => new SegmentFile(path)).toThrow('EEXIST');
  file.discard();
});

test('discarded, it is gone, also after it was closed', () => {
  const file = new SegmentFile(path);
  file.discard();
  expect(existsSync(path)).toBe(false);
  const again = new SegmentFile(path);
  again.close('never');
  again.discard();
  expect(existsSync(path)).toBe(false);
});
