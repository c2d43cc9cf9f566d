import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { RunningCommand, type Ended } from '../../support/command-line.js';
import { folderWith } from '../../support/folder.js';
import { start, stopAll, until, type Stage } from '../../local/harness.js';

const GROUP = '/host/web1';
const running: RunningCommand[] = [];

afterEach(async () => {
  for (const command of running.splice(0)) command.kill();
  await stopAll();
});

function emit(args: readonly string[], env: NodeJS.ProcessEnv = {}): RunningCommand {
  const command = new RunningCommand(['emit', ...args], {
    AWS_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...env,
  });
  running.push(command);
  return command;
}

const KEYS = { AWS_ACCESS_KEY_ID: '123456789012', AWS_SECRET_ACCESS_KEY: 'local' };

/** A server in this process, and the command that delivers to it. */
async function stage(
  maxEvents = 100_000,
): Promise<{ server: Stage; to: (...args: readonly string[]) => RunningCommand }> {
  const server = await start({ clock: Date.now, maxEvents });
  const target = ['--group', GROUP, '--stream', 's', '--endpoint-url', server.service.endpoint];
  return { server, to: (...args) => emit([...target, ...args], KEYS) };
}

async function stored({ client }: Stage): Promise<string[]> {
  const { events = [] } = await client.filterLogEvents({ logGroupName: GROUP });
  return events.map(({ message }) => message!);
}

/** Writes all, and ends the input. */
async function fed(command: RunningCommand, input: string | Uint8Array): Promise<Ended> {
  await command.write(input);
  command.endInput();
  return command.ended();
}

test('lines of a pipe are stored as they are, in a group that it creates; nothing is said', async () => {
  const { server, to } = await stage();
  const ended = await fed(to(), 'one\n{"level":50,"msg":"two"}\n\nlast');
  expect(ended).toEqual({ by: 0, stdout: '', stderr: '' });
  expect(await stored(server)).toEqual(['one', '{"level":"error","msg":"two"}', 'last']);
});

test('files are read in their order; --verbose says what became of the lines', async () => {
  const { server, to } = await stage();
  const folder = folderWith({ 'a.log': 'a1\na2', 'b.log': 'b1\n' });
  const { by, stderr } = await to('--verbose', join(folder, 'a.log'), join(folder, 'b.log')).ended();
  expect({ by, stderr }).toEqual({ by: 0, stderr: `3 lines read, 3 delivered to ${GROUP} (s)\n` });
  expect(await stored(server)).toEqual(['a1', 'a2', 'b1']);
});

test('--start-pattern keeps a stack trace together', async () => {
  const { server, to } = await stage();
  await fed(to('--start-pattern', '^\\S'), 'Error: x\n    at a\n\n    at b\nnext\n');
  expect(await stored(server)).toEqual(['Error: x\n    at a\n\n    at b', 'next']);
});

test('--tee hands the input on, byte for byte', async () => {
  const { server, to } = await stage();
  const { stdout } = await fed(to('--tee'), 'a\r\n\n\tb\0c');
  expect(stdout).toBe('a\r\n\n\tb\0c');
  expect(await stored(server)).toEqual(['a', '\tb\0c']);
});

test('a reader of the copy that leaves ends the copy, not the delivery', async () => {
  const { server, to } = await stage();
  const command = to('--tee');
  await command.write('first\n');
  await command.printed(/first/);
  command.leave();
  for (let line = 0; line < 50; line++) await command.write(`${line}\n`);
  command.endInput();
  expect((await command.ended()).by).toBe(0);
  expect(await stored(server)).toHaveLength(51);
});

test.each([
  ['SIGINT', 'SIGINT'],
  ['SIGTERM', 'SIGTERM'],
] as const)('%s delivers what was read, and ends it by %s', async (signal, by) => {
  const { server, to } = await stage();
  const command = to('--tee', '--start-pattern', '^A');
  await command.write('A first\n');
  // The event waits for further lines by now.
  await command.printed(/first/);
  command.signal(signal);
  expect((await command.ended()).by).toBe(by);
  expect(await stored(server)).toEqual(['A first']);
});

test('what is not delivered at the deadline is written to stderr, and the status says so', async () => {
  const { server, to } = await stage();
  server.service.inject({ kind: 'unavailable', operation: 'PutLogEvents', times: 1_000 });
  const { by, stderr } = await fed(to('--deadline', '100ms'), 'kept\n');
  expect(by).toBe(1);
  expect(stderr).toMatch(/^\{"diverted":"deadline",.*"message":"kept"\}$/m);
  expect(stderr).toMatch(
    /^1 line read, 0 delivered to \/host\/web1 \(s\); 1 written to stderr \(deadline\)$/m,
  );
});

test('a second signal ends it at once', async () => {
  const { server, to } = await stage();
  server.service.inject({ kind: 'hang', operation: 'PutLogEvents', times: 1_000 });
  const command = to('--deadline', '10m');
  await command.write('kept\n');
  await until(() => server.service.calls.some(({ operation }) => operation === 'PutLogEvents'));
  command.signal('SIGTERM');
  // One that comes before the first is heard counts as one.
  await new Promise((resolve) => setTimeout(resolve, 200));
  command.signal('SIGTERM');
  const { by, stderr } = await command.ended();
  expect(by).toBe(143);
  expect(stderr).toContain('"message":"kept"');
});

describe('a pipe that has a name', () => {
  function namedPipe(): string {
    const path = join(folderWith({}), 'pipe');
    execFileSync('mkfifo', [path]);
    return path;
  }

  /** Writes, and stays. A pipe has room for it before anybody reads. */
  function writerOf(path: string, text: string): { readonly leave: () => void } {
    const pipe = openSync(path, 'r+');
    writeSync(pipe, text);
    return { leave: () => closeSync(pipe) };
  }

  test('is read until nobody writes any more', async () => {
    const { server, to } = await stage();
    const path = namedPipe();
    const writer = writerOf(path, 'one\ntwo\n');
    const command = to(path);
    await until(() => server.service.calls.some(({ operation }) => operation === 'PutLogEvents'));
    writer.leave();
    expect((await command.ended()).by).toBe(0);
    expect(await stored(server)).toEqual(['one', 'two']);
  });

  test('does not hold the command, whose calls need somebody to mend them, while its writer is there', async () => {
    const path = namedPipe();
    const writer = writerOf(path, 'one\n');
    const { by, stderr } = await emit(['--group', '/g', path]).ended();
    writer.leave();
    expect(stderr).toMatch(/^error: PutLogEvents .*CredentialsProviderError/);
    expect(by).toBe(1);
  });

  test('does not hold the command at a signal before somebody writes, and what is left is said', async () => {
    const { server, to } = await stage();
    server.service.inject({ kind: 'unavailable', operation: 'PutLogEvents', times: 1_000 });
    const folder = folderWith({ 'a.log': 'kept\n' });
    const command = to('--deadline', '100ms', join(folder, 'a.log'), namedPipe());
    await until(() => server.service.calls.some(({ operation }) => operation === 'PutLogEvents'));
    command.signal('SIGTERM');
    const { by, stderr } = await command.ended();
    expect(stderr).toContain('"message":"kept"');
    expect(by).toBe(1);
  });
});

describe('what only its user can mend ends it with one line', () => {
  test.each<[string, readonly string[], NodeJS.ProcessEnv, RegExp]>([
    [
      'a file that is missing',
      ['--group', '/g', '/missing.log'],
      KEYS,
      /^error: \/missing\.log cannot be read: there is no such file\.\n$/,
    ],
    [
      'a pattern that is none',
      ['--group', '/g', '--start-pattern', '('],
      KEYS,
      /argument '\(' is invalid\. Unterminated group\. Allowed: a regular/,
    ],
    [
      'no credentials',
      ['--group', '/g'],
      {},
      /^error: PutLogEvents .*CredentialsProviderError.*AWS_ACCESS_KEY_ID.*1 event had been read\.\n$/,
    ],
  ])('%s', async (_, args, env, message) => {
    const { by, stderr } = await fed(emit(args, env), 'x\n');
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(by).toBe(1);
  });

  test('a log group that is not to be created', async () => {
    const { by, stderr } = await fed((await stage()).to('--no-create'), 'x\n');
    expect(stderr).toMatch(
      /^error: PutLogEvents .* is missing, and is not to be created\. Give --create, .*\n$/,
    );
    expect(by).toBe(1);
  });
});

/** Where the kernel says how much memory a process has had. */
const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux(
  '50 MB of lines take less than 200 MiB of memory',
  async () => {
    const { server, to } = await stage(1_000);
    const command = to('--verbose');
    const lines = Buffer.from(`${'GET /orders/1 200 '.repeat(10)}\n`.repeat(5_000));
    for (let written = 0; written < 50_000_000; written += lines.length) await command.write(lines);
    const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${command.pid}/status`, 'utf8')) ?? [];
    command.endInput();
    const { by, stderr } = await command.ended();
    expect(stderr).toMatch(/^(\d+,\d+) lines read, \1 delivered to /);
    expect(by).toBe(0);
    expect(Number(kilobytes) / 1_024).toBeLessThan(200);
    expect((await stored(server)).length).toBeGreaterThan(0);
  },
  60_000,
);
