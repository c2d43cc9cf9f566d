import { SequenceTokens } from '../../../runtime/send/sequence-tokens.js';
import { TARGET } from '../../support/events.js';

test('none is sent until one is demanded, whatever the service hands out', () => {
  const tokens = new SequenceTokens();
  tokens.handedOut(TARGET, 't1');
  expect(tokens.next(TARGET)).toBeUndefined();
});

test('from then on each call carries the one that the call before it handed out', () => {
  const tokens = new SequenceTokens();
  tokens.demanded(TARGET, 't5');
  expect(tokens.next(TARGET)).toBe('t5');
  tokens.handedOut(TARGET, 't6');
  expect(tokens.next(TARGET)).toBe('t6');
  tokens.demanded(TARGET, 't9');
  expect(tokens.next(TARGET)).toBe('t9');
});

test('a fresh stream expects none, and its first call hands one out', () => {
  const tokens = new SequenceTokens();
  tokens.demanded(TARGET, undefined);
  expect(tokens.next(TARGET)).toBeUndefined();
  tokens.handedOut(TARGET, 't1');
  expect(tokens.next(TARGET)).toBe('t1');
});

test('a stream has its own, whatever the others demand', () => {
  const tokens = new SequenceTokens();
  const other = { ...TARGET, logStreamName: 'api-2' };
  tokens.demanded(TARGET, 't5');
  tokens.handedOut(other, 't6');
  expect([tokens.next({ ...TARGET }), tokens.next(other)]).toEqual(['t5', undefined]);
});
