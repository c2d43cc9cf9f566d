import { Agent } from 'node:http';
import { createServer } from 'node:https';
import { PassThrough } from 'node:stream';
import { Reading } from '../../../runtime/serialize/reading.js';

function read(value: unknown): unknown {
  return new Reading().field('name', value);
}

test.each([
  ['a stream', () => new PassThrough(), '[PassThrough]'],
  ['an agent', () => new Agent({ keepAlive: true }), '[Agent]'],
  ['a server, and not its private key', () => createServer({ passphrase: 'secret' }), '[Server]'],
])('guts of Node.js stay out: %s', (_, make, expected) => {
  expect(read(make())).toBe(expected);
});

test('a timer is called by its class', () => {
  const timer = setTimeout(() => undefined, 1_000);
  clearTimeout(timer);

  expect(read(timer)).toBe('[Timeout]');
});

test('what only has some methods of these keeps its members', () => {
  class Subscription {
    readonly topic = 'orders';
    on(): void {}
    ref(): void {}
  }

  expect(read(new Subscription())).toEqual({ topic: 'orders' });
});

test.each([
  [() => new Blob(['hello']), '[Blob(5)]'],
  [() => new Blob(['hello'], { type: 'text/plain' }), '[Blob(5): text/plain]'],
  [() => new File(['x'], 'a.txt', { type: 'text/plain' }), '[File(1): a.txt, text/plain]'],
])('what is read later tells its size, and its name and type (%#)', (make, expected) => {
  expect(read(make())).toBe(expected);
});

test('what shows no members may hold an error', () => {
  class ErrorEvent extends Event {
    readonly #error: Error;
    constructor(error: Error) {
      super('error');
      this.#error = error;
    }
    get error(): Error {
      return this.#error;
    }
  }
  const error = new Error('ECONNRESET');

  expect(read(new ErrorEvent(error))).toMatchObject({ type: 'ErrorEvent', error: { message: 'ECONNRESET' } });
  expect(read(new Event('error'))).toBe('[Event]');
});
