import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { isAlive, SILENCE_MS, thisProcess, type Owner } from '../../contract/owner.js';

const here = thisProcess();
const elsewhere: Owner = { ...here, system: 'another boot pid:[1]' };
const hasProc = existsSync('/proc/self/stat');

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
