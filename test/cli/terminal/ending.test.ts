import { PassThrough } from 'node:stream';
import { type Ending, listenForEnd, statusOfEnd } from '../../../cli/terminal/ending.js';

let ending: Ending | undefined;

afterEach(() => ending?.release());

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s is the reason, and nobody listens afterwards',
  (name) => {
    const before = process.listenerCount(name);
    ending = listenForEnd(new PassThrough());

    process.emit(name);

    expect(ending.signal.reason).toBe(name);
    expect(process.listenerCount(name)).toBe(before);
  },
);

test('a reader that has left', () => {
  const stdout = new PassThrough();
  ending = listenForEnd(stdout);

  stdout.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));

  expect(ending.signal.reason).toBe('closed pipe');
});

test('the output stays free of listeners once it is released', () => {
  const stdout = new PassThrough();
  listenForEnd(stdout).release();

  expect(stdout.listenerCount('error')).toBe(0);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
  ['closed pipe', 0],
] as const)('the status of %s is %d', (reason, status) => {
  expect(statusOfEnd(reason)).toBe(status);
});
