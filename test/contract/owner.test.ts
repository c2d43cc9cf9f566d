import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { isAlive, SILENCE_MS, thisOwner, type Owner, type ThreadOwner } from '../../contract/owner.js';

const here = thisOwner();
const elsewhere: Owner = { ...here, system: 'another boot pid:[1]' };
const hasProc = existsSync('/proc/self/stat');

/** A thread that posts its id and its start as the kernel has them, and lives on. */
const SAYS_ITS_START = `
  const { readFileSync } = require('node:fs');
  const stat = readFileSync('/proc/thread-self/stat', 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  require('node:worker_threads').parentPort.postMessage({ id: Number.parseInt(stat, 10), startedAt: fields[19] });
  setInterval(() => undefined, 1_000);
`;

test('this process is alive, however silent', () => {
  expect(isAlive(here, hasProc ? Infinity : 0)).toBe(true);
});

(hasProc ? describe : describe.skip)('where /proc tells', () => {
  test('a process id that another process has by now is no sign of life', () => {
    expect(isAlive({ ...here, startedAt: '1' }, 0)).toBe(false);
  });

  test('a process that is gone is dead at once', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { stdio: 'ignore' });
    const { readFileSync } = await import('node:fs');
    const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8');
    const startedAt = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    const owner: Owner = { ...here, pid: child.pid!, startedAt };
    expect(isAlive(owner, Infinity)).toBe(true);
    const ended = new Promise((resolve) => child.on('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    expect(isAlive(owner, 0)).toBe(false);
  });

  test('the main thread is its process', () => {
    expect(here.thread).toBeUndefined();
  });

  test('a thread that is gone is dead at once, though its process lives', async () => {
    const worker = new Worker(SAYS_ITS_START, { eval: true });
    const thread = await new Promise<ThreadOwner>((resolve) => worker.on('message', resolve));
    const owner: Owner = { ...here, thread };
    const isAliveBefore = isAlive(owner, Infinity);
    const another: Owner = { ...here, thread: { ...thread, startedAt: '1' } };
    const isAnotherAlive = isAlive(another, 0);
    await worker.terminate();

    expect([isAliveBefore, isAnotherAlive, isAlive(owner, 0)]).toEqual([true, false, false]);
  });
});

test.each([
  ['one under the limit', SILENCE_MS - 1, true],
  ['at the limit', SILENCE_MS, false],
  ['one over it', SILENCE_MS + 1, false],
])('elsewhere, silence decides: %s', (_, silenceMs, alive) => {
  expect(isAlive(elsewhere, silenceMs)).toBe(alive);
  expect(isAlive({ ...here, startedAt: undefined }, silenceMs)).toBe(alive);
  expect(isAlive({ ...here, system: undefined }, silenceMs, { ...here, system: undefined })).toBe(alive);
});
