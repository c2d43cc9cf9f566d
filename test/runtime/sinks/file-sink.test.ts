import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { isBalanced } from '../../../runtime/ack/ledger.js';
import { FileSink } from '../../../runtime/sinks/file-sink.js';
import { formatLine } from '../../../runtime/serialize/line.js';
import { none, record, reporter, withDirectory } from './support.js';
import { codePoint } from '../../support/code-point.js';

const directory = withDirectory();

function log(sink: FileSink, ...messages: string[]): void {
  for (const message of messages) sink.write({ ...record, message });
}

function text(...messages: string[]): string {
  return messages.map((message) => `${formatLine({ ...record, message })}\n`).join('');
}

function at(name: string): string {
  return join(directory.path, name);
}

function read(name: string): string {
  return readFileSync(at(name), 'utf8');
}

test('the law: over flushes and rotations, every line is in the files, once and in order', async () => {
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.string({ unit: codePoint, maxLength: 100 }).map((part) => part.repeat(200)) },
    fc.constantFrom('#flush', '#rotate', '#reopen'),
  );
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const name = `law-${run++}`;
      const sink = new FileSink({ path: at(`${name}.0`) });
      const logged: string[] = [];
      let files = 0;
      for (const each of steps) {
        if (each === '#flush') await sink.flush();
        else if (each === '#reopen') sink.reopen();
        else if (each === '#rotate') {
          log(sink, 'before');
          logged.push('before');
          await sink.flush();
          // The file is what the path says once more, when the old one has been moved.
          renameSync(at(`${name}.0`), at(`${name}.${++files}`));
          sink.reopen();
          log(sink, 'after');
          logged.push('after');
          await sink.flush();
        } else {
          log(sink, each);
          logged.push(each);
        }
        expect(isBalanced(sink.stats())).toBe(true);
      }
      const account = await sink.close();

      expect(account).toMatchObject({
        accepted: logged.length,
        delivered: logged.length,
        pending: 0,
        dropped: none,
      });
      const names = [...Array.from({ length: files }, (_, file) => `${name}.${file + 1}`), `${name}.0`];
      expect(names.map(read).join('')).toBe(text(...logged));
    }),
    { numRuns: 30 },
  );
}, 30_000);

test('lines are appended, in a directory that is made', async () => {
  const sink = new FileSink({ path: at('a/b/log') });
  log(sink, 'one', 'two');
  expect(sink.stats()).toMatchObject({ accepted: 2, delivered: 0, pending: 2 });
  expect(await sink.close()).toMatchObject({ accepted: 2, delivered: 2, pending: 0 });

  const next = new FileSink({ path: at('a/b/log') });
  log(next, 'three');
  await next.close();

  expect(read('a/b/log')).toBe(text('one', 'two', 'three'));
});

test('what is flushed is in the file', async () => {
  const sink = new FileSink({ path: at('log') });
  log(sink, 'one');

  expect(await sink.flush()).toMatchObject({ delivered: 1, pending: 0 });
  expect(read('log')).toBe(text('one'));

  await sink.close();
});

test('what comes after close is lost, and counted', async () => {
  const sink = new FileSink({ path: at('log') });
  await sink.close();
  log(sink, 'late');
  sink.reopen();

  expect(sink.stats()).toMatchObject({
    accepted: 1,
    pending: 0,
    dropped: { total: 1, byReason: { closed: 1 } },
  });
  expect(read('log')).toBe('');
});

test('when the path is opened anew before it was open, nothing is lost', async () => {
  const sink = new FileSink({ path: at('log') });
  log(sink, 'one');
  sink.reopen();
  log(sink, 'two');

  expect(await sink.close()).toMatchObject({ delivered: 2 });
  expect(read('log')).toBe(text('one', 'two'));
});

test('when it is closed between the order to open anew and the opening, nothing is lost', async () => {
  const sink = new FileSink({ path: at('log') });
  log(sink, 'one');
  await sink.flush();
  log(sink, 'two');
  sink.reopen();
  log(sink, 'three');

  expect(await sink.close({ deadlineMs: 1_000 })).toMatchObject({ delivered: 3, dropped: none });
  expect(read('log')).toBe(text('one', 'two', 'three'));
});

describe('a file that cannot be had', () => {
  test.each<[string, () => { path: string; makeDirectory?: boolean }, RegExp]>([
    ['its directory is missing', () => ({ path: at('a/log'), makeDirectory: false }), /ENOENT/],
    ['its directory is a file', () => (writeFileSync(at('a'), ''), { path: at('a/log') }), /ENOTDIR|EEXIST/],
    ['it is a directory', () => ({ path: directory.path }), /EISDIR/],
    ['its directory takes no files', () => ({ path: '/proc/self/log' }), /ENOENT|EACCES/],
    ['its name is none', () => ({ path: at('a\u0000b') }), /null bytes/],
    ['its name is blank', () => ({ path: '' }), /ENOENT/],
  ])('because %s: lines are lost, counted and reported, and nothing is thrown', async (_, options, why) => {
    const { reports, report } = reporter();
    const sink = new FileSink({ ...options(), report });

    log(sink, 'one', 'two');
    await sink.flush();
    log(sink, 'three');
    sink.reopen();
    const account = await sink.close();

    expect(account).toMatchObject({
      accepted: 3,
      delivered: 0,
      pending: 0,
      dropped: { total: 3, byReason: { streamFailed: 3 } },
    });
    expect(new Set(reports.map(([code]) => code))).toEqual(new Set(['dropped.file.streamFailed']));
    expect(reports.filter(([, message]) => !why.test(message!))).toEqual([]);
  });

  test('is told of before anything is logged', async () => {
    const { reports, report } = reporter();
    const sink = new FileSink({ path: at('a/log'), makeDirectory: false, report });

    const account = await sink.close();

    expect(account).toMatchObject({ accepted: 0, dropped: none });
    expect(reports).toEqual([
      [
        'dropped.file.streamFailed',
        expect.stringMatching(/^sink file: ENOENT: .*; log lines are dropped meanwhile$/),
      ],
    ]);
  });

  test('is opened once it can be', async () => {
    const sink = new FileSink({ path: at('a/log'), makeDirectory: false });
    log(sink, 'one');
    await sink.flush();
    mkdirSync(at('a'));
    log(sink, 'two');

    expect(await sink.close()).toMatchObject({ delivered: 1, dropped: { total: 1 } });
    expect(read('a/log')).toBe(text('two'));
  });

  test('after a rotation: the lines of that time are lost, and counted', async () => {
    const sink = new FileSink({ path: at('a/log') });
    log(sink, 'one');
    await sink.flush();
    rmSync(at('a'), { recursive: true });
    writeFileSync(at('a'), '');
    sink.reopen();
    log(sink, 'two');
    await sink.flush();
    rmSync(at('a'));
    log(sink, 'three');

    expect(await sink.close()).toMatchObject({ delivered: 2, dropped: { byReason: { streamFailed: 1 } } });
    expect(read('a/log')).toBe(text('three'));
  });
});

const hasFullDisk = existsSync('/dev/full');

(hasFullDisk ? describe : describe.skip)('a disk that is full', () => {
  test('costs the lines of that time', async () => {
    const { reports, report } = reporter();
    symlinkSync('/dev/full', at('log'));
    const sink = new FileSink({ path: at('log'), report });
    log(sink, 'one', 'two');
    expect(await sink.flush()).toMatchObject({ pending: 0, dropped: { byReason: { streamFailed: 2 } } });
    rmSync(at('log'));
    log(sink, 'three');

    expect(await sink.close()).toMatchObject({ accepted: 3, delivered: 1, pending: 0 });
    expect(read('log')).toBe(text('three'));
    expect(reports).toEqual([
      ['dropped.file.streamFailed', expect.stringMatching(/ENOSPC.*; 2 log line\(s\) dropped$/)],
    ]);
  });
});

describe('memory', () => {
  test('is bounded while the file is not open yet', async () => {
    const [line] = [text('one')];
    const sink = new FileSink({ path: at('log'), maxWaitingBytes: line.length * 2 });

    log(sink, 'one', 'two', 'six');
    expect(sink.needsDrain).toBe(true);
    await sink.ready();

    expect(await sink.close()).toMatchObject({ delivered: 2, dropped: { byReason: { streamFull: 1 } } });
    expect(read('log')).toBe(text('one', 'two'));
  });
});
