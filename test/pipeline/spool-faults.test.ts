import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { isBalanced } from '../../runtime/ack/ledger.js';
import type { CloudWatchSinkOptions } from '../../runtime/sink-options.js';
import { errorNamed, FakePort, type Reply } from '../support/fake-port.js';
import {
  removeDirectory,
  segmentsIn,
  SpoolBench,
  spooledIn,
  temporaryDirectory,
} from '../support/spool-bench.js';

jest.setTimeout(60_000);

const MIB = 1_048_576;
const none = { total: 0, byReason: {} };

let place: string;
let spoolDir: string;
let isMounted = false;
let benches: SpoolBench[] = [];

beforeEach(() => {
  place = temporaryDirectory();
  spoolDir = join(place, 'spool');
});

afterEach(async () => {
  for (const bench of benches) await bench.end();
  benches = [];
  if (isMounted) execFileSync('umount', ['-l', place]);
  isMounted = false;
  removeDirectory(place);
});

/** A disk of a few MiB, which only root can make. */
function mount(options: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', place]);
  isMounted = true;
}

function remount(options: string): void {
  execFileSync('mount', ['-o', `remount,${options}`, place]);
}

function canMount(): boolean {
  const probe = temporaryDirectory();
  try {
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', probe], { stdio: 'ignore' });
    execFileSync('umount', [probe]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(probe, { recursive: true, force: true });
  }
}

const isAble = canMount();

/** A service that is down for as many calls. */
const down = (calls: number): FakePort =>
  new FakePort({
    putLogEvents: Array.from({ length: calls }, (): Reply => errorNamed('ServiceUnavailableException')),
  });

function open(port: FakePort, options: CloudWatchSinkOptions = {}): SpoolBench {
  const bench = new SpoolBench(port, { spoolDir, ...options });
  benches.push(bench);
  return bench;
}

test('a machine that is there to test can mount', () => {
  expect(isAble || !process.env['CI']).toBe(true);
});

(isAble ? describe : describe.skip)('a full disk', () => {
  const padding = 'x'.repeat(MIB / 4);

  it('is no place for more: memory is used, then shed and counted, and the disk is tried again', async () => {
    mount('size=2m');
    const bench = open(down(1_000), { batchSize: 1, maxQueueBytes: MIB });
    for (let id = 0; id < 16; id++) bench.write(id + padding);
    const { accepted, pending, spooled, dropped } = bench.sink.stats();
    expect([accepted, pending, spooled + dropped.total]).toEqual([16, 3, 13]);
    expect([spooled, dropped.byReason]).toEqual([7, { queueFull: 6 }]);
    expect(bench.diagnostics.find(({ code }) => code === 'spool.failed')?.message).toContain('ENOSPC');
    // Nothing torn is left behind.
    expect(spooledIn(spoolDir).map((messages) => messages.length)).toEqual(Array(7).fill(1));

    remount('size=8m');
    bench.clock.advance(5_000);
    for (let id = 16; id < 20; id++) bench.write(id + padding);
    expect(bench.sink.stats().spooled).toBe(11);
  });

  it('that is full from the start is left as it was, however often it is tried', async () => {
    mount('size=64k');
    mkdirSync(spoolDir, { mode: 0o700 });
    expect(() => writeFileSync(join(place, 'filler'), Buffer.alloc(MIB))).toThrow('ENOSPC');
    const bench = open(down(1_000), { spoolMode: 'always' });
    for (let tries = 0; tries < 5; tries++) {
      bench.write('a', 'b');
      bench.clock.advance(5_000);
    }
    expect(bench.said.filter((code) => code === 'spool.failed').length).toBeGreaterThan(3);
    expect(readdirSync(spoolDir)).toEqual([]);
  });

  it('at the end leaves what does not fit to stderr', async () => {
    mount('size=2m');
    const bench = open(down(1_000), { batchSize: 1 });
    for (let id = 0; id < 10; id++) bench.write(id + padding);
    expect(await bench.end()).toMatchObject({
      accepted: 10,
      spooled: 7,
      diverted: { total: 3, byReason: { deadline: 3 } },
      dropped: none,
    });
    expect(bench.diverted).toHaveLength(3);
  });

  it('takes nothing from what is in memory in the mode always, and everything is delivered', async () => {
    mount('size=2m');
    const bench = open(down(2), { spoolMode: 'always', batchSize: 3 });
    for (let id = 0; id < 12; id++) bench.write(id + padding);
    expect(bench.sink.stats()).toMatchObject({ accepted: 12, pending: 12, spooled: 0 });
    expect(bench.said).toContain('spool.failed');
    await bench.passUntil(() => bench.sink.stats().delivered === 12);
    expect(segmentsIn(spoolDir)).toEqual([]);
  });
});

(isAble ? describe : describe.skip)('a disk that becomes read-only', () => {
  it('is said once a minute, and what is to be spooled goes to stderr', async () => {
    mount('size=8m');
    const bench = open(down(1_000), { maxQueueEvents: 4 });
    bench.write('a', 'b', 'c', 'd', 'e', 'f');
    expect(bench.sink.stats()).toMatchObject({ pending: 4, spooled: 2 });
    remount('ro');
    expect(await bench.end()).toMatchObject({
      accepted: 6,
      spooled: 2,
      diverted: { total: 4, byReason: { deadline: 4 } },
    });
    expect(bench.diagnostics.find(({ code }) => code === 'spool.failed')?.message).toContain('EROFS');
    expect(spooledIn(spoolDir)).toEqual([['a', 'b']]);
  });

  it('keeps what is delivered, until it can be deleted', async () => {
    mount('size=8m');
    const bench = open(new FakePort(), { spoolMode: 'always' });
    bench.write('a', 'b');
    // Let go by the process, so that it can be made read-only.
    remount('ro');
    await bench.passUntil(() => bench.sink.stats().delivered === 2);
    expect(spooledIn(spoolDir)).toEqual([['a', 'b']]);
    remount('rw');
    await bench.passUntil(() => segmentsIn(spoolDir).length === 0, 10_000);
    expect(bench.sink.stats()).toMatchObject({ accepted: 2, delivered: 2 });
  });
});

describe('a permission that is lost', () => {
  const NOBODY = 65_534;
  const isRoot = process.geteuid?.() === 0;

  // Root may write everywhere.
  beforeEach(() => {
    chmodSync(place, 0o777);
    if (isRoot) process.seteuid?.(NOBODY);
  });
  afterEach(() => {
    if (isRoot) process.seteuid?.(0);
  });

  it('is as if there were no disk, and what is on it is delivered once it is back', async () => {
    const bench = open(down(3), { maxQueueEvents: 4, circuitBreakerEnabled: false });
    bench.write('a', 'b', 'c', 'd', 'e', 'f');
    expect(bench.sink.stats()).toMatchObject({ pending: 4, spooled: 2 });
    const own = dirname(segmentsIn(spoolDir)[0]!);
    chmodSync(own, 0o500);
    bench.write('g', 'h');
    expect(bench.sink.stats()).toMatchObject({ spooled: 2, dropped: { byReason: { queueFull: 2 } } });
    expect(bench.diagnostics.find(({ code }) => code === 'spool.failed')?.message).toContain('EACCES');
    chmodSync(own, 0o700);
    await bench.passUntil(() => bench.sink.stats().delivered >= 6 && segmentsIn(spoolDir).length === 0);
    expect(bench.sink.stats()).toMatchObject({ spooled: 0, dropped: { total: 2 }, diverted: none });
  });
});

describe('a directory that cannot be made', () => {
  it.each<[string, RegExp, () => void]>([
    ['a file', /it is no directory: EEXIST/, () => writeFileSync(spoolDir, 'a file stands here')],
    ['a FIFO', /it is no directory: EEXIST/, () => execFileSync('mkfifo', [spoolDir])],
    [
      'a dangling link',
      /it is a link that leads to no directory/,
      () => symlinkSync(join(place, 'no'), spoolDir),
    ],
    ['a link to itself', /it is a link that leads to no directory/, () => symlinkSync(spoolDir, spoolDir)],
    ['a link to a file', /it is a link that leads to no directory/, () => symlinkSync(__filename, spoolDir)],
    [
      'in a file',
      /ENOTDIR/,
      () => ((spoolDir = join(place, 'file', 'spool')), writeFileSync(dirname(spoolDir), '')),
    ],
  ])('because it is %s is told at start, and everything is as without a spool', async (_, why, make) => {
    make();
    const bench = open(down(1_000), { spoolMode: 'always' });
    expect(bench.diagnostics).toMatchObject([{ code: 'spool.failed', message: expect.stringMatching(why) }]);
    bench.write('a', 'b', 'c');
    expect(bench.sink.stats()).toMatchObject({ accepted: 3, pending: 3, spooled: 0 });
    expect(await bench.end()).toMatchObject({ accepted: 3, diverted: { total: 3 }, spooled: 0 });
  });
});

describe('a directory that vanishes', () => {
  it('is made again for what comes; what was only there is counted as lost', async () => {
    const bench = open(down(1_000), { maxQueueEvents: 4 });
    bench.write('a', 'b', 'c', 'd', 'e', 'f');
    expect(bench.sink.stats()).toMatchObject({ pending: 4, spooled: 2 });
    rmSync(spoolDir, { recursive: true });
    bench.write('g', 'h');
    expect(bench.sink.stats()).toMatchObject({
      accepted: 8,
      pending: 4,
      spooled: 2,
      dropped: { total: 2, byReason: { spoolLost: 2 } },
    });
    expect(spooledIn(spoolDir)).toEqual([['c', 'd']]);
    expect(bench.said).toContain('spool.vanished');
  });

  it('takes nothing from what is in memory too', async () => {
    const bench = open(down(1), { spoolMode: 'always' });
    bench.write('a', 'b', 'c');
    rmSync(spoolDir, { recursive: true });
    bench.write('d', 'e', 'f', 'g');
    await bench.passUntil(() => bench.sink.stats().delivered === 7);
    expect(bench.sink.stats()).toMatchObject({ accepted: 7, dropped: none, diverted: none });
  });

  it('while it is written to event by event is noticed by the next sign of life', async () => {
    const bench = open(down(1_000), { spoolMode: 'always', batchSize: 10, batchTimeoutSeconds: 60 });
    bench.write('a');
    rmSync(spoolDir, { recursive: true });
    bench.write('b');
    expect(existsSync(spoolDir)).toBe(false);
    bench.clock.advance(10_000);
    bench.write('c');
    expect(spooledIn(spoolDir)).toEqual([['c']]);
    expect(await bench.end()).toMatchObject({ accepted: 3, spooled: 3, diverted: none, dropped: none });
    expect(spooledIn(spoolDir)).toEqual([['a', 'b', 'c']]);
  });
});

describe('a segment that vanishes', () => {
  it('is counted as lost when its turn comes, and the others are delivered', async () => {
    const bench = open(down(3), { maxQueueEvents: 4, circuitBreakerEnabled: false });
    bench.write('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
    unlinkSync(segmentsIn(spoolDir)[0]!);
    await bench.passUntil(() => bench.sink.stats().delivered + bench.sink.stats().dropped.total >= 8);
    const report = bench.sink.stats();
    expect(isBalanced(report)).toBe(true);
    expect(report.dropped).toEqual({ total: 2, byReason: { spoolLost: 2 } });
  });
});

describe('what is not ours', () => {
  it('is left alone', async () => {
    mkdirSync(join(spoolDir, 'somebody-else'), { recursive: true });
    writeFileSync(join(spoolDir, 'somebody-else', 'note.txt'), 'mine');
    writeFileSync(join(spoolDir, 'note-12-0badcafe'), 'a file with such a name');
    const bench = open(new FakePort());
    bench.write('a', 'b');
    await bench.passUntil(() => bench.sink.stats().delivered === 2 && bench.diagnostics.length > 0);
    await bench.end();
    expect(readdirSync(spoolDir).toSorted()).toEqual(['note-12-0badcafe', 'somebody-else']);
    expect(bench.diagnostics).toMatchObject([
      {
        code: 'spool.foreign',
        message: `left alone, because it is a file: note-12-0badcafe in the spool ${spoolDir}`,
      },
    ]);
  });
});

test('a name with line breaks stays on its line in a diagnostic', async () => {
  const first = open(down(1_000));
  first.write('a', 'b');
  await first.end();
  writeFileSync(
    join(dirname(segmentsIn(spoolDir)[0]!), 'x\n\u001B[2J\u009B2Jfapilog-cloudwatch: all is well'),
    '',
  );
  const second = open(new FakePort());
  await second.passUntil(() => second.said.includes('spool.foreign'));
  expect(second.diagnostics.find(({ code }) => code === 'spool.foreign')?.message).toContain(
    String.raw`/x\u000a\u001b[2J\u009b2Jfapilog-cloudwatch: all is well in the spool`,
  );
});

describe('a directory that others could change', () => {
  it.each([
    ['all may write to', 0o777, '0777'],
    ['a group may write to', 0o770, '0770'],
    ['others may write to and not read', 0o702, '0702'],
  ])('because %s it is refused at start, with the fix', (_, mode, shown) => {
    mkdirSync(spoolDir);
    chmodSync(spoolDir, mode);
    expect(() => open(new FakePort())).toThrow(
      `FAPILOG_CLOUDWATCH__SPOOL_DIR (spoolDir) is "${spoolDir}"; allowed: a directory to which only its owner may write; ` +
        `others may write to this one (mode ${shown}): run chmod 700 ${spoolDir}, or name a directory inside it, which will be made`,
    );
    expect(readdirSync(spoolDir)).toEqual([]);
  });

  it('because it is shared on purpose is refused, and nobody is told to change it', () => {
    mkdirSync(spoolDir);
    chmodSync(spoolDir, 0o1777);
    expect(() => open(new FakePort())).toThrow(
      /others may write to this one \(mode 1777\): name a directory inside it, which will be made$/,
    );
    spoolDir = join(spoolDir, 'myapp');
    expect(open(new FakePort()).said).toEqual([]);
  });

  it.each([0o700, 0o755, 0o750, 0o2755])('is none with mode %o', (mode) => {
    mkdirSync(spoolDir);
    chmodSync(spoolDir, mode);
    expect(open(new FakePort()).said).toEqual([]);
  });

  it('is found behind a link, too, and one that is safe is used', () => {
    const real = join(place, 'real');
    mkdirSync(real);
    symlinkSync(real, spoolDir);
    const bench = open(down(1_000), { spoolMode: 'always' });
    bench.write('a');
    expect(spooledIn(real)).toEqual([['a']]);
    chmodSync(real, 0o777);
    expect(() => open(new FakePort())).toThrow('(mode 0777)');
  });

  (process.geteuid?.() === 0 ? it : it.skip)(
    'because it belongs to another user is refused, with the fix',
    () => {
      mkdirSync(spoolDir);
      chownSync(spoolDir, 65_534, 65_534);
      expect(() => open(new FakePort())).toThrow(
        `this one belongs to user 65534 (mode 0755): run chown 0 ${spoolDir} && chmod 700 ${spoolDir}`,
      );
      expect(readdirSync(spoolDir)).toEqual([]);
    },
  );
});
