import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDirectories } from '../../contract/make-directories.js';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'directories-'));
});

afterEach(() => rmSync(root, { recursive: true }));

test('makes what is missing, with the mode', () => {
  const path = join(root, 'a', 'b', 'c');
  makeDirectories(path, 0o700);
  for (const each of [path, join(root, 'a')]) expect(statSync(each).mode & 0o777).toBe(0o700);
});

test.each([
  ['a directory', 'here', () => mkdirSync(join(root, 'here'))],
  ['a link to a directory', 'link', () => symlinkSync(root, join(root, 'link'))],
  ['a trailing slash', 'a/b/', () => undefined],
  ['a directory by a detour', 'a/../b', () => mkdirSync(join(root, 'a'))],
])('takes %s', (_, name, prepare) => {
  prepare();
  makeDirectories(`${root}/${name}`);
  expect(statSync(`${root}/${name}`).isDirectory()).toBe(true);
});

test.each([
  ['a file', 'file', /EEXIST/],
  ['a directory in a file', 'file/a/b', /ENOTDIR/],
  ['a dangling link', 'dangling', /EEXIST/],
  ['no name', 'a\0b', /null bytes/],
])('refuses %s', (_, name, message) => {
  writeFileSync(join(root, 'file'), '');
  symlinkSync(join(root, 'nowhere'), join(root, 'dangling'));
  expect(() => makeDirectories(`${root}/${name}`)).toThrow(message);
});

const onLinux = process.platform === 'linux' ? test : test.skip;

/** In processes of their own, because one that tries for ever can only be killed. */
onLinux.each([
  [
    'spool',
    `new CloudWatchSink({ logGroupName: '/a', region: 'us-east-1', spoolDir: '/proc/none/spool' })`,
    /cannot use the spool .*ENOENT/,
  ],
  [
    'file',
    `getLogger({ settings: { core: { sinks: ['file'] }, sinkConfig: { file: { path: '/proc/none/a.log' } } } }).info('a')`,
    /sink file: ENOENT.*log lines are dropped/,
  ],
])(
  'a %s where no directory can be made is reported, and holds nobody up',
  (_, code, message) => {
    const entry = join(__dirname, '../../dist/cjs/runtime/index.js');
    const program = `const { CloudWatchSink, getLogger } = require(${JSON.stringify(entry)}); ${code};`;
    const options = { encoding: 'utf8', timeout: 60_000, killSignal: 'SIGKILL' } as const;
    const { status, stderr } = spawnSync(process.execPath, ['-e', program], options);
    expect(status).toBe(0);
    expect(stderr).toMatch(message);
  },
  120_000,
);
