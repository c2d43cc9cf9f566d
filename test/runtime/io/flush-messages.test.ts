import { flushMessageIn } from '../../../runtime/io/flush-messages.js';

const ask = { version: 1, kind: 'ask', id: 'a', threads: [1], untilMs: 7 };
const heard = { version: 1, kind: 'heard', id: 'a', thread: 1 };
const flushed = { version: 1, kind: 'flushed', id: 'a', thread: 1, accounts: [] };

test.each([ask, heard, flushed])('%p is a message', (message) => {
  const { version: _, ...read } = message;

  expect(flushMessageIn({ ...message, more: 'of a later version' })).toEqual(read);
});

test.each([
  [undefined],
  [null],
  ['ask'],
  [{ ...ask, version: 2 }],
  [{ ...ask, kind: 'asks' }],
  [{ ...ask, id: 7 }],
  [{ ...ask, threads: '1' }],
  [{ ...ask, untilMs: Number.NaN }],
  [{ ...heard, thread: '1' }],
  [{ ...flushed, accounts: {} }],
])('%p is none', (posted) => {
  expect(flushMessageIn(posted)).toBeUndefined();
});
