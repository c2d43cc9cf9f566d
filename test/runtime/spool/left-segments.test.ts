import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { LeftSegments, type LeftSegment } from '../../../runtime/spool/left-segments.js';
import { MAX_SEGMENT_BYTES } from '../../../runtime/spool/ours.js';
import { SILENCE_MS, thisOwner } from '../../../contract/owner.js';
import { ownerText } from '../../../runtime/spool/owner.js';
import { SpoolDirectory } from '../../../runtime/spool/spool-directory.js';
import { removeDirectory, temporaryDirectory } from '../../support/spool-bench.js';

const NAME = '1768478400000-000001-c0ffee12-9d0c1b7e.segment';
const DEAD = ownerText({ ...thisOwner(), startedAt: '1' });
const NOBODY = 65_534;
const isRoot = process.geteuid?.() === 0;

let root: string;
beforeEach(() => {
  root = join(temporaryDirectory(), 'spool');
  mkdirSync(root, { mode: 0o700 });
});
afterEach(() => removeDirectory(dirname(root)));

function open(isWelcome: (tag: string) => boolean = () => true) {
  let vanished = 0;
  const directory = new SpoolDirectory(root, false, () => vanished++);
  const foreign: [path: string, why: string][] = [];
  const failures: unknown[] = [];
  const left = new LeftSegments({
    directory,
    isWelcome,
    onForeign: (path, why) => foreign.push([path, why]),
    onFailed: (error) => failures.push(error),
  });
  return { directory, left, foreign, failures, vanished: () => vanished };
}

/** What a process left: a mark, and segments of one byte. */
function leave(name: string, mark: string | undefined, ...segments: string[]): string {
  const path = join(root, name);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (mark !== undefined) writeFileSync(join(path, 'owner.json'), mark);
  for (const segment of segments) writeFileSync(join(path, segment), 'x');
  return path;
}

/** Takes all that there is. */
async function claimed({ left }: { readonly left: LeftSegments }): Promise<string[]> {
  await left.look();
  const names: string[] = [];
  for (let next: LeftSegment | undefined; (next = left.oldest(() => true));) {
    if (!left.claim(next)) continue;
    names.push(next.name);
    await left.tidy(next);
  }
  return names;
}

const numbered = (number: number): string => NAME.replace('000001', String(number).padStart(6, '0'));

describe('taken is', () => {
  test.each<[string, string, string]>([
    ['what a dead process left', 'api-12-0badcafe', 'owner.json'],
    ['what was left on purpose', 'api-12-0badcafe', 'left.json'],
    ['what a dead process was just making', '.api-12-0badcafe', 'owner.json'],
  ])('%s, and its directory is removed', async (_, name, mark) => {
    writeFileSync(join(leave(name, undefined, NAME), mark), DEAD);
    const heir = open();
    expect(await claimed(heir)).toEqual([NAME]);
    expect(readdirSync(root)).toEqual([heir.directory.path.slice(root.length + 1)]);
    expect(readdirSync(heir.directory.path).toSorted()).toEqual([NAME, 'owner.json']);
    expect([heir.foreign, heir.failures]).toEqual([[], []]);
  });

  test('what came into a directory that a dead process was taking apart', async () => {
    leave('api-12-0badcafe', DEAD, NAME);
    leave('api-12-0badcafe/.removed-01234567', DEAD, numbered(2));
    leave('api-12-0badcafe/.removed-89abcdef', undefined);
    const heir = open();
    expect(await claimed(heir)).toEqual([NAME, numbered(2)]);
    expect([readdirSync(root).length, heir.foreign]).toEqual([1, []]);
  });

  test('what a process of another machine has, after it has been silent; it sees that by its mark', async () => {
    const path = leave('api-12-0badcafe', ownerText({ ...thisOwner(), system: 'another' }), NAME, 'foreign');
    const heir = open();
    expect(await claimed(heir)).toEqual([]);
    const then = new Date(Date.now() - SILENCE_MS - 1_000);
    utimesSync(join(path, 'owner.json'), then, then);
    expect(await claimed(heir)).toEqual([NAME]);
    expect(readdirSync(path).toSorted()).toEqual(['foreign', 'left.json']);
  });

  test('the oldest first, whoever left it', async () => {
    leave('api-12-0badcafe', DEAD, numbered(1), numbered(4));
    leave('api-13-0badcafe', DEAD, numbered(2), numbered(3));
    expect(await claimed(open())).toEqual([1, 2, 3, 4].map(numbered));
  });

  test('the oldest thousand of more, then the others', async () => {
    const names = Array.from({ length: 2_500 }, (_, index) => numbered(index + 1));
    leave('api-12-0badcafe', DEAD, ...names);
    const heir = open();
    const shares = [];
    do shares.push(await claimed(heir));
    while (heir.left.isCut);
    expect(shares.map(({ length }) => length)).toEqual([1_000, 1_000, 500]);
    expect(shares.flat()).toEqual(names);
  });

  test('what has the name of another, once that is delivered, and the other is as it was', async () => {
    leave('api-12-0badcafe', DEAD, NAME);
    const copy = leave('api-13-0badcafe', DEAD);
    writeFileSync(join(copy, NAME), 'a copy');
    const heir = open();
    expect(await claimed(heir)).toEqual([NAME]);
    expect(readFileSync(heir.directory.pathOf(NAME), 'utf8')).toBe('x');
    heir.directory.delete(heir.directory.pathOf(NAME));
    expect(await claimed(heir)).toEqual([NAME]);
    expect(readFileSync(heir.directory.pathOf(NAME), 'utf8')).toBe('a copy');
    expect([heir.foreign, heir.failures, readdirSync(root).length]).toEqual([[], [], 1]);
  });

  test('by one, of many that try', async () => {
    leave('api-12-0badcafe', DEAD, ...[1, 2, 3, 4].map(numbered));
    const heirs = Array.from({ length: 8 }, () => open());
    const shares = await Promise.all(heirs.map(claimed));
    expect(shares.flat().toSorted()).toEqual([1, 2, 3, 4].map(numbered));
    expect(heirs.map(({ vanished }) => vanished())).toEqual(Array(8).fill(0));
    expect(readdirSync(root).filter((name) => name.startsWith('api-12'))).toEqual([]);
  });
});

test('what a living process has is its own', async () => {
  const path = leave('api-12-0badcafe', ownerText(thisOwner()), NAME);
  const { left, foreign } = open();
  expect(await left.look()).toBe(0);
  expect([foreign, readdirSync(path)]).toEqual([[], [NAME, 'owner.json']]);
});

test('what is not welcome stays, and what is can be told by its name', async () => {
  leave('api-12-0badcafe', DEAD, NAME, numbered(2).replace('9d0c1b7e', '00000000'));
  const { left } = open((tag) => tag !== '9d0c1b7e');
  expect(await left.look()).toBe(1);
  expect(left.oldest(() => true)?.tag).toBe('00000000');
});

test('what is known is not new in the next look', async () => {
  leave('api-12-0badcafe', DEAD, NAME);
  const { left } = open();
  const looks = [await left.look(), await left.look()];
  leave('api-12-0badcafe', undefined, numbered(2));
  expect([...looks, await left.look()]).toEqual([1, 0, 1]);
});

test('once its directory is released, nothing is moved or made', async () => {
  leave('api-12-0badcafe', DEAD);
  const { left, directory } = open();
  const looking = left.look();
  directory.release();
  await looking;
  expect(readdirSync(root)).toEqual(['api-12-0badcafe']);
});

/** Everything below a directory as it is, links not followed. */
function picture(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .map((entry) =>
      [join(entry.parentPath, entry.name), lstatSync(join(entry.parentPath, entry.name)).mode].join(' '),
    )
    .toSorted();
}

describe('left alone is', () => {
  const entries: [string, RegExp, (path: string) => void][] = [
    ['a directory without a mark', /^nothing in it says that it is of a spool$/, (path) => fill(path)],
    [
      'a directory with a mark of the version before',
      /does not say that it is of a spool/,
      (path) => fill(path, '{"host":"a","pid":1}'),
    ],
    [
      'a directory of a later version',
      /version 2/,
      (path) => fill(path, DEAD.replace('"version":1', '"version":2')),
    ],
    ['a directory with a mark of something else', /does not say/, (path) => fill(path, '{"name":"npm"}')],
    [
      'a directory with a mark without end',
      /^it has 8388609 bytes$/,
      (path) => {
        fill(path, DEAD);
        truncateSync(join(path, 'owner.json'), MAX_SEGMENT_BYTES + 1);
      },
    ],
    [
      'a directory with a FIFO for a mark',
      /^it is a FIFO$/,
      (path) => {
        fill(path);
        execFileSync('mkfifo', [join(path, 'owner.json')]);
      },
    ],
    [
      'a directory with a link for a mark',
      /^it is a symbolic link$/,
      (path) => {
        fill(path);
        const other = join(root, 'mark');
        writeFileSync(other, DEAD);
        symlinkSync(other, join(path, 'owner.json'));
      },
    ],
    [
      'a directory that others may write to',
      /^others may write to it \(mode 0777\)$/,
      (path) => {
        fill(path, DEAD);
        chmodSync(path, 0o777);
      },
    ],
    [
      'a directory that a group may write to',
      /^others may write to it \(mode 0770\)$/,
      (path) => {
        fill(path, DEAD);
        chmodSync(path, 0o770);
      },
    ],
    [
      'a link to a directory of a spool',
      /^it is a symbolic link$/,
      (path) => symlinkSync(fill(join(root, 'elsewhere'), DEAD), path),
    ],
    ['a dangling link', /^it is a symbolic link$/, (path) => symlinkSync('/nowhere', path)],
    ['a link to itself', /^it is a symbolic link$/, (path) => symlinkSync(path, path)],
    ['a file', /^it is a file$/, (path) => writeFileSync(path, DEAD)],
    ['a FIFO', /^it is a FIFO$/, (path) => execFileSync('mkfifo', [path])],
  ];

  /** A directory with a file and a directory in it. */
  function fill(path: string, mark?: string): string {
    mkdirSync(join(path, 'empty'), { recursive: true, mode: 0o700 });
    writeFileSync(join(path, NAME), 'x');
    if (mark !== undefined) writeFileSync(join(path, 'owner.json'), mark);
    return path;
  }

  test.each(entries)('%s, whatever its name, and told once; another is taken', async (_, why, make) => {
    make(join(root, 'npm-4321-0a1b2c3d'));
    const before = picture(root);
    leave('api-12-0badcafe', DEAD, numbered(2));
    const heir = open();
    expect([await claimed(heir), await heir.left.look()]).toEqual([[numbered(2)], 0]);
    heir.directory.delete(heir.directory.pathOf(numbered(2)));
    heir.directory.release();
    expect(picture(root)).toEqual(before);
    expect([heir.foreign, heir.failures]).toEqual([[['npm-4321-0a1b2c3d', expect.stringMatching(why)]], []]);
  });

  const inside: [string, string, (path: string) => void][] = [
    ['a link to a file', 'it is a symbolic link', (path) => symlinkSync(__filename, path)],
    ['a link to a device', 'it is a symbolic link', (path) => symlinkSync('/dev/zero', path)],
    ['a link to itself', 'it is a symbolic link', (path) => symlinkSync(path, path)],
    ['a directory', 'it is a directory', (path) => mkdirSync(path)],
    ['a FIFO', 'it is a FIFO', (path) => execFileSync('mkfifo', [path])],
    [
      'a file that others may write to',
      'others may write to it (mode 0666)',
      (path) => {
        writeFileSync(path, 'x');
        chmodSync(path, 0o666);
      },
    ],
    [
      'a file larger than any segment',
      `it has ${MAX_SEGMENT_BYTES + 1} bytes`,
      (path) => {
        writeFileSync(path, '');
        truncateSync(path, MAX_SEGMENT_BYTES + 1);
      },
    ],
  ];

  test.each(inside)('among the segments of a dead process %s; the others are taken', async (_, why, make) => {
    const path = leave('api-12-0badcafe', DEAD, numbered(2));
    make(join(path, NAME));
    const heir = open();
    expect([await claimed(heir), await heir.left.look()]).toEqual([[numbered(2)], 0]);
    expect(heir.foreign).toEqual([[join('api-12-0badcafe', NAME), why]]);
    expect(readdirSync(path)).toEqual([NAME, 'left.json']);
  });

  const marks: [string, string, (path: string) => void][] = [
    ['a link', 'it is a symbolic link', (path) => symlinkSync(__filename, path)],
    ['a dangling link', 'it is a symbolic link', (path) => symlinkSync('/nowhere', path)],
    ['a FIFO', 'it is a FIFO', (path) => execFileSync('mkfifo', [path])],
    ['a directory', 'it is a directory', (path) => mkdirSync(path)],
    [
      'a file that others may write to',
      'others may write to it (mode 0666)',
      (path) => {
        writeFileSync(path, DEAD);
        chmodSync(path, 0o666);
      },
    ],
    ['a file of somebody else', 'it does not say that it is of a spool', (path) => writeFileSync(path, '{}')],
  ];

  test.each(
    marks.flatMap(([what, why, make]) =>
      ['left.json', '.removed-01234567/left.json', '.removed-01234567/owner.json'].map(
        (at) => [what, at, why, make] as const,
      ),
    ),
  )('%s at the place of a mark, %s', async (_, at, why, make) => {
    const path = leave('api-12-0badcafe', DEAD);
    leave('api-12-0badcafe/.removed-01234567', at.endsWith('/owner.json') ? undefined : DEAD);
    make(join(path, at));
    const before = lstatSync(join(path, at));
    leave('api-13-0badcafe', DEAD, numbered(2));
    const heir = open();
    expect([await claimed(heir), await heir.left.look()]).toEqual([[numbered(2)], 0]);
    expect(lstatSync(join(path, at)).ino).toBe(before.ino);
    expect([heir.foreign, heir.failures]).toEqual([
      [[expect.stringContaining('api-12-0badcafe'), expect.stringContaining(why)]],
      [],
    ]);
  });

  test('thousands of links to the oldest segments, and those behind them are taken', async () => {
    const path = leave('api-12-0badcafe', DEAD, numbered(20_000));
    for (let number = 0; number < 12_000; number++) symlinkSync('/nowhere', join(path, numbered(number)));
    const heir = open();
    const names = [];
    for (let looks = 0; looks < 14 && names.length === 0; looks++) names.push(...(await claimed(heir)));
    expect(names).toEqual([numbered(20_000)]);
  });

  test.each(['notes.txt', '.removed-x', '1.segment', 'owner.json~', 'sub'])(
    'among them an entry with the name %s',
    async (name) => {
      const path = leave('api-12-0badcafe', DEAD, NAME);
      if (name === 'sub') mkdirSync(join(path, name));
      else writeFileSync(join(path, name), 'mine');
      const heir = open();
      expect(await claimed(heir)).toEqual([NAME]);
      expect(heir.foreign).toEqual([[join('api-12-0badcafe', name), 'it has no name of the spool']]);
      expect(existsSync(join(path, name))).toBe(true);
    },
  );

  test('a name that is no UTF-8, beside which others are taken', async () => {
    const path = leave('api-12-0badcafe', DEAD, NAME);
    const odd = Buffer.concat([Buffer.from(`${path}/`), Buffer.from([0xff, 0xfe])]);
    writeFileSync(odd, 'x');
    mkdirSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xff]), Buffer.from('-12-0badcafe')]));
    const heir = open();
    expect([await claimed(heir), heir.failures]).toEqual([[NAME], []]);
    expect(readFileSync(odd, 'utf8')).toBe('x');
  });

  test('a socket', async () => {
    const path = leave('api-12-0badcafe', DEAD);
    const server = createServer().listen(join(path, NAME));
    await new Promise((resolve) => server.once('listening', resolve));
    const heir = open();
    expect(await claimed(heir)).toEqual([]);
    expect(heir.foreign[0]?.[1]).toBe('it is a socket');
    await new Promise((resolve) => server.close(resolve));
  });

  test('an entry that became another after it was looked at', async () => {
    const path = leave('api-12-0badcafe', DEAD, NAME);
    const { left, foreign } = open();
    await left.look();
    execFileSync('rm', [join(path, NAME)]);
    symlinkSync(__filename, join(path, NAME));
    expect(left.claim(left.oldest(() => true)!)).toBe(false);
    expect(foreign).toEqual([[join('api-12-0badcafe', NAME), 'it is a symbolic link']]);
  });

  (isRoot ? test : test.skip)('what belongs to another user', async () => {
    const path = leave('api-12-0badcafe', DEAD, NAME);
    chownSync(path, NOBODY, NOBODY);
    const other = leave('api-13-0badcafe', DEAD, NAME);
    chownSync(join(other, NAME), NOBODY, NOBODY);
    const heir = open();
    expect(await claimed(heir)).toEqual([]);
    expect(heir.foreign.map(([, why]) => why)).toEqual(Array(2).fill(`it belongs to user ${NOBODY}`));
  });
});

test('a directory that is being made, and whose mark is not finished, is not told of', async () => {
  leave('.api-12-0badcafe', DEAD.slice(0, 20), NAME);
  const heir = open();
  expect([await claimed(heir), heir.foreign, readdirSync(root)]).toEqual([[], [], ['.api-12-0badcafe']]);
});

test('an empty directory with such a name is nobody’s, and stays', async () => {
  for (const name of ['npm-4321-0a1b2c3d', '.npm-4321-0a1b2c3d']) mkdirSync(join(root, name));
  const { left, foreign } = open();
  await left.look();
  expect([readdirSync(root).length, foreign]).toEqual([2, []]);
});

test('a second name of a segment is only a name: the file stays by the other', async () => {
  const path = leave('api-12-0badcafe', DEAD, NAME);
  linkSync(join(path, NAME), join(dirname(root), 'other'));
  const heir = open();
  await claimed(heir);
  heir.directory.delete(heir.directory.pathOf(NAME));
  expect(readFileSync(join(dirname(root), 'other'), 'utf8')).toBe('x');
});
