import { writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import * as realTimers from '../../../runtime/io/real-timers.js';
import { batchesOf, readSegment } from '../../../runtime/spool/segment-reader.js';
import { salvage, segmentOf } from '../../../runtime/spool/segment-text.js';
import { batchOf, event, linesOf, NOW_MS, TARGET } from '../../support/events.js';
import { removeDirectory, temporaryDirectory } from '../../support/spool-bench.js';

jest.mock('../../../runtime/io/real-timers.js', () => {
  const timers = jest.requireActual<typeof realTimers>('../../../runtime/io/real-timers.js');
  return { ...timers, setImmediate: jest.fn(timers.setImmediate) };
});

let directory: string;
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => removeDirectory(directory));

function written(count: number): { readonly path: string; readonly text: Buffer } {
  const path = join(directory, 'a.segment');
  const text = segmentOf(batchOf(Array.from({ length: count }, (_, index) => event(String(index)))));
  writeFileSync(path, text);
  return { path, text };
}

test('a file is read as its text is, and others run in between', async () => {
  const { path, text } = written(2_600);
  const turns = jest.mocked(realTimers.setImmediate);
  expect(await readSegment(path, userInfo().uid)).toEqual(salvage(text));
  // 32 KiB at a time.
  expect(turns).toHaveBeenCalledTimes(Math.floor(text.length / 32_768));
  expect(turns).not.toHaveBeenCalledTimes(0);
});

test('what one call cannot take is more than one batch, and what is empty is none', () => {
  const days = [0, 12, 30].map((hours) => event(String(hours), NOW_MS + hours * 3_600_000));
  expect(batchesOf(TARGET, days).map(linesOf)).toEqual([['0', '12'], ['30']]);
  expect(batchesOf(TARGET, [])).toEqual([]);
});
