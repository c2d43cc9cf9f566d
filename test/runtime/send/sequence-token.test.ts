import { SequenceToken } from '../../../runtime/send/sequence-token.js';

test('none is sent until one is demanded, whatever the service hands out', () => {
  const token = new SequenceToken();
  token.handedOut('t1');
  expect([token.isDemanded, token.next]).toEqual([false, undefined]);
});

test('from then on each call carries the one that the call before it handed out', () => {
  const token = new SequenceToken();
  token.expected('t5');
  expect([token.isDemanded, token.next]).toEqual([true, 't5']);
  token.handedOut('t6');
  expect(token.next).toBe('t6');
  token.expected('t9');
  expect(token.next).toBe('t9');
});

test('a fresh stream expects none, and its first call hands one out', () => {
  const token = new SequenceToken();
  token.expected(undefined);
  expect([token.isDemanded, token.next]).toEqual([true, undefined]);
  token.handedOut('t1');
  expect(token.next).toBe('t1');
});
