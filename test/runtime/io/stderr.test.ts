import { writeSync } from 'node:fs';
import { writeStderr } from '../../../runtime/io/stderr.js';

jest.mock('node:fs', () => ({ ...jest.requireActual<object>('node:fs'), writeSync: jest.fn() }));

const writing = jest.mocked(writeSync as (fd: number, bytes: Uint8Array) => number);

afterEach(() => writing.mockReset());

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
  expect(writeStderr('it')).toBe(false);
  expect(writing).toHaveBeenCalledTimes(100);
});

test.each(['EPIPE', 'EBADF', 'ENOSPC'])('%s is not tried again', (code) => {
  script(2, refusal(code));
  expect(writeStderr('line')).toBe(false);
  expect(writing).toHaveBeenCalledTimes(2);
});
