import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRun, runText, writeRun } from '../../../../bench/fleet/page/results-file.js';
import { aResult, both } from '../a-result.js';

const folder = mkdtempSync(join(tmpdir(), 'fleet-'));
const path = join(folder, 'results.json');

afterAll(() => rmSync(folder, { recursive: true }));

test('what is written is read', () => {
  const run = { part: 50, node: 'v20.0.0', results: both() };
  writeRun(run, path);

  expect(readRun(path)).toEqual(JSON.parse(JSON.stringify(run)));
});

test('a result is a line, and has no more digits than it knows', () => {
  const text = runText({
    part: 1,
    node: 'v20.0.0',
    results: [aResult({ callsPerAccepted: 1.234567891 }), aResult()],
  });

  expect(text.split('\n')).toHaveLength(5);
  expect(text).toContain('"callsPerAccepted":1.2346,');
  expect(text).toContain('"logged":6000000,');
});

test('another file is refused', () => {
  writeFileSync(path, '{}');

  expect(() => readRun(path)).toThrow('has no results; npm run fleet -- --write makes it');
});
