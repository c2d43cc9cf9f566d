import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { buildPrograms, run, withDirectory, type Ended } from './support.js';

const programs = mkdtempSync(join(tmpdir(), 'fapilog-programs-'));
const directory = withDirectory();
const program = (name: string): string => join(programs, `${name}.cjs`);

beforeAll(() => buildPrograms(programs, ['logs', 'builtin', 'file', 'torn', 'patched']), 30_000);

jest.setTimeout(30_000);

afterAll(() => rmSync(programs, { recursive: true, force: true }));

interface Line {
  readonly message: string;
}

function messages(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as Line).message);
}

/** The last line that the program wrote to stderr. */
function told({ stderr }: Ended): Record<string, unknown> {
  return JSON.parse(stderr.trim().split('\n').at(-1)!) as Record<string, unknown>;
}

function numbers(count: number): string[] {
  return Array.from({ length: count }, (_, line) => String(line));
}

/** Reads nothing for half a second: by then the pipe is full. */
const slowly = (words: string): string => `"$0" "$1" ${words} | (sleep 0.5; cat)`;

describe('standard output', () => {
  test.each(['ends', 'closes'])(
    'has every line when the program %s, though the reader is slow',
    async (ending) => {
      const { stdout } = await run(program('logs'), { shell: slowly(`${ending} 5000 200`) });

      expect(messages(stdout)).toEqual(numbers(5_000));
    },
  );

  test('has every line when the program exits, though the reader is slow', async () => {
    const ended = await run(program('logs'), { shell: slowly('exits 5000 200') });

    expect(messages(ended.stdout)).toEqual([...numbers(5_000), 'last']);
    expect(told(ended)).toMatchObject({ accepted: 5_001, delivered: 5_001, pending: 0, isBalanced: true });
  });

  test('has every line when the program dies of an error', async () => {
    const { stdout, stderr, code } = await run(program('logs'), { args: ['throws', '3'] });

    expect(messages(stdout)).toEqual(['0', '1', '2', 'last']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('Error: thrown')]);
  });

  test('has long lines whole when the program exits', async () => {
    const { stdout } = await run(program('logs'), { shell: slowly('exits 50 20000') });

    expect(messages(stdout)).toEqual([...numbers(50), 'last']);
  });

  test('may be a file', async () => {
    const path = join(directory.path, 'out');
    const { stderr } = await run(program('logs'), { shell: `"$0" "$1" closes 20000 2000 > "${path}"` });

    expect(messages(readFileSync(path, 'utf8'))).toEqual(numbers(20_000));
    expect(JSON.parse(stderr)).toMatchObject({ accepted: 20_000, delivered: 20_000, pending: 0 });
  });
});

describe('a reader that goes away', () => {
  test('costs the lines, not the process', async () => {
    const ended = await run(program('logs'), {
      shell: `("$0" "$1" goesOn 20000 200; echo $? >&2) | head -1`,
    });
    const [account, code] = ended.stderr.trim().split('\n');
    const { delivered, dropped, ...rest } = JSON.parse(account!) as {
      delivered: number;
      dropped: { byReason: Record<string, number> };
    };

    expect(messages(ended.stdout)).toEqual(['0']);
    expect(code).toBe('0');
    expect(dropped.byReason).toEqual({ streamFailed: 20_001 - delivered });
    expect(rest).toMatchObject({ accepted: 20_001, pending: 0, isBalanced: true });
    expect(delivered).toBeLessThan(20_000);
  });

  test('costs an exiting process its lines, and no more', async () => {
    const ended = await run(program('logs'), { shell: `("$0" "$1" exits 20000 200; echo $? >&2) | head -1` });
    const [account, code] = ended.stderr.trim().split('\n');

    expect(code).toBe('0');
    expect(JSON.parse(account!)).toMatchObject({ accepted: 20_001, pending: 0, isBalanced: true });
    expect(JSON.parse(account!)).not.toMatchObject({ dropped: { total: 0 } });
  });

  /** Far below the default deadline, and far above what a machine under load needs to end a program. */
  const SOON_MS = 8_000;

  test.each([
    ['that exits', 'exits', '1000', 5_001],
    ['that is closed', 'closes', '1000', 5_000],
    ['that just ends', 'ends', '1000', undefined],
  ])(
    'or reads nothing holds a process %s no longer than the deadline',
    async (_, ending, deadlineMs, accepted) => {
      const startedMs = Date.now();
      const shell = `mkfifo "$2"; exec 3<>"$2"; "$0" "$1" ${ending} 5000 200 ${deadlineMs} > "$2"`;
      const ended = await run(program('logs'), { shell, args: [join(directory.path, 'fifo')] });

      expect(Date.now() - startedMs).toBeGreaterThanOrEqual(1_000);
      expect(Date.now() - startedMs).toBeLessThan(SOON_MS);
      expect([ended.code, ended.stderr.includes('Error')]).toEqual([0, false]);
      if (accepted === undefined) return;
      expect(told(ended)).toMatchObject({ accepted, pending: 0, isBalanced: true });
      expect(told(ended)).not.toMatchObject({ dropped: { total: 0 } });
    },
  );

  test('a parent that reads nothing, of a program that closes its sink with long lines', async () => {
    const child = spawn(process.execPath, [program('logs'), 'closes', '100', '20000', '500'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (text) => (stderr += String(text)));
    const [[code]] = await Promise.all([once(child, 'exit'), once(child.stderr, 'close')]);

    expect(code).toBe(0);
    expect(JSON.parse(stderr)).toMatchObject({ accepted: 100, pending: 0, isBalanced: true });
  });

  test.each(['200', '20000'])(
    'a line of %s bytes is whole, whoever writes beside the sink',
    async (bytes) => {
      const { stdout } = await run(program('logs'), { shell: slowly(`talks 400 ${bytes}`) });
      const all = messages(stdout);

      expect(all.filter((message) => message.startsWith('console'))).toEqual(
        numbers(400).map((line) => `console ${line}`),
      );
      expect(all.filter((message) => !message.startsWith('console'))).toEqual(numbers(400));
    },
  );

  test('a function in place of `write` gets the lines', async () => {
    const { stdout } = await run(program('patched'));

    expect(stdout).toMatch(/^patched: {"timestamp".*\n$/);
  });
});

describe('the sinks of the package', () => {
  test('write to standard output, standard error and a file at once', async () => {
    const path = join(directory.path, 'log');
    const args = ['stdout_json,stderr_json,stdout_pretty,file', path];
    const ended = await run(program('builtin'), { args });
    const [json, pretty] = ended.stdout.trim().split('\n');

    expect(JSON.parse(json!)).toEqual({
      timestamp: '1970-01-01T00:00:00.000Z',
      level: 'info',
      message: 'stdout_json',
    });
    expect(stripVTControlCharacters(pretty!)).toMatch(/^\d\d:\d\d:00\.000 INFO  stdout_pretty$/);
    expect(pretty).toContain(`\u001b[32mINFO \u001b[39m`);
    expect(messages(ended.stderr.split('\n')[0]!)).toEqual(['stderr_json']);
    expect(messages(readFileSync(path, 'utf8'))).toEqual(['file']);
    expect(told(ended)).toEqual({ delivered: [1, 1, 1, 1], before: false, after: true });
  });

  test('load the library for files for files only', async () => {
    const ended = await run(program('builtin'), { args: ['stdout_json,stderr_json,stdout_pretty'] });

    expect(told(ended)).toEqual({ delivered: [1, 1, 1], before: false, after: false });
  });

  test('a reader that is gone costs the others nothing', async () => {
    const path = join(directory.path, 'log');
    const shell = `("$0" "$1" stdout_json,file "${path}") | true`;
    await run(program('builtin'), { shell });

    expect(messages(readFileSync(path, 'utf8'))).toEqual(['file']);
  });
});

describe('a file', () => {
  test.each([1, 5_000])('has all of %i lines when the program just ends', async (count) => {
    const path = join(directory.path, 'made', 'log');
    await run(program('file'), { args: [path, 'ends', String(count)] });

    expect(messages(readFileSync(path, 'utf8'))).toEqual(numbers(count));
  });

  test.each(['exits', 'throws'])(
    'has every line when the program %s before the file is open',
    async (ending) => {
      const path = join(directory.path, 'made', 'log');
      const ended = await run(program('file'), { args: [path, ending, '5000'] });

      expect(messages(readFileSync(path, 'utf8'))).toEqual([...numbers(5_000), 'last']);
      if (ending === 'exits') expect(told(ended)).toMatchObject({ delivered: 5_001, pending: 0 });
    },
  );

  test('has every line, maybe not the last in the last place, when the program exits while lines are written', async () => {
    const path = join(directory.path, 'log');
    const ended = await run(program('file'), { args: [path, 'exitsLater', '5000'] });

    expect(messages(readFileSync(path, 'utf8')).toSorted()).toEqual([...numbers(5_000), 'last'].toSorted());
    expect(told(ended)).toMatchObject({ delivered: 5_001, pending: 0 });
  });

  test('that cannot be had costs an exiting program its lines, which are counted', async () => {
    const path = join(program('file'), 'log');
    const ended = await run(program('file'), { args: [path, 'exits', '3'] });

    expect([ended.code, existsSync(path)]).toEqual([0, false]);
    expect(told(ended)).toMatchObject({
      delivered: 0,
      pending: 0,
      dropped: { byReason: { streamFailed: 4 } },
    });
  });

  test('in which a lost line has begun goes on with a line of its own', async () => {
    const path = join(directory.path, 'log');
    // The file may have 1,024 bytes; more are an error, and not the end of the process.
    const shell = `trap '' XFSZ; ulimit -f 1; exec "$0" "$1" "$2"`;
    const ended = await run(program('torn'), { shell, args: [path] });
    const [first, torn, last, ...rest] = readFileSync(path, 'utf8').split('\n');

    expect(messages(first!)).toEqual(['a'.repeat(600)]);
    expect(torn).toMatch(/^{"timestamp".*"message":"b+$/);
    expect([messages(last!), rest]).toEqual([['c'], ['']]);
    expect(told(ended)).toMatchObject({
      accepted: 3,
      delivered: 2,
      dropped: { byReason: { streamFailed: 1 } },
    });
  });
});
