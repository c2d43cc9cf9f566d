import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { modeOf } from '../../../runtime/spool/ours.js';
import { thisOwner } from '../../../contract/owner.js';
import { ownerText } from '../../../runtime/spool/owner.js';
import { SpoolDirectory } from '../../../runtime/spool/spool-directory.js';
import { TARGET } from '../../support/events.js';
import { removeDirectory, temporaryDirectory } from '../../support/spool-bench.js';

const NAME = '1768478400000-000001-c0ffee12-9d0c1b7e.segment';

let root: string;
beforeEach(() => {
  root = join(temporaryDirectory(), 'spool');
});
afterEach(() => removeDirectory(join(root, '..')));

function open(): { directory: SpoolDirectory; vanished: () => number } {
  let count = 0;
  return { directory: new SpoolDirectory(root, false, () => count++), vanished: () => count };
}

test('nothing is made before it is needed', () => {
  const { directory } = open();
  directory.heartbeat();
  directory.release();
  expect(() => readdirSync(root)).toThrow('ENOENT');
});

test('it says whose it is, and is removed when it is empty', () => {
  const { directory } = open();
  directory.inside(() => undefined);
  const [name = ''] = readdirSync(root);
  expect(name).toMatch(new RegExp(`-${process.pid}-[0-9a-f]{8}$`));
  expect(directory.path).toBe(join(root, name));
  expect(readFileSync(join(root, name, 'owner.json'), 'utf8')).toBe(ownerText(thisOwner()));
  directory.release();
  expect(readdirSync(root)).toEqual([]);
});

test('only its owner can enter it, and read what is in it', () => {
  const { directory } = open();
  directory.inside(() => undefined);
  const modes = [root, directory.path, directory.pathOf('owner.json')].map((path) => modeOf(statSync(path)));
  expect(modes).toEqual(['0700', '0700', '0600']);
});

test('what is left in it has no owner any more', () => {
  const { directory } = open();
  directory.inside(() => writeFileSync(directory.pathOf(NAME), 'x'));
  const { path } = directory;
  directory.release();
  expect(readdirSync(path)).toEqual([NAME, 'left.json']);
});

test('a program that goes to another directory leaves it where it is', () => {
  const cwd = process.cwd();
  process.chdir(dirname(root));
  try {
    const directory = new SpoolDirectory('spool', false, () => undefined);
    directory.inside(() => undefined);
    process.chdir('/');
    directory.inside(() => writeFileSync(directory.pathOf(NAME), 'x'));
    expect(readdirSync(root)).toEqual([basename(directory.path)]);
  } finally {
    process.chdir(cwd);
  }
});

test('a root to which others may write by now is not written to', () => {
  mkdirSync(root);
  chmodSync(root, 0o777);
  expect(() => open().directory.inside(() => undefined)).toThrow('others may write to this one (mode 0777)');
  expect(readdirSync(root)).toEqual([]);
});

test('names sort by age', () => {
  const { directory } = open();
  const names = [999_999_999_999, 1_768_478_400_000, 1_768_478_400_000.5, 1_768_478_400_001].map((nowMs) =>
    directory.newName(nowMs, TARGET),
  );
  expect(names.toSorted()).toEqual(names);
  expect(names[0]).toMatch(/^0999999999999-000001-[0-9a-f]{8}-[0-9a-f]{8}\.segment$/);
});

describe('deletes', () => {
  test('a file of its own', () => {
    const { directory } = open();
    directory.inside(() => writeFileSync(directory.pathOf(NAME), 'x'));
    expect(directory.delete(directory.pathOf(NAME))).toBeUndefined();
    expect(readdirSync(directory.path)).toEqual(['owner.json']);
  });

  test('no link', () => {
    const { directory } = open();
    directory.inside(() => symlinkSync(__filename, directory.pathOf(NAME)));
    expect(directory.delete(directory.pathOf(NAME))).toBe('it is a symbolic link');
    expect(readdirSync(directory.path)).toEqual([NAME, 'owner.json']);
  });
});

describe('when it vanishes', () => {
  test('it is made again before the next work', () => {
    const { directory, vanished } = open();
    directory.inside(() => undefined);
    rmSync(root, { recursive: true });
    directory.inside(() => writeFileSync(directory.pathOf(NAME), 'x'));
    expect(vanished()).toBe(1);
    expect(readdirSync(directory.path).toSorted()).toEqual([NAME, 'owner.json']);
  });

  test('a heartbeat tells', () => {
    const { directory, vanished } = open();
    directory.inside(() => undefined);
    directory.heartbeat();
    expect(vanished()).toBe(0);
    unlinkSync(directory.pathOf('owner.json'));
    directory.heartbeat();
    directory.heartbeat();
    expect(vanished()).toBe(1);
  });

  test('work that misses something else throws, and nothing has vanished: another process was faster', () => {
    const { directory, vanished } = open();
    directory.inside(() => undefined);
    const { path } = directory;
    expect(() => directory.inside(() => readFileSync(join(root, 'nothing')))).toThrow('ENOENT');
    expect(() => directory.remove(join(root, 'nothing'))).toThrow('ENOENT');
    expect([directory.path, vanished(), readdirSync(root).length]).toEqual([path, 0, 1]);
  });

  test.each<[string, (path: string) => void]>([
    ['a link to another', (path) => symlinkSync(dirname(root), path)],
    ['a link to itself', (path) => symlinkSync(path, path)],
    ['a file', (path) => writeFileSync(path, '')],
    ['a directory of somebody else', (path) => mkdirSync(path)],
    ['one that was left to others', (path) => (mkdirSync(path), writeFileSync(join(path, 'left.json'), ''))],
  ])('because %s stands there, nothing is written into that', (_, make) => {
    const { directory, vanished } = open();
    directory.inside(() => undefined);
    const { path } = directory;
    rmSync(path, { recursive: true });
    make(path);
    const before = readdirSync(dirname(root), { recursive: true });
    directory.inside(() => writeFileSync(directory.pathOf(NAME), 'x'));
    expect([vanished(), directory.path === path]).toEqual([1, false]);
    directory.delete(directory.pathOf(NAME));
    directory.release();
    expect(readdirSync(dirname(root), { recursive: true })).toEqual(before);
  });

  test('because a link stands there, it is not followed at the end', () => {
    const { directory } = open();
    directory.inside(() => undefined);
    const elsewhere = join(dirname(root), 'elsewhere');
    renameSync(directory.path, elsewhere);
    symlinkSync(elsewhere, directory.path);
    directory.release();
    expect(readdirSync(elsewhere)).toEqual(['owner.json']);
  });
});
