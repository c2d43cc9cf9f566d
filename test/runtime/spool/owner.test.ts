import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import {
  isAlive,
  ownerText,
  parseOwner,
  SILENCE_MS,
  thisProcess,
  type Owner,
} from '../../../runtime/spool/owner.js';

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

test('an owner reads as it was written', () => {
  expect(parseOwner(ownerText(here))).toEqual(here);
  expect(parseOwner('{"format":"fapilog-spool","version":1,"host":"api-1","pid":7,"startedAt":7}')).toEqual({
    host: 'api-1',
    pid: 7,
  });
});

const format = 'fapilog-spool';

test.each([
  ['', 'it does not say that it is of a spool'],
  ['{', 'it does not say that it is of a spool'],
  ['null', 'it does not say that it is of a spool'],
  ['[]', 'it does not say that it is of a spool'],
  ['{"host":"api-1","pid":7}', 'it does not say that it is of a spool'],
  [JSON.stringify({ format, host: 'a', pid: 7 }), 'it is of version undefined, and this one knows 1 only'],
  [
    JSON.stringify({ format, version: 2, host: 'a', pid: 7 }),
    'it is of version 2, and this one knows 1 only',
  ],
  [JSON.stringify({ format, version: 1, pid: 7 }), 'it names no owner'],
  [JSON.stringify({ format, version: 1, host: 'a', pid: '7' }), 'it names no owner'],
])('%p is no owner', (mark, why) => {
  expect(parseOwner(mark)).toBe(why);
});
