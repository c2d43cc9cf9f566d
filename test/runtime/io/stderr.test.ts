import { monotonicMs } from '../../../runtime/io/real-timers.js';
import { writeSync } from 'node:fs';
import { waitForStderr, writeStderr } from '../../../runtime/io/stderr.js';

jest.mock('node:fs', () => ({ ...jest.requireActual<object>('node:fs'), writeSync: jest.fn() }));

const writing = jest.mocked(writeSync as (fd: number, bytes: Uint8Array) => number);

afterEach(() => {
  // What a pipe has done to one test must not trouble the next one.
  waitForStderr(0, () => undefined);
  writing.mockReset();
});

function refusal(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** Each write takes the next of these: so many bytes, or an error. */
function script(...steps: (number | Error)[]): string[] {
  const taken: string[] = [];
  writing.mockImplementation((fd, bytes) => {
    expect(fd).toBe(2);
    const step = steps.length > 1 ? steps.shift()! : steps[0]!;
    if (typeof step !== 'number') throw step;
    taken.push(Buffer.from(bytes.subarray(0, step)).toString());
    return Math.min(step, bytes.length);
  });
  return taken;
}

test('writes all of it, however little is taken at a time', () => {
  const taken = script(3, 1, 100);
  expect(writeStderr('a €-line\n')).toBe(true);
  expect(taken.join('')).toContain('-line\n');
  expect(writing.mock.calls.map(([, bytes]) => bytes.length)).toEqual([11, 8, 7]);
});

test('nothing is nothing to write', () => {
  script(0);
  expect(writeStderr('')).toBe(true);
  expect(writing).not.toHaveBeenCalled();
});

test('a pipe that is full for the moment is tried again', () => {
  const taken = script(refusal('EAGAIN'), refusal('EAGAIN'), 100);
  expect(writeStderr('it')).toBe(true);
  expect(taken).toEqual(['it']);
});

test('one that stays full is given up after a while', () => {
  script(refusal('EAGAIN'));
  const startMs = monotonicMs();
  expect(writeStderr('it')).toBe(false);
  expect(monotonicMs() - startMs).toBeGreaterThanOrEqual(500);
  expect(writing.mock.calls.length).toBeGreaterThan(10);
});

test('one that has stayed full is not waited for again until it takes something', () => {
  script(refusal('EAGAIN'));
  expect(writeStderr('it')).toBe(false);
  const tries = writing.mock.calls.length;
  expect([writeStderr('it'), writeStderr('it'), writing.mock.calls.length]).toEqual([
    false,
    false,
    tries + 2,
  ]);

  script(100, refusal('EAGAIN'), 100);
  expect([writeStderr('it'), writeStderr('it')]).toEqual([true, true]);
});

test('at the end of the process, one is waited for until the deadline, once', () => {
  script(refusal('EAGAIN'));
  expect(writeStderr('it')).toBe(false);
  const startMs = monotonicMs();
  waitForStderr(startMs + 900, () => expect([writeStderr('it'), writeStderr('it')]).toEqual([false, false]));
  expect(monotonicMs() - startMs).toBeGreaterThanOrEqual(900);
  const tries = writing.mock.calls.length;
  expect([writeStderr('it'), writing.mock.calls.length]).toEqual([false, tries + 1]);
});

test.each(['EPIPE', 'EBADF', 'ENOSPC'])('%s is not tried again', (code) => {
  script(2, refusal(code));
  expect(writeStderr('line')).toBe(false);
  expect(writing).toHaveBeenCalledTimes(2);
});

test('lines are written in pieces that a pipe takes as one, each of whole lines', () => {
  const taken = script(Infinity);
  const lines = Array.from({ length: 200 }, (_, id) => `${'x'.repeat(id)}\n`);
  const long = `${'y'.repeat(9_000)}\n`;
  const text = [...lines, long, ...lines, 'no break at the end'].join('');
  expect(writeStderr(text)).toBe(true);
  expect(taken.join('')).toBe(text);
  expect(taken.every((piece, index) => piece.endsWith('\n') || index === taken.length - 1)).toBe(true);
  expect(taken.filter((piece) => piece.length > 4_096)).toEqual([long]);
  // No more pieces than needed: any two that follow each other would be too long for one.
  expect(taken.slice(1).every((piece, index) => taken[index]!.length + piece.length > 4_096)).toBe(true);
});

test.each([4_095, 4_096, 4_097])('a first line that ends after %i bytes', (bytes) => {
  const taken = script(Infinity);
  const [first, second] = [`${'x'.repeat(bytes - 1)}\n`, `${'y'.repeat(4_000)}\n`];
  expect(writeStderr(first + second)).toBe(true);
  expect(taken).toEqual([first, second]);
});

test('a pipe that takes something again is given all the time again', () => {
  // Each of them takes more than half of the time.
  const full = Array.from({ length: 60 }, () => refusal('EAGAIN'));
  const taken = script(...full, 1, ...full, 1);
  expect(writeStderr('it')).toBe(true);
  expect(taken).toEqual(['i', 't']);
});
