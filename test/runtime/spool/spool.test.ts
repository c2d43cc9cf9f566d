import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Ledger } from '../../../runtime/ack/ledger.js';
import type { Loss } from '../../../runtime/ack/losses.js';
import type { EncodedBatch } from '../../../runtime/batch/encoded-batch.js';
import { Diagnostics } from '../../../runtime/io/diagnostics.js';
import { crc32 } from '../../../contract/crc32.js';
import type { Segment } from '../../../runtime/spool/segment.js';
import { Spool, type SpoolOptions } from '../../../runtime/spool/spool.js';
import { batchAt, batchOf, event, linesOf, NOW_MS, TARGET } from '../../support/events.js';
import { ManualClock } from '../../support/manual-clock.js';
import {
  eventually,
  filesIn,
  removeDirectory,
  segmentsIn,
  temporaryDirectory,
} from '../../support/spool-bench.js';

let directory: string;
const spools: Spool[] = [];

beforeEach(() => {
  directory = temporaryDirectory();
});

afterEach(() => {
  for (const spool of spools.splice(0)) spool.close();
  removeDirectory(directory);
});

/** A spool on a real disk; its clock stands still. */
function bench(options: Partial<SpoolOptions> = {}) {
  const clock = new ManualClock(NOW_MS);
  const ledger = new Ledger();
  const losses: Loss[] = [];
  const reports: string[] = [];
  const found = { times: 0 };
  const spool = new Spool(
    { directory, mode: 'overflow', maxBytes: 1_000_000, fsync: 'never', ...options },
    {
      target: TARGET,
      clock,
      ledger,
      diagnostics: new Diagnostics(
        clock,
        () => undefined,
        ({ code }) => reports.push(code),
      ),
      onLost: (loss) => losses.push(loss),
      isWelcome: () => true,
      onFound: () => void found.times++,
    },
  );
  spools.push(spool);
  return { spool, clock, ledger, losses, reports, found };
}

/** Reads the oldest segment back. */
async function loaded(spool: Spool, { mayGo = true, fits = true } = {}) {
  const entered: EncodedBatch[] = [];
  const wasOfUse = await spool.load(spool.oldest()!, {
    mayGo: () => mayGo,
    fits: () => fits,
    enter: (batch) => entered.push(batch),
  });
  return { wasOfUse, entered };
}

const bytesOnDisk = (): number => segmentsIn(directory).reduce((sum, path) => sum + statSync(path).size, 0);

/** At this millisecond, with one event for each. */
const at = (...times: number[]): EncodedBatch => batchAt(...times.map((time) => NOW_MS + time));

const lines = (batches: readonly EncodedBatch[]): string[][] => batches.map(linesOf);

describe('a batch that is kept', () => {
  test('rests on disk until it is read back, and lies there until it is settled', async () => {
    const { spool } = bench();
    const batch = at(1, 2);

    expect(spool.keep(batch)).toBe(true);
    expect([spool.events, spool.bytes]).toEqual([2, bytesOnDisk()]);

    const { entered } = await loaded(spool);
    expect(lines(entered)).toEqual(lines([batch]));
    expect([spool.events, spool.replaying, segmentsIn(directory).length]).toEqual([0, 1, 1]);

    entered[0]!.backing!.release(1);
    expect(segmentsIn(directory)).toHaveLength(1);
    entered[0]!.backing!.release(1);
    expect([spool.bytes, spool.replaying, segmentsIn(directory)]).toEqual([0, 0, []]);
  });

  test.each([
    ['there is no room', { fits: false }, false],
    ['its stream is in use', { mayGo: false }, true],
  ])('goes on resting where %s; only the latter lets others be looked at', async (_, entrance, wasOfUse) => {
    const { spool } = bench();
    spool.keep(at(1));

    expect(await loaded(spool, entrance)).toEqual({ wasOfUse, entered: [] });
    expect([spool.events, (spool.oldest() as Segment).state]).toEqual([1, 'resting']);
  });

  test('leaves in slices where many small ones make room for a large one', () => {
    const { spool, clock, losses } = bench({ maxBytes: 20_000 });
    for (let id = 0; id < 100; id++) spool.keep(at(id));
    spool.keep(batchOf([event('x'.repeat(19_500))]));

    expect(losses).toHaveLength(32);
    for (let turn = 0; turn < 5; turn++) clock.advance(0);
    expect([spool.bytes <= 20_000, spool.bytes]).toEqual([true, bytesOnDisk()]);
    expect([losses.length + spool.events, losses.length > 64]).toEqual([101, true]);
  });

  test('leaves first where it is the oldest and there is too much; that is a loss', () => {
    const one = (text: string, timestamp: number): EncodedBatch =>
      batchOf([event(text.repeat(1_000), timestamp)]);
    const { spool, losses } = bench({ maxBytes: 2_500 });
    for (const [index, text] of ['a', 'b', 'c'].entries()) spool.keep(one(text, NOW_MS + index));

    expect(losses).toEqual([{ reason: 'spoolFull', count: 1, fromMs: NOW_MS, toMs: NOW_MS }]);
    expect([spool.events, spool.bytes]).toEqual([2, bytesOnDisk()]);
    expect(segmentsIn(directory).some((path) => readFileSync(path, 'utf8').includes('aaa'))).toBe(false);
  });

  test('stays where it is the only one, however large', () => {
    const { spool, losses } = bench({ maxBytes: 10 });

    expect(spool.keep(at(1))).toBe(true);
    expect([spool.events, losses]).toEqual([1, []]);
  });

  test('comes back without its damaged lines, which are a loss', async () => {
    const { spool, losses, reports } = bench();
    spool.keep(at(1, 2, 3));
    const [path] = segmentsIn(directory);
    writeFileSync(path!, readFileSync(path!, 'utf8').replace(`${NOW_MS + 2}"`, `${NOW_MS + 9}"`));

    const { entered } = await loaded(spool);

    expect(lines(entered)).toEqual(lines([at(1, 3)]));
    expect(losses).toMatchObject([{ reason: 'spoolDamaged', count: 1 }]);
    expect(reports).toContain('spool.damaged');
  });
});

describe('with `always`', () => {
  test('each event is on disk at once, and its batch is not written a second time', () => {
    const { spool } = bench({ mode: 'always' });
    const events = [1, 2].map((time) => event(`line ${time}`, NOW_MS + time));
    for (const [index, each] of events.entries()) {
      spool.append(each);
      expect(readFileSync(segmentsIn(directory)[0]!, 'utf8')).toContain(`line ${index + 1}`);
    }
    const written = segmentsIn(directory);
    const batch = spool.sealed(batchOf(events));
    // In memory as well, and so not among those that only the disk has.
    expect(spool.events).toBe(0);

    expect(spool.keep(batch)).toBe(true);
    expect([spool.events, segmentsIn(directory)]).toEqual([2, written]);
  });

  test.each<[string, (path: string) => void]>([
    ['is gone', (path) => rmSync(path)],
    [
      'is a link to a file with as many bytes by now',
      (path) => {
        renameSync(path, `${path}~`);
        symlinkSync(`${path}~`, path);
      },
    ],
    ['is one to which others may write by now', (path) => chmodSync(path, 0o666)],
  ])('a batch whose segment %s is written a second time', (_, change) => {
    const { spool } = bench({ mode: 'always' });
    const only = event('line');
    spool.append(only);
    const [path = ''] = segmentsIn(directory);
    const batch = spool.sealed(batchOf([only]));
    change(path);

    expect(spool.keep(batch)).toBe(true);
    expect(segmentsIn(directory).filter((other) => other !== path)).toHaveLength(1);
  });

  test('an event that is delivered leaves nothing behind', () => {
    const { spool } = bench({ mode: 'always' });
    const only = event('line');
    spool.append(only);
    spool.sealed(batchOf([only])).backing!.release(1);

    expect([spool.bytes, segmentsIn(directory)]).toEqual([0, []]);
  });

  test('an event that has to leave the disk while it waits in memory is told', () => {
    const { spool, losses, reports } = bench({ mode: 'always', maxBytes: 2_500 });
    for (const text of ['a', 'b', 'c']) {
      const only = event(text.repeat(1_000));
      spool.append(only);
      spool.sealed(batchOf([only]));
    }

    expect([reports, losses, segmentsIn(directory).length]).toEqual([['spool.full'], [], 2]);
  });

  test('without it, nothing is written before it has to be', () => {
    const { spool } = bench();
    const batch = batchOf([event('line')]);
    spool.append(event('line'));

    expect(spool.sealed(batch)).toBe(batch);
    expect(filesIn(directory)).toEqual([]);
  });
});

describe('what another process left', () => {
  test('is taken over, and accepted when it is read', async () => {
    const { spool: dead } = bench();
    dead.keep(at(1, 2));
    dead.close();
    expect([dead.keep(at(3)), segmentsIn(directory).length]).toEqual([false, 1]);

    const heir = bench();
    await eventually(() => heir.found.times > 0);
    expect(heir.reports).toEqual(['spool.adopted']);
    expect([heir.spool.adopted, heir.spool.events]).toEqual([0, 0]);
    const { entered } = await loaded(heir.spool);

    expect(lines(entered)).toEqual(lines([at(1, 2)]));
    expect([heir.spool.adopted, heir.ledger.account(2).accepted]).toEqual([2, 2]);
  });
});

describe('what dead processes left, more than there is room for,', () => {
  /** Segments of some 1,050 bytes. */
  function leave(count: number): void {
    const { spool } = bench();
    for (let id = 0; id < count; id++) spool.keep(batchOf([event('x'.repeat(1_000), NOW_MS + id)]));
    spool.close();
  }

  test('stays where it is: nothing is lost, and it comes as room allows', async () => {
    leave(8);
    const { spool, found, losses, ledger } = bench({ maxBytes: 2_500 });
    await eventually(() => found.times > 0);
    const batches: EncodedBatch[] = [];
    while (spool.oldest()) {
      batches.push(...(await loaded(spool)).entered);
      expect(spool.bytes).toBeLessThanOrEqual(2_500);
      if (!spool.oldest()) for (const batch of batches.splice(0)) batch.backing!.release(batch.count);
    }

    expect([spool.adopted, losses, ledger.account(0).accepted]).toEqual([8, [], 8]);
    spool.close();
    expect(filesIn(directory)).toEqual([]);
  });

  test('is shared by the processes that come, each segment by one', async () => {
    leave(8);
    const heirs = [bench(), bench(), bench()];
    await eventually(() => heirs.every(({ found }) => found.times > 0));
    const shares = await Promise.all(
      heirs.map(async ({ spool }) => {
        const lot: EncodedBatch[] = [];
        while (spool.oldest()) lot.push(...(await loaded(spool)).entered);
        return lot;
      }),
    );

    expect(shares.every((lot) => lot.length > 0)).toBe(true);
    expect(shares.flatMap(lines).flat().length).toBe(8);
    expect(heirs.reduce((sum, { spool }) => sum + spool.adopted, 0)).toBe(8);
  });

  test('keeps its damaged lines on the account of whoever reads it', async () => {
    leave(1);
    const [path] = segmentsIn(directory);
    writeFileSync(path!, `${readFileSync(path!, 'utf8')}altered\nunfinished`);
    const { spool, found, losses, reports, ledger } = bench();
    await eventually(() => found.times > 0);
    await loaded(spool);

    expect(losses).toMatchObject([{ reason: 'spoolDamaged', count: 1, fromMs: NOW_MS }]);
    expect([reports, ledger.account(0).accepted]).toEqual([['spool.adopted', 'spool.damaged'], 2]);
  });

  test.each([
    ['a log group without a name', '{"logGroupName":"","logStreamName":"api"}'],
    ['a log stream that the service refuses', '{"logGroupName":"/myapp","logStreamName":"a:b"}'],
    ['no names', '{}'],
  ])('goes to the stream of whoever reads it if its head has %s', async (_, names) => {
    leave(1);
    const [path] = segmentsIn(directory);
    const [, line] = readFileSync(path!, 'utf8').split('\n');
    const head = `fapilog-spool 1 ${names}`;
    const sum = crc32(Buffer.from(head)).toString(16).padStart(8, '0');
    writeFileSync(path!, `${sum} ${head}\n${line}\n`);
    const { spool, found } = bench();
    await eventually(() => found.times > 0);

    expect((await loaded(spool)).entered).toMatchObject([{ target: TARGET, count: 1 }]);
  });
});

describe('a segment that is none any more', () => {
  const replacements: [string, (path: string) => void][] = [
    ['a link to another file', (path) => symlinkSync(__filename, path)],
    ['a link to a device', (path) => symlinkSync('/dev/zero', path)],
    ['a link to itself', (path) => symlinkSync(path, path)],
    ['a directory', (path) => mkdirSync(path)],
    ['a FIFO', (path) => execFileSync('mkfifo', [path])],
  ];

  test.each(replacements)('because it is %s is counted, told and left alone', async (_, replace) => {
    const { spool, losses, reports } = bench();
    spool.keep(at(1, 2));
    spool.keep(at(3));
    const [path] = segmentsIn(directory);
    rmSync(path!);
    replace(path!);

    expect((await loaded(spool)).wasOfUse).toBe(true);
    expect([losses.map(({ reason, count }) => [reason, count]), reports]).toEqual([
      [['spoolLost', 2]],
      ['spool.foreign'],
    ]);
    expect(lstatSync(path!).isFile()).toBe(false);
    expect(lines((await loaded(spool)).entered)).toEqual(lines([at(3)]));
  });

  test('and was never read is told by its bytes', async () => {
    const { spool: dead } = bench();
    dead.keep(at(1));
    dead.close();
    const [path] = segmentsIn(directory);
    writeFileSync(path!, 'no line of ours\n'.repeat(1_000));
    const { spool, found, ledger, reports } = bench();
    await eventually(() => found.times > 0);
    await loaded(spool);

    expect(reports).toEqual(['spool.adopted', 'spool.foreign', 'spool.uncounted']);
    expect([ledger.account(0).accepted, segmentsIn(directory).length]).toEqual([0, 1]);
  });

  test('is not deleted when its events are settled', async () => {
    const { spool, reports } = bench();
    spool.keep(at(1));
    const { entered } = await loaded(spool);
    const [path] = segmentsIn(directory);
    rmSync(path!);
    symlinkSync(__filename, path!);
    entered[0]!.backing!.release(1);

    expect([reports, lstatSync(path!).isSymbolicLink()]).toEqual([['spool.foreign'], true]);
  });
});

describe('a disk that refuses', () => {
  test('is left alone for five seconds, or until somebody waits for the end', () => {
    const spoolDir = join(directory, 'spool');
    writeFileSync(spoolDir, 'a file in the way');
    const { spool, clock, reports } = bench({ directory: spoolDir });
    const failures = (): number => reports.filter((code) => code === 'spool.failed').length;
    expect(spool.keep(at(1))).toBe(false);
    const before = failures();
    rmSync(spoolDir);

    clock.advance(4_999);
    expect(spool.keep(at(1))).toBe(false);
    clock.advance(1);
    expect(spool.keep(at(1))).toBe(true);
    expect(failures()).toBe(before);
  });

  test('is tried at once where somebody waits for the end', () => {
    const spoolDir = join(directory, 'spool');
    writeFileSync(spoolDir, 'a file in the way');
    const { spool } = bench({ directory: spoolDir });
    expect(spool.keep(at(1))).toBe(false);
    rmSync(spoolDir);
    spool.hurry();

    expect(spool.keep(at(1))).toBe(true);
  });

  test('forgets what is gone with its directory, and counts it', () => {
    const { spool, losses, reports } = bench();
    spool.keep(at(1));
    removeDirectory(directory);
    spool.keep(at(2));

    expect(losses).toMatchObject([{ reason: 'spoolLost', count: 1 }]);
    expect(reports).toContain('spool.vanished');
    expect([spool.events, segmentsIn(directory).length]).toEqual([1, 1]);
  });
});

test('a segment that has to leave while it is read enters nowhere', async () => {
  const { spool } = bench({ maxBytes: 2_500 });
  const large = (text: string): EncodedBatch => batchOf([event(text.repeat(1_000))]);
  spool.keep(large('a'));
  const segment = spool.oldest() as Segment;
  const entered: EncodedBatch[] = [];
  const loading = spool.load(segment, {
    mayGo: () => true,
    fits: () => true,
    enter: (batch) => entered.push(batch),
  });
  for (const text of ['b', 'c']) spool.keep(large(text));

  expect([await loading, entered, segment.state]).toEqual([true, [], 'gone']);
});
