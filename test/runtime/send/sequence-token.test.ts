import { SequenceToken, SequenceTokens } from '../../../runtime/send/sequence-token.js';
import { TARGET } from '../../support/events.js';

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

test('a stream has its own, whatever the others demand', () => {
  const tokens = new SequenceTokens();
  const other = { ...TARGET, logStreamName: 'api-2' };
  tokens.of(TARGET).expected('t5');
  expect(tokens.of({ ...TARGET }).next).toBe('t5');
  expect([tokens.of(other).isDemanded, tokens.of(other).next]).toEqual([false, undefined]);
});
