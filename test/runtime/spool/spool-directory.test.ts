import { mkdirSync, readdirSync, readFileSync, rmSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SILENCE_MS, thisProcess } from '../../../runtime/spool/owner.js';
import { SpoolDirectory } from '../../../runtime/spool/spool-directory.js';
import { removeDirectory, temporaryDirectory } from '../../support/spool-bench.js';

const NAME = '1768478400000-000001-c0ffee12.segment';
const DEAD = JSON.stringify({ ...thisProcess(), startedAt: '1' });

let root: string;
beforeEach(() => {
  root = join(temporaryDirectory(), 'spool');
});
afterEach(() => removeDirectory(join(root, '..')));

function open(): { directory: SpoolDirectory; vanished: () => number } {
  let count = 0;
  return { directory: new SpoolDirectory(root, () => count++), vanished: () => count };
}

/** What a process left: an owner, and segments of one byte. */
function leave(name: string, owner: string | undefined, ...segments: string[]): string {
  const path = join(root, name);
  mkdirSync(path, { recursive: true });
  if (owner !== undefined) writeFileSync(join(path, 'owner.json'), owner);
  for (const segment of segments) writeFileSync(join(path, segment), 'x');
  return path;
}

async function adopted(
  directory: SpoolDirectory,
): Promise<{ readonly name: string; readonly bytes: number }[]> {
  const files: { readonly name: string; readonly bytes: number }[] = [];
  await directory.adopt((name, bytes) => files.push({ name, bytes }));
  return files;
}

test('nothing is made before it is needed', async () => {
  const { directory } = open();
  directory.heartbeat();
  expect(await adopted(directory)).toEqual([]);
  directory.release();
  expect(() => readdirSync(root)).toThrow('ENOENT');
});

test('it says whose it is, and is removed when it is empty', () => {
  const { directory } = open();
  directory.inside(() => undefined);
  const [name = ''] = readdirSync(root);
  expect(name).toMatch(new RegExp(`-${process.pid}-[0-9a-f]{8}$`));
  expect(directory.path).toBe(join(root, name));
  expect(JSON.parse(readFileSync(join(root, name, 'owner.json'), 'utf8'))).toEqual(thisProcess());
  directory.release();
  expect(readdirSync(root)).toEqual([]);
});

test('what is left in it has no owner any more, and the next one has it at once', async () => {
  const first = open().directory;
  first.inside(() => writeFileSync(first.pathOf(NAME), 'x'));
  first.release();
  const second = open().directory;
  expect(await adopted(second)).toEqual([{ name: NAME, bytes: 1 }]);
  expect(readdirSync(root)).toHaveLength(1);
  expect(readdirSync(second.path).toSorted()).toEqual([NAME, 'owner.json']);
});

test('names sort by age', () => {
  const { directory } = open();
  const names = [999_999_999_999, 1_768_478_400_000, 1_768_478_400_000.5, 1_768_478_400_001].map((nowMs) =>
    directory.newName(nowMs),
  );
  expect(names.toSorted()).toEqual(names);
  expect(names[0]).toMatch(/^0999999999999-000001-[0-9a-f]{8}\.segment$/);
});

describe('adopted is', () => {
  test.each<[string, string, string | undefined]>([
    ['what a dead process left', 'api-12-0badcafe', DEAD],
    ['what was left on purpose', 'api-12-0badcafe', undefined],
    ['what a dead process was just making', '.api-12-0badcafe', DEAD],
  ])('%s', async (_, name, owner) => {
    leave(name, owner, NAME);
    const { directory } = open();
    expect(await adopted(directory)).toEqual([{ name: NAME, bytes: 1 }]);
    expect(readdirSync(root)).toHaveLength(1);
  });

  test('what a dead process had adopted and not unpacked', async () => {
    const path = leave('api-12-0badcafe', DEAD, NAME);
    const other = NAME.replace('000001', '000002');
    leave(join('api-12-0badcafe', '.adopted-01234567'), DEAD, other);
    const { directory } = open();
    expect((await adopted(directory)).map(({ name }) => name).toSorted()).toEqual([NAME, other]);
    expect(() => readdirSync(path)).toThrow('ENOENT');
    expect(readdirSync(directory.path).toSorted()).toEqual([NAME, other, 'owner.json']);
  });

  test('an owner nobody can read, after it has been silent', async () => {
    const path = leave('api-12-0badcafe', '', NAME);
    const { directory } = open();
    expect(await adopted(directory)).toEqual([]);
    const then = new Date(Date.now() - SILENCE_MS - 1_000);
    utimesSync(join(path, 'owner.json'), then, then);
    expect(await adopted(directory)).toEqual([{ name: NAME, bytes: 1 }]);
  });

  test.each([
    ['what a living process has', 'api-12-0badcafe', JSON.stringify(thisProcess())],
    ['a directory with another name', 'somebody-else', undefined],
  ])('not %s', async (_, name, owner) => {
    leave(name, owner, NAME);
    expect(await adopted(open().directory)).toEqual([]);
    expect(readdirSync(join(root, name))).toContain(NAME);
  });
});

test('an empty directory that somebody began to make is removed', async () => {
  leave('.api-12-0badcafe', undefined);
  expect(await adopted(open().directory)).toEqual([]);
  expect(readdirSync(root)).toEqual([]);
});

test('of many that try, one has it', async () => {
  leave('api-12-0badcafe', DEAD, NAME);
  const heirs = Array.from({ length: 8 }, () => open().directory);
  const shares = await Promise.all(heirs.map(adopted));
  expect(shares.flat()).toEqual([{ name: NAME, bytes: 1 }]);
});

test('what is released while it looks for others is not its own again', async () => {
  const { directory } = open();
  directory.inside(() => writeFileSync(directory.pathOf(NAME), 'x'));
  const looking = adopted(directory);
  directory.release();
  expect(await looking).toEqual([]);
  expect(await adopted(open().directory)).toEqual([{ name: NAME, bytes: 1 }]);
});

describe('when it vanishes', () => {
  test('it is made again, once, for the work that found out', () => {
    const { directory, vanished } = open();
    directory.inside(() => undefined);
    rmSync(root, { recursive: true });
    let calls = 0;
    directory.inside(() => {
      calls++;
      writeFileSync(directory.pathOf(NAME), 'x');
    });
    expect([calls, vanished()]).toEqual([2, 1]);
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

  test('work that misses something else is tried twice and then throws', () => {
    const { directory } = open();
    expect(() => directory.inside(() => readFileSync(join(root, 'nothing')))).toThrow('ENOENT');
  });
});
