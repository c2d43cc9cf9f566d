import { covers, matches } from '../../../local/policies/grants.js';

describe('matches', () => {
  it.each([
    ['logs:PutLogEvents', 'a', 'logs:PutLogEvents', 'a', true],
    ['LOGS:put*', 'a', 'logs:PutLogEvents', 'a', true],
    ['logs:PutLogEvents', 'A', 'logs:PutLogEvents', 'a', false],
    ['logs:Put', 'a', 'logs:PutLogEvents', 'a', false],
    ['*', 'a?c', 'logs:PutLogEvents', 'abc', true],
    ['*', 'a?c', 'logs:PutLogEvents', 'ac', false],
    ['*', 'a.c', 'logs:PutLogEvents', 'abc', false],
    ['*', 'a/[$LATEST]b', 'logs:PutLogEvents', 'a/[$LATEST]b', true],
  ])('%s on %s, %s on %s: %j', (action, resource, callAction, callResource, expected) => {
    expect(matches({ action, resource }, { action: callAction, resource: callResource })).toBe(expected);
  });
});

describe('covers', () => {
  it.each([
    ['a', 'a', true],
    ['a', 'ab', false],
    ['a*', 'a', true],
    ['a*', 'ab', true],
    ['a*', 'ab*', true],
    ['a*', 'a*b?', true],
    ['ab*', 'a*', false],
    ['ab*', '*', false],
    ['ab*', 'a?c', false],
    ['*', '*', true],
    ['a', '${aws:PrincipalTag/a}', false],
  ])('%s, %s: %j', (outer, inner, expected) => {
    const action = 'logs:PutLogEvents';
    expect(covers({ action, resource: outer }, { action, resource: inner })).toBe(expected);
    expect(covers({ action: outer, resource: '*' }, { action: inner.toUpperCase(), resource: 'x' })).toBe(
      expected,
    );
  });
});
